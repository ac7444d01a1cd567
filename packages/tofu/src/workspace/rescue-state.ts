import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openPayload } from '../encryption/open-payload.ts'
import type { CommandRunner } from './command-runner.ts'

/** Where OpenTofu puts a state that it could not save, for example because the database was gone at the end of an apply. */
export const erroredState = 'errored.tfstate'

/**
 * Saves a state that an earlier apply could not save. Until then the state lacks what that apply made, and a plan would make
 * it a second time. `tofu state push` takes no encrypted file, so the state goes to it through a pipe.
 *
 * @returns whether there was one
 * @throws TofuError when it still cannot be saved, IsthmusError WORKSPACE_INVALID when it cannot be opened
 */
export async function rescueState(dir: string, stateKey: Uint8Array, runner: CommandRunner): Promise<boolean> {
  const path = join(dir, erroredState)
  const text = await readFile(path, 'utf8').catch(() => undefined)
  if (text === undefined) return false
  await runner.feed(['state', 'push', '-lock-timeout=30s', '-'], openPayload(text, stateKey))
  await rm(path)
  return true
}
