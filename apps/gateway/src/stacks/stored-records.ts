import type { StackRecord, StackRecords } from '@isthmus/tofu'
import { z } from 'zod'
import { defineKind, type Kind, type Store } from '../store/index.ts'

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

/** Records of the stacks of orders in the store, so that every gateway can read and destroy what another one made. */
export function storedRecords({ records }: Pick<Store, 'records'>): (order: string) => StackRecords {
  return (order) => ({
    list: async () => (await records.list(stackKind, order)).map(({ id }) => id),
    read: async (name) => (await records.get(stackKind, order, name))?.doc,
    write: async (record) => {
      const stored = await records.get(stackKind, order, record.name)
      await (stored ? records.update(stackKind, stored, record) : records.insert(stackKind, order, record.name, record))
    },
    remove: async (name) => {
      const stored = await records.get(stackKind, order, name)
      if (stored) await records.remove(stackKind, stored)
    },
  })
}
