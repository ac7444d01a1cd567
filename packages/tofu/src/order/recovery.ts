import { viewsOfState, type Finding } from '@isthmus/core'
import { leftoverFinding, leftoversOf, type Leftover } from './leftover.ts'
import type { OrderOptions } from './options.ts'
import type { StackFolder } from './stack-folder.ts'

/** What recovery needs to know of the run that it serves. */
export type RecoveryOptions = Pick<OrderOptions, 'onEvent' | 'signal' | 'simulated'>

/**
 * Puts a stack in order after a run that was not watched to its end: waits for it where it still goes on, and adopts what it
 * made without saving. Returns a finding for each object that may be left over all the same.
 */
export async function recoverStack(folder: StackFolder, options: RecoveryOptions): Promise<Finding[]> {
  const { name: stack, workspace } = folder
  const found = await workspace.interrupted()
  if (!found) return []
  const run = options.signal ? { signal: options.signal } : {}
  options.onEvent?.({ type: 'interrupted', stack, interruption: found })
  await workspace.waitForRunning((event) => options.onEvent?.({ type: 'resource', stack, event }), run)
  // The run that was waited for may be a later one that hid an apply that was cut off.
  const last = await workspace.interrupted()
  const left = last ? leftoversOf(last, viewsOfState(await folder.state())) : []
  if (!last || left.length === 0) return []
  await workspace.init(run)
  const findings: Finding[] = []
  for (const leftover of left) if (!(await adopted(folder, leftover, options))) findings.push(leftoverFinding(stack, last.startedAt, leftover, options.simulated ? ' --simulated' : ''))
  folder.forgetState()
  return findings
}

/** Only what has told its id is adopted without asking: nobody can take it for something else. */
async function adopted(folder: StackFolder, { address, id }: Leftover, { onEvent, signal }: RecoveryOptions): Promise<boolean> {
  if (id === undefined || signal?.aborted) return false
  // Some types cannot be imported, or under another id only; a person has to see to those.
  const done = await folder.workspace.import(address, id).then(() => true, () => false)
  if (done) onEvent?.({ type: 'adopted', stack: folder.name, address, id })
  return done
}
