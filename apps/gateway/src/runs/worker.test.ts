import { setTimeout as sleep } from 'node:timers/promises'
import { IsthmusError } from '@isthmus/core'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineKind, StoreError, type Store } from '../store/index.ts'
import { engineNames, StoreLab } from '../testing/store.fixture.ts'
import { openRuns, Worker, type Executor, type Run, type RunContext, type RunRequest, type Runs, type WorkerOptions } from './index.ts'

const counter = defineKind('counter', z.object({ value: z.int() }))
const quick = { lease: 2_000, heartbeat: 200, poll: 30, gather: 10, backoff: 20 }

/** Waits for the abort, as an executor that stops cleanly. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => reject(new Error('stopped'))
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}

describe.each(engineNames)('workers on %s', (engine) => {
  let lab: StoreLab
  let store: Store
  let runs: Runs
  let workers: Worker[]
  beforeAll(async () => {
    lab = await StoreLab.open(engine)
  })
  beforeEach(async () => {
    workers = []
    store = await lab.store()
    runs = await openRuns(store, { poll: 20 })
  })
  afterEach(async () => {
    await Promise.all(workers.map((worker) => worker.stop()))
    await lab.closeStores()
  })
  afterAll(() => lab.close())

  const submit = async (change: Partial<RunRequest> = {}): Promise<Run> =>
    (await store.transaction((transaction) => runs.submit(transaction, { kind: 'work', target: 't', payload: null, ...change }))).run
  const start = (executor: Executor, options: Partial<WorkerOptions> = {}): Worker => {
    const worker = new Worker(store, runs, { executors: { work: executor }, timing: quick, ...options })
    workers.push(worker)
    worker.start()
    return worker
  }
  /** As if somebody else had claimed the run, and holds it for so many milliseconds. */
  const steal = (id: string, duration: number) => store.database.engine.write.updateTable('run')
    .set((is) => ({ owner: 'thief', fence: is('fence', '+', 1), lease_until: sql<number>`${store.database.engine.now} + ${sql.lit(duration)}` })).where('id', '=', id).execute()

  it('submit what an executor asks for in nobody’s name, also where the request of somebody woke them', async () => {
    const request = { gateway: runs.gateways.name, key: 'k' }
    start({ execute: async ({ run }) => (run.target === 'own' ? (await submit({ target: 'part' })).id : null) })
    await sleep(50)
    const own = await runs.forRequest(request, () => submit({ target: 'own' }))
    await runs.wait(own.id)
    expect((await runs.ofRequest(request.key))?.id).toBe(own.id)
    expect(await runs.list({ target: 'part' })).toHaveLength(1)
  })

  it('execute what is submitted, tell of it, and end it with its records in one transaction', async () => {
    start({
      execute: async ({ run, attempt, fence, emit, transaction }) => {
        emit({ step: 'begun' })
        await transaction(({ records }) => records.insert(counter, 's', run.target, { value: 1 }))
        emit({ step: 'made' })
        return { attempt, fence, payload: run.payload }
      },
      ended: async ({ records }, run) => {
        const record = await records.get(counter, 's', run.target)
        if (record) await records.update(counter, record, { value: run.state === 'done' ? 2 : 3 })
      },
    })
    const { id } = await submit({ payload: { size: 7 } })
    expect(await runs.wait(id)).toMatchObject({ state: 'done', result: { attempt: 1, fence: 1, payload: { size: 7 } } })
    expect(await store.records.get(counter, 's', 't')).toMatchObject({ doc: { value: 2 } })
    const steps: unknown[] = []
    for await (const { event } of runs.events(id)) steps.push(event)
    expect(steps).toEqual([{ step: 'begun' }, { step: 'made' }])
  })

  it.each([
    { name: 'an error of ours that stays', error: new IsthmusError('TOFU_FAILED', 'no quota'), wanted: { state: 'failed', attempts: 1, error: { code: 'TOFU_FAILED', message: 'no quota', retryable: false } } },
    { name: 'an error of ours that may pass', error: new IsthmusError('TOFU_FAILED', 'throttled', { retryable: true }), wanted: { state: 'dead', attempts: 3, error: { code: 'TOFU_FAILED', message: 'throttled', retryable: true } } },
    { name: 'an error that nobody foresaw', error: new Error('password=hunter2'), wanted: { state: 'failed', attempts: 1, error: { code: 'INTERNAL', message: 'internal error', retryable: false } } },
  ])('end a run with $name', async ({ error, wanted }) => {
    const told: unknown[] = []
    const ends: string[] = []
    start({ execute: () => Promise.reject(error), ended: async (_, run) => { ends.push(run.state) } }, { onError: (error) => told.push(error) })
    expect(await runs.wait((await submit({ maxAttempts: 3 })).id)).toMatchObject(wanted)
    expect(ends).toEqual([wanted.state])
    expect(told).toEqual(wanted.error.code === 'INTERNAL' ? [error] : [])
  })

  it('end a run as failed whose records cannot be put right', async () => {
    const told: unknown[] = []
    start({ execute: async () => 1, ended: () => Promise.reject(new Error('a bug')) }, { onError: (error) => told.push(error) })
    expect(await runs.wait((await submit()).id)).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } })
    expect(told).toHaveLength(2)
  })

  it('share runs: all are executed, none twice at a time, and no more at a time than allowed', async () => {
    const log: { readonly id: string; readonly worker: number; readonly begin: number; end: number }[] = []
    const most = [0, 0, 0]
    const now = [0, 0, 0]
    for (const worker of [0, 1, 2]) {
      start({
        execute: async ({ run }) => {
          const entry = { id: run.id, worker, begin: performance.now(), end: Infinity }
          log.push(entry)
          now[worker] = (now[worker] ?? 0) + 1
          most[worker] = Math.max(most[worker] ?? 0, now[worker])
          await sleep(Math.random() * 20)
          now[worker] -= 1
          entry.end = performance.now()
          if (Math.random() < 0.2) throw new StoreError('STORE_UNAVAILABLE', 'for a moment')
          return null
        },
      }, { concurrency: 3, timing: { ...quick, lease: 5_000, backoff: 1 } })
    }
    const made = await Promise.all(Array.from({ length: 60 }, (_, index) => submit({ target: `t${index}`, maxAttempts: 1_000 })))
    const ended = await Promise.all(made.map((run) => runs.wait(run.id)))
    expect(ended.every((run) => run.state === 'done')).toBe(true)
    for (const { id } of made) {
      const entries = log.filter((entry) => entry.id === id).sort((one, other) => one.begin - other.begin)
      expect(entries.length).toBe(ended.find((run) => run.id === id)?.attempts)
      for (const [index, entry] of entries.entries()) expect(entry.begin).toBeGreaterThanOrEqual(entries[index - 1]?.end ?? 0)
    }
    expect(Math.max(...most)).toBeLessThanOrEqual(3)
    expect(new Set(log.map((entry) => entry.worker)).size).toBeGreaterThan(1)
  })

  it('hold a lease for as long as the executor works', async () => {
    let count = 0
    for (const _ of [1, 2]) start({ execute: async () => { count += 1; await sleep(quick.lease * 3) } })
    expect(await runs.wait((await submit()).id)).toMatchObject({ state: 'done', attempts: 1, fence: 1 })
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
    start(slow)
    const { id } = await submit()
    await expect.poll(() => contexts.length).toBe(1)
    start(slow)
    ready()
    expect(await runs.wait(id)).toMatchObject({ state: 'done', result: 'second', fence: 3 })
    await expect.poll(() => reasons).toMatchObject([{ code: 'RUN_LOST' }])
    expect(refusals).toMatchObject([{ code: 'RUN_LOST' }])
    expect(contexts.map((context) => context.fence)).toEqual([1, 3])
    await Promise.all(workers.map((worker) => worker.stop()))
    expect(await store.records.get(counter, 's', 'late')).toBeUndefined()
    expect(await runs.get(id)).toMatchObject({ state: 'done', result: 'second' })
    for await (const { event } of runs.events(id)) expect(event).not.toBe('late')
  })

  it('never write with an old fence, wherever in a transaction the lease is lost', async () => {
    for (const delay of [0, 1, 2, 3, 5, 8]) {
      const target = `t${delay}`
      let writes = 0
      const worker = start({
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
      const { id } = await submit({ target })
      await expect.poll(() => writes, { interval: 1 }).toBeGreaterThan(0)
      await sleep(delay)
      await steal(id, 60_000)
      await worker.stop()
      const records = await store.records.list(counter, target)
      expect(records).toHaveLength(writes)
      expect(await runs.get(id)).toMatchObject({ state: 'leased', fence: 2 })
      for (const { id, doc } of records) expect(id.split('-')[0]).toBe(String(doc.value))
    }
  })

  it('hand over what they were doing when they are stopped, long before their lease ends', async () => {
    const attempts: number[] = []
    const executor: Executor = {
      execute: async ({ attempt, fence, signal }) => {
        attempts.push(fence)
        return fence === 1 ? untilAborted(signal) : { attempt, fence }
      },
    }
    const first = start(executor, { timing: { ...quick, lease: 60_000 } })
    const { id } = await submit()
    await expect.poll(() => attempts).toEqual([1])
    start(executor, { timing: { ...quick, lease: 60_000 } })
    await first.stop()
    expect(await runs.wait(id)).toMatchObject({ state: 'done', result: { attempt: 1, fence: 2 } })
    expect(attempts).toEqual([1, 2])
  })

  it('let a run end that finishes while they stop', async () => {
    let isBegun = false
    const worker = start({ execute: async () => { isBegun = true; await sleep(100); return 'finished' } })
    const { id } = await submit()
    await expect.poll(() => isBegun).toBe(true)
    await worker.stop()
    expect(await runs.get(id)).toMatchObject({ state: 'done', result: 'finished' })
  })

  it('end a run as dead that was cut off too often, with its records', async () => {
    const { id } = await submit({ maxAttempts: 1 })
    await runs.leases.claim({ owner: 'dead', kinds: ['work'], limit: 1, except: [], duration: 1 })
    const ended: string[] = []
    start({ execute: async () => 'never', ended: async (_, run) => { ended.push(run.state) } })
    expect(await runs.wait(id)).toMatchObject({ state: 'dead', error: { code: 'RUN_CUT_OFF', retryable: true } })
    expect(ended).toEqual(['dead'])
  })

  describe('lock stacks', () => {
    it('for one run at a time, in whatever order they are named', async () => {
      const users = new Map<string, number>()
      let most = 0
      const executor: Executor = {
        execute: async ({ run, locks }) => {
          const names = z.array(z.string()).parse(run.payload)
          await locks.withStacks(names, async () => {
            for (const name of new Set(names)) {
              users.set(name, (users.get(name) ?? 0) + 1)
              most = Math.max(most, users.get(name) ?? 0)
            }
            await sleep(5)
            for (const name of new Set(names)) users.set(name, (users.get(name) ?? 0) - 1)
          })
        },
      }
      for (const _ of [1, 2]) start(executor, { timing: { ...quick, lease: 5_000 } })
      const names = [['a', 'b'], ['b', 'a'], ['c', 'b', 'c'], ['a', 'c'], ['b'], []]
      const made = await Promise.all(Array.from({ length: 24 }, (_, index) => submit({ target: `t${index}`, payload: names[index % names.length] })))
      const ended = await Promise.all(made.map((run) => runs.wait(run.id)))
      expect(ended.map((run) => run.state)).toEqual(ended.map(() => 'done'))
      expect(most).toBe(1)
      expect(await store.database.engine.read.selectFrom('stack_lock').selectAll().execute()).toEqual([])
    })

    it('not inside of each other', async () => {
      start({ execute: ({ locks }) => locks.withStacks(['a'], () => locks.withStacks(['b'], async () => undefined)) })
      expect(await runs.wait((await submit()).id)).toMatchObject({ state: 'failed', error: { code: 'LOCK_NESTED' } })
    })

    it('until their run is claimed by somebody else, who may lock them again', async () => {
      const order: string[] = []
      let waiting: AbortSignal | undefined
      start({
        execute: ({ run, fence, locks, signal }) => locks.withStacks(['a'], async () => {
          order.push(`${run.target} ${fence}`)
          if (run.target !== 'first' || fence > 1) return
          waiting = signal
          await untilAborted(signal)
        }),
      })
      const first = await submit({ target: 'first' })
      await expect.poll(() => waiting).toBeDefined()
      const second = await submit({ target: 'second' })
      await sleep(100)
      expect(order).toEqual(['first 1'])
      await steal(first.id, 300)
      expect(await runs.wait(second.id)).toMatchObject({ state: 'done' })
      expect(await runs.wait(first.id)).toMatchObject({ state: 'done', fence: 3 })
      expect(order).toEqual(['first 1', 'second 1', 'first 3'])
    })
  })
})
