import { z } from 'zod'
import { openRuns, type Run } from '../runs/index.ts'
import { defineKind, type Kind, type Store } from '../store/index.ts'
import { openStore, type StoreLocation } from './store.fixture.ts'

/** Documents that tell by themselves whether they are whole. */
export const numbered: Kind<{ readonly value: number; readonly text: string }> = defineKind('numbered', z.object({ value: z.int(), text: z.string() }))

/** What must be there for a number that was acknowledged, or not at all for another. */
export interface Written {
  readonly records: number
  readonly run: Run | undefined
}

/** Writers that run side by side in one process, so that a kill meets commits in all their phases. */
const writers = 8

/** For each number, two records and a run in one transaction; tells each one when it is acknowledged. */
export async function writeForEver(location: StoreLocation, from: number, acknowledge: (number: number) => void): Promise<never> {
  const store = await openStore(location)
  const runs = await openRuns(store)
  let next = from
  const write = async (): Promise<never> => {
    for (;;) {
      const value = next
      next += 1
      await store.transaction(async (transaction) => {
        await transaction.records.insert(numbered, 'one', String(value), { value, text: 'x'.repeat(value % 3_000) })
        await transaction.records.insert(numbered, 'two', String(value), { value, text: '' })
        await runs.submit(transaction, { kind: 'numbered', target: String(value), payload: value })
      })
      acknowledge(value)
    }
  }
  return Promise.race(Array.from({ length: writers }, write))
}

/** What is there of each number. */
export async function readWritten(store: Store): Promise<ReadonlyMap<number, Written>> {
  const runs = await openRuns(store)
  const found = new Map<number, Written>()
  const targets = new Map((await runs.list({ kind: 'numbered', limit: 1_000_000 })).map((run) => [run.target, run]))
  for (const { doc, id } of await store.records.list(numbered)) {
    if (String(doc.value) !== id) throw new Error(`record ${id} is not whole`)
    found.set(doc.value, { records: (found.get(doc.value)?.records ?? 0) + 1, run: targets.get(id) })
  }
  return found
}
