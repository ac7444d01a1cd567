import { readFileSync } from 'node:fs'
import { isIsthmusError } from '@isthmus/core'
import { CommanderError } from 'commander'
import { exitCode } from './exit-code.ts'
import { program } from './program.ts'

/** Runs the command line and returns its exit code. */
export async function main(args: readonly string[]): Promise<number> {
  let code: number = exitCode.success
  const command = program(version(), (result) => void (code = result)).exitOverride()
  for (const child of command.commands) child.exitOverride()
  try {
    await command.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.success : exitCode.usage
    if (!isIsthmusError(error)) throw error
    process.stderr.write(`isthmus: ${error.message}\n`)
    return error.code === 'TOFU_INTERRUPTED' ? exitCode.interrupted : exitCode.failed
  }
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : ''
}
