import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineKind } from '../store/index.ts'
import { engineNames } from '../testing/store.fixture.ts'
import { untilAborted, WorkerLab } from '../testing/worker-lab.fixture.ts'
import type { Executor, RunContext } from './index.ts'

const counter = defineKind('counter', z.object({ value: z.int() }))
const quick = { lease: 2_000, heartbeat: 200, poll: 30, gather: 10, backoff: 20 }

describe.each(engineNames)('workers with leases on %s', (engine) => {
  const lab = WorkerLab.forSuite(engine, quick)

  /** As if somebody else had claimed the run, and holds it for so many milliseconds. */
  const steal = (id: string, duration: number) => lab.store.database.engine.write.updateTable('run')
    .set((is) => ({ owner: 'thief', fence: is('fence', '+', 1), lease_until: sql<number>`${lab.store.database.engine.now} + ${sql.lit(duration)}` })).where('id', '=', id).execute()

  it('hold a lease for as long as the executor works', async () => {
    let count = 0
    for (const _ of [1, 2]) lab.start({ execute: async () => { count += 1; await sleep(quick.lease * 3) } })
    expect(await lab.runs.wait((await lab.submit()).id)).toMatchObject({ state: 'done', attempts: 1, fence: 1 })
    expect(count).toBe(1)
  })

  it('abort an executor whose lease was claimed by another, and refuse what it still writes', async () => {
    const contexts: RunContext[] = []
    const reasons: unknown[] = []
    const refusals: unknown[] = []
    let ready = (): void => undefined
    const isReady = new Promise<void>((resolve) => { ready = resolve })
    const slow: Executor = {
      execute: async (context) => {
        contexts.push(context)
        if (context.attempt === 2) return 'second'
        await isReady
        await steal(context.run.id, 0)
        await expect.poll(() => contexts.length, { timeout: 10_000 }).toBe(2)
        await context.transaction(({ records }) => records.insert(counter, 's', 'late', { value: 1 })).catch((error: unknown) => refusals.push(error))
        await untilAborted(context.signal).catch(() => reasons.push(context.signal.reason))
        context.emit('late')
        return 'first'
      },
    }
    lab.start(slow)
    const { id } = await lab.submit()
    await expect.poll(() => contexts.length).toBe(1)
    lab.start(slow)
    ready()
    expect(await lab.runs.wait(id)).toMatchObject({ state: 'done', result: 'second', fence: 3 })
    await expect.poll(() => reasons).toMatchObject([{ code: 'RUN_LOST' }])
    expect(refusals).toMatchObject([{ code: 'RUN_LOST' }])
    expect(contexts.map((context) => context.fence)).toEqual([1, 3])
    await lab.stop()
    expect(await lab.store.records.get(counter, 's', 'late')).toBeUndefined()
    expect(await lab.runs.get(id)).toMatchObject({ state: 'done', result: 'second' })
    for await (const { event } of lab.runs.events(id)) expect(event).not.toBe('late')
  })

  it('never write with an old fence, wherever in a transaction the lease is lost', async () => {
    for (const delay of [0, 1, 2, 3, 5, 8]) {
      const target = `t${delay}`
      let writes = 0
      const worker = lab.start({
        execute: async ({ transaction, run }) => {
          for (let round = 0; ; round += 1) {
            await transaction(async ({ records, database }) => {
              const held = await database.tables.selectFrom('run').select('fence').where('id', '=', run.id).executeTakeFirst()
              await records.insert(counter, target, `${run.fence}-${round}`, { value: held?.fence ?? 0 })
            })
            writes += 1
          }
        },
      }, { concurrency: 1, timing: { ...quick, poll: 10_000 } })
      const { id } = await lab.submit({ target })
      await expect.poll(() => writes, { interval: 1 }).toBeGreaterThan(0)
      await sleep(delay)
      await steal(id, 60_000)
      await worker.stop()
      const records = await lab.store.records.list(counter, target)
      expect(records).toHaveLength(writes)
      expect(await lab.runs.get(id)).toMatchObject({ state: 'leased', fence: 2 })
      for (const { id, doc } of records) expect(id.split('-')[0]).toBe(String(doc.value))
    }
  })
})
