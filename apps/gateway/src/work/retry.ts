import { z } from 'zod'
import { Problem } from '../http/problem.ts'
import { hasEnded, type Run, type Runs } from '../runs/index.ts'
import type { Store } from '../store/index.ts'

const text = z.string().min(1).max(2_000)

/** What a person says when a run that failed is done again: what was left over belongs to which resource, or that nothing is left over. */
export const retryChoice = z.object({
  adopt: z.array(z.object({
    stack: text.describe('Stack that the finding names'),
    address: z.string().regex(/^[a-z]\w*\.[\w-]+$/, 'an address looks like acme_network.north').describe('Resource that the finding names'),
    id: text.regex(/^[^-]/, 'an id does not begin with -').describe('Id of the object in its cloud'),
  })).max(100).default([]).describe('Objects that are there and that no state knows; they are taken into the states of their stacks'),
  acceptLeftovers: z.boolean().default(false).describe('Go on although something may be left over: a person has looked, and it is adopted or not there'),
})
export type RetryChoice = z.output<typeof retryChoice>

/**
 * Does again what a run failed of.
 *
 * @throws Problem NOT_FOUND, CONFLICT for a run that did not fail, or that another one came after
 */
export async function retryRun({ store, runs }: { readonly store: Store; readonly runs: Runs }, id: string, choice: RetryChoice, idempotencyKey?: string): Promise<Run> {
  const run = await runs.get(id)
  if (!run) throw new Problem('NOT_FOUND', `the run ${id} does not exist`)
  const known = idempotencyKey === undefined ? undefined : await runs.withKey(idempotencyKey)
  if (!known) {
    if (!hasEnded(run) || run.state === 'done') throw new Problem('CONFLICT', `the run ${id} is ${run.state}; only one that failed can be done again`)
    const [latest] = await runs.list({ target: run.target, limit: 1 })
    if (latest && latest.id !== id) throw new Problem('CONFLICT', `run ${latest.id} came after ${id}; look at that one`, { extra: { run: latest.id } })
  }
  const payload = { ...Object(run.payload), ...choice }
  return store.transaction(async (tx) => (await runs.submit(tx, { kind: run.kind, target: run.target, payload, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) })).run)
}
