import { isIsthmusError } from '@isthmus/core'
import { defaultHolder } from '../cloud/catalogue.ts'
import { Problem } from '../http/problem.ts'
import type { RunContext } from '../runs/index.ts'
import type { StackOutcome, StackRun } from '../stacks/index.ts'
import { isStoreError } from '../store/index.ts'
import { retryChoice } from './retry.ts'

/** What a run hands to the engine: it stops when the run has to, and all that happens becomes an event of the run. @param holder whose credentials it has */
export function stackRunOf({ run, signal, earlier, emit, transaction }: RunContext, holder: string): StackRun {
  const { adopt, acceptLeftovers } = retryChoice.safeParse(run.payload).data ?? { adopt: [], acceptLeftovers: false }
  return { id: run.id, signal, transaction, onEvent: emit, lastEvents: earlier, adopt, acceptLeftovers, leftoverHint: (stack, leftover) => retryHint(run.id, stack, leftover), ...(holder === defaultHolder ? {} : { holder }) }
}

/** How a person goes on with what a run may have left. */
function retryHint(run: string, stack: string, { address, id }: { readonly address: string; readonly id?: string }): string {
  const [path, adoption] = [`/isthmus/v1/runs/${run}/retry`, JSON.stringify({ adopt: [{ stack, address, id: id ?? 'ID' }] })]
  return `${id === undefined ? 'if the cloud holds it, ' : ''}adopt it with POST ${path} and ${adoption}. Once there is nothing left to adopt, POST ${path} with {"acceptLeftovers":true} goes on.`
}

/** Names of the locks of an order's stacks: stacks of two orders may have one name. */
export function locksOf(order: string, stacks: readonly string[]): string[] {
  return stacks.map((stack) => `${order}/${stack}`)
}

/**
 * @throws Problem RUN_FAILED with what each stack said, unless everything came out as it should; the reason of the signal when the run
 * was stopped
 */
export function requireDone({ ok, stacks, findings }: StackOutcome, signal: AbortSignal): void {
  if (ok) return
  signal.throwIfAborted()
  const failures = stacks.flatMap(({ stack, error }) => (error === undefined ? [] : [`${stack}: ${error}.`.replace(/([.!?])\.$/, '$1')]))
  const sentences = [...failures, ...findings.map(({ title, hint }) => `${title} ${hint}`)]
  throw new Problem('RUN_FAILED', sentences.join(' ') || 'the run was stopped before it was done', { findings })
}

/** Whether broken machinery was in the way and the run will be tried again: what is there is then left as it is for that. */
export function isTriedAgain(error: unknown): boolean {
  return (isIsthmusError(error) || isStoreError(error)) && error.retryable
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** Links that may have to be made anew with a gateway, one after another, until nothing stands in its way. */
const mostRounds = 5

/**
 * Works on stacks under their locks. Where a gateway cannot change while links outside the set use it, those are taken into the set
 * and the work is done again with the locks of all.
 */
export async function onStacks(context: RunContext, order: string, stacks: readonly string[], work: (stacks: readonly string[]) => Promise<StackOutcome>): Promise<void> {
  let names = [...stacks]
  for (let round = 0; round < mostRounds; round += 1) {
    const outcome = await context.locks.withStacks(locksOf(order, names), () => work(names))
    if (outcome.rebuild.length === 0) return requireDone(outcome, context.signal)
    names = [...new Set([...names, ...outcome.rebuild])]
  }
  throw new Problem('CONFLICT', `links of ${stacks.join(', ')} keep changing; try again`)
}
