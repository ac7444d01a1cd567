import { isDeepStrictEqual } from 'node:util'
import { viewsOfState, type Finding } from '@isthmus/core'
import type { Interruption } from '../workspace/interruption.ts'
import { commandHint, leftoverFinding, leftoversOf, type KeptLeftover, type Leftover } from './leftover.ts'
import { lostRun } from './lost-run.ts'
import type { OpenStacks } from './open-stacks.ts'
import type { OrderOptions } from './options.ts'
import { stopOf } from './order-run.ts'
import type { StackFolder } from './stack-folder.ts'

/** What recovery needs to know of the run that it serves. */
export type RecoveryOptions = Pick<OrderOptions, 'onEvent' | 'signal' | 'simulated' | 'lastEvents' | 'acceptLeftovers' | 'leftoverHint'>

/** Stacks that a person has to look at first. */
export class HeldStacks {
  readonly #counts = new Map<string, number>()

  /** Holds a stack back because of so many objects. */
  hold(name: string, objects: number): void {
    this.#counts.set(name, objects)
  }

  /** Throws for a stack that is held back. */
  refuse(name: string): void {
    const count = this.#counts.get(name)
    if (count !== undefined) throw new Error(`held back: ${count === 1 ? 'an object' : `${count} objects`} of a run that was cut off may be left over`)
  }
}

/** Puts the stacks of those names in order that an earlier run left in disorder. Returns what may be left over, by stack. */
export async function recoverStacks(stacks: OpenStacks, names: readonly string[], options: RecoveryOptions): Promise<Map<string, Finding[]>> {
  const left = new Map<string, Finding[]>()
  for (const name of names) {
    const folder = await stacks.open(name)
    if (!folder) {
      await stacks.discard(name)
      continue
    }
    left.set(name, await recoverStack(folder, stacks, options))
    // The stack is opened anew with what the plan says of it, and one workspace at a time may have its folder.
    await folder.workspace.close()
    stacks.forget(name)
  }
  return left
}

/**
 * Puts a stack in order after runs that were not watched to their end. Returns a finding for each object that may be left over; it is
 * written down until it is adopted or accepted, since only the next run would know of it otherwise.
 */
async function recoverStack(folder: StackFolder, stacks: OpenStacks, options: RecoveryOptions): Promise<Finding[]> {
  const found = await recovered(folder, stacks, options)
  const left = [...found, ...(await stillKept(folder, stacks, found, options))]
  if (options.acceptLeftovers !== true && !isDeepStrictEqual(left, folder.leftovers)) await folder.keepLeftovers(left)
  const hint = options.leftoverHint ?? ((stack: string, leftover: Leftover) => commandHint(stack, leftover, options.simulated ? ' --simulated' : ''))
  return left.map((leftover) => leftoverFinding(folder.name, leftover, hint(folder.name, leftover)))
}

/** What earlier runs were written down to have left, without what is known by now. */
async function stillKept(folder: StackFolder, stacks: OpenStacks, found: readonly KeptLeftover[], options: RecoveryOptions): Promise<KeptLeftover[]> {
  if (folder.leftovers.length === 0) return []
  await stacks.take(folder)
  await folder.ready(stopOf(options))
  const known = new Set([...viewsOfState(await folder.state()), ...found].map(({ address }) => address))
  const left: KeptLeftover[] = []
  for (const leftover of folder.leftovers) if (!known.has(leftover.address) && !(await adopted(folder, leftover, options))) left.push(leftover)
  folder.forgetState()
  return left
}

/** Waits for the last run where it still goes on, and adopts what it made without saving. Returns what may be left over all the same. */
async function recovered(folder: StackFolder, stacks: OpenStacks, options: RecoveryOptions): Promise<KeptLeftover[]> {
  const found = await folder.workspace.interrupted()
  const isOutdated = await folder.isOutdated()
  if (!found && !isOutdated) return []
  await stacks.take(folder)
  if (found) {
    options.onEvent?.({ type: 'interrupted', stack: folder.name, interruption: found })
    await folder.workspace.waitForRunning((event) => options.onEvent?.({ type: 'resource', stack: folder.name, event }), stopOf(options))
  }
  if (isOutdated) {
    await folder.workspace.forgetRuns()
    return recoveredElsewhere(folder, options)
  }
  // The run that was waited for may be a later one that hid an apply that was cut off.
  const last = await folder.workspace.interrupted()
  if (!last || last.state !== 'cut-off') return []
  await folder.ready(stopOf(options))
  return settle(folder, last, options)
}

/** The run was on another machine, whose OpenTofu may still be at work: only the lock of the state tells when it has ended. */
async function recoveredElsewhere(folder: StackFolder, options: RecoveryOptions): Promise<KeptLeftover[]> {
  const lost = lostRun(folder.name, options.lastEvents ?? [])
  if (!lost) return []
  options.onEvent?.({ type: 'interrupted', stack: folder.name, interruption: lost })
  await folder.ready(stopOf(options))
  if (leftoversOf(lost, viewsOfState(await folder.state())).length === 0) return []
  await folder.workspace.plan({ ...stopOf(options), refreshOnly: true })
  folder.forgetState()
  return settle(folder, lost, options)
}

async function settle(folder: StackFolder, last: Interruption, options: RecoveryOptions): Promise<KeptLeftover[]> {
  const left: KeptLeftover[] = []
  for (const leftover of leftoversOf(last, viewsOfState(await folder.state()))) {
    if (!(await adopted(folder, leftover, options))) left.push({ ...leftover, startedAt: last.startedAt })
  }
  folder.forgetState()
  return left
}

/** Only what has told its id is adopted without asking: nobody can take it for something else. */
async function adopted(folder: StackFolder, { address, id }: Leftover, { onEvent, signal }: RecoveryOptions): Promise<boolean> {
  if (id === undefined || signal?.aborted) return false
  // Some types cannot be imported, or under another id only; a person has to see to those.
  const done = await folder.workspace.import(address, id).then(() => true, () => false)
  if (done) onEvent?.({ type: 'adopted', stack: folder.name, address, id })
  return done
}
