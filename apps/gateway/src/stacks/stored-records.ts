import type { StackRecord, StackRecords } from '@isthmus/tofu'
import { z } from 'zod'
import { defineKind, type Kind, type Store } from '../store/index.ts'
import type { StackRun } from './stack-engine.ts'

const keyRulesSchema = z.custom<StackRecord['keys'][number]['rules'][number]>((value) => typeof value === 'object' && value !== null)

const recordSchema: z.ZodType<StackRecord> = z.object({
  name: z.string(),
  after: z.array(z.string()),
  keys: z.array(z.object({ name: z.string(), tunnel: z.string(), version: z.number(), rules: z.array(keyRulesSchema) })),
  passEnvironment: z.array(z.string()),
  text: z.string(),
  bindings: z.record(z.string(), z.unknown()),
  lastRun: z.string().exactOptional(),
  leftovers: z.array(z.object({ address: z.string(), id: z.string().exactOptional(), startedAt: z.string() })).exactOptional(),
})

/** In the scope of an order, under the name of the stack. */
const stackKind: Kind<StackRecord> = defineKind('stack', recordSchema)

/**
 * Records of the stacks of orders in the store, so that every gateway can read and destroy what another one made.
 *
 * @returns what makes the records of an order; changes are made in the transactions of a run, where there is one, and so only while it has its lease
 */
export function storedRecords(store: Pick<Store, 'records' | 'transaction'>): (order: string, run?: Pick<StackRun, 'transaction'>) => StackRecords {
  return (order, run) => {
    const transaction: Store['transaction'] = (work) => (run?.transaction ? run.transaction(work) : store.transaction(work))
    return {
      list: async () => (await store.records.list(stackKind, order)).map(({ id }) => id),
      read: async (name) => (await store.records.get(stackKind, order, name))?.doc,
      write: (record) => transaction(async ({ records }) => {
        const stored = await records.get(stackKind, order, record.name)
        await (stored ? records.update(stackKind, stored, record) : records.insert(stackKind, order, record.name, record))
      }),
      remove: (name) => transaction(async ({ records }) => {
        const stored = await records.get(stackKind, order, name)
        if (stored) await records.remove(stackKind, stored)
      }),
    }
  }
}
