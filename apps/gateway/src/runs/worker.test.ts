import { setTimeout as sleep } from 'node:timers/promises'
import { IsthmusError } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineKind, StoreError } from '../store/index.ts'
import { engineNames } from '../testing/store.fixture.ts'
import { untilAborted, WorkerLab } from '../testing/worker-lab.fixture.ts'
import type { Executor, Run } from './index.ts'

const counter = defineKind('counter', z.object({ value: z.int() }))
const quick = { lease: 2_000, heartbeat: 200, poll: 30, gather: 10, backoff: 20 }

describe.each(engineNames)('workers on %s', (engine) => {
  const lab = WorkerLab.forSuite(engine, quick)

  it('submit what an executor asks for in nobody’s name, also where the request of somebody woke them', async () => {
    const request = { gateway: lab.runs.gateways.name, key: 'k' }
    lab.start({ execute: async ({ run }) => (run.target === 'own' ? (await lab.submit({ target: 'part' })).id : null) })
    await sleep(50)
    const own = await lab.runs.forRequest(request, () => lab.submit({ target: 'own' }))
    await lab.runs.wait(own.id)
    expect((await lab.runs.ofRequest(request.key))?.id).toBe(own.id)
    expect(await lab.runs.list({ target: 'part' })).toHaveLength(1)
  })

  it('execute what is submitted, tell of it, and end it with its records in one transaction', async () => {
    lab.start({
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
    const { id } = await lab.submit({ payload: { size: 7 } })
    expect(await lab.runs.wait(id)).toMatchObject({ state: 'done', result: { attempt: 1, fence: 1, payload: { size: 7 } } })
    expect(await lab.store.records.get(counter, 's', 't')).toMatchObject({ doc: { value: 2 } })
    const steps: unknown[] = []
    for await (const { event } of lab.runs.events(id)) steps.push(event)
    expect(steps).toEqual([{ step: 'begun' }, { step: 'made' }])
  })

  it.each([
    { name: 'an error of ours that stays', error: new IsthmusError('TOFU_FAILED', 'no quota'), wanted: { state: 'failed', attempts: 1, error: { code: 'TOFU_FAILED', message: 'no quota', retryable: false } } },
    { name: 'an error of ours that may pass', error: new IsthmusError('TOFU_FAILED', 'throttled', { retryable: true }), wanted: { state: 'dead', attempts: 3, error: { code: 'TOFU_FAILED', message: 'throttled', retryable: true } } },
    { name: 'an error that nobody foresaw', error: new Error('password=hunter2'), wanted: { state: 'failed', attempts: 1, error: { code: 'INTERNAL', message: 'internal error', retryable: false } } },
  ])('end a run with $name', async ({ error, wanted }) => {
    const told: unknown[] = []
    const ends: string[] = []
    const counted: string[] = []
    lab.start({ execute: () => Promise.reject(error), ended: async (_, run) => { ends.push(run.state) } }, { onEnded: ({ state }) => counted.push(state), onError: (error) => told.push(error) })
    expect(await lab.runs.wait((await lab.submit({ maxAttempts: 3 })).id)).toMatchObject(wanted)
    expect(ends).toEqual([wanted.state])
    await expect.poll(() => counted).toEqual([wanted.state])
    expect(told).toEqual(wanted.error.code === 'INTERNAL' ? [error] : [])
  })

  it('give up soon what only looks: somebody waits for it, and can ask again', async () => {
    const away: Executor = { execute: () => Promise.reject(new IsthmusError('TOFU_FAILED', 'connection refused', { retryable: true })) }
    lab.start(away, { executors: { look: away }, readingKinds: ['look'] })
    expect(await lab.runs.wait((await lab.submit({ kind: 'look', maxAttempts: 10 })).id)).toMatchObject({ state: 'dead', attempts: 3, error: { message: 'connection refused' } })
  })

  it('end a run as failed whose records cannot be put right', async () => {
    const told: unknown[] = []
    lab.start({ execute: async () => 1, ended: () => Promise.reject(new Error('a bug')) }, { onError: (error) => told.push(error) })
    expect(await lab.runs.wait((await lab.submit()).id)).toMatchObject({ state: 'failed', error: { code: 'INTERNAL' } })
    expect(told).toHaveLength(2)
  })

  it('share runs: all are executed, none twice at a time, and no more at a time than allowed', async () => {
    const log: { readonly id: string; readonly worker: number; readonly begin: number; end: number }[] = []
    const most = [0, 0, 0]
    const now = [0, 0, 0]
    for (const worker of [0, 1, 2]) {
      lab.start({
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
    const made = await Promise.all(Array.from({ length: 60 }, (_, index) => lab.submit({ target: `t${index}`, maxAttempts: 1_000 })))
    const ended = await Promise.all(made.map((run) => lab.runs.wait(run.id)))
    expect(ended.every((run) => run.state === 'done')).toBe(true)
    for (const { id } of made) {
      const entries = log.filter((entry) => entry.id === id).sort((one, other) => one.begin - other.begin)
      expect(entries.length).toBe(ended.find((run) => run.id === id)?.attempts)
      for (const [index, entry] of entries.entries()) expect(entry.begin).toBeGreaterThanOrEqual(entries[index - 1]?.end ?? 0)
    }
    expect(Math.max(...most)).toBeLessThanOrEqual(3)
    expect(new Set(log.map((entry) => entry.worker)).size).toBeGreaterThan(1)
  })

  it('keep places for runs that only look, and as many for others', async () => {
    const begun: string[] = []
    let goOn = (): void => undefined
    const end = new Promise<void>((resolve) => { goOn = resolve })
    const waiting: Executor = { execute: async ({ run }) => { begun.push(run.target); await end } }
    lab.start(waiting, { executors: { work: waiting, look: waiting }, readingKinds: ['look'], concurrency: 2, timing: { ...quick, lease: 60_000 } })
    const made = []
    for (const [index, kind] of ['work', 'work', 'work', 'look', 'look', 'look'].entries()) made.push(await lab.submit({ kind, target: `${kind} ${index}` }))
    await expect.poll(() => begun.length).toBe(4)
    await sleep(quick.poll * 3)
    expect(begun.map((target) => target.split(' ')[0]).sort()).toEqual(['look', 'look', 'work', 'work'])
    goOn()
    for (const run of made) expect((await lab.runs.wait(run.id)).state).toBe('done')
  })

  it('hand over what they were doing when they are stopped, long before their lease ends', async () => {
    const attempts: number[] = []
    const executor: Executor = {
      execute: async ({ attempt, earlier, fence, signal, emit }) => {
        emit({ seen: fence })
        attempts.push(fence)
        return fence === 1 ? untilAborted(signal) : { attempt, earlier, fence }
      },
    }
    const first = lab.start(executor, { timing: { ...quick, lease: 60_000 } })
    const { id } = await lab.submit()
    await expect.poll(() => attempts).toEqual([1])
    lab.start(executor, { timing: { ...quick, lease: 60_000 } })
    await first.stop()
    expect(await lab.runs.wait(id)).toMatchObject({ state: 'done', result: { attempt: 1, earlier: [{ seen: 1 }], fence: 2 } })
    expect(attempts).toEqual([1, 2])
  })

  it('let a run end that finishes while they stop', async () => {
    let isBegun = false
    const worker = lab.start({ execute: async () => { isBegun = true; await sleep(100); return 'finished' } })
    const { id } = await lab.submit()
    await expect.poll(() => isBegun).toBe(true)
    await worker.stop()
    expect(await lab.runs.get(id)).toMatchObject({ state: 'done', result: 'finished' })
  })

  it('end a run as dead that was cut off too often, with its records', async () => {
    const { id } = await lab.submit({ maxAttempts: 1 })
    await lab.runs.leases.claim({ owner: 'dead', kinds: ['work'], limit: 1, except: [], duration: 1 })
    const ended: string[] = []
    lab.start({ execute: async () => 'never', ended: async (_, run) => { ended.push(run.state) } })
    expect(await lab.runs.wait(id)).toMatchObject({ state: 'dead', error: { code: 'RUN_CUT_OFF', retryable: true } })
    expect(ended).toEqual(['dead'])
  })

  it('hold their other leases while the records of a run that was cut off cannot be put right', async () => {
    let isAway = true
    let told = 0
    let goOn = (): void => undefined
    const end = new Promise<void>((resolve) => { goOn = resolve })
    const leaseOf = async (id: string) => (await lab.store.database.engine.read.selectFrom('run').select('lease_until').where('id', '=', id).executeTakeFirst())?.lease_until ?? 0
    const ended = async (_: unknown, run: Run): Promise<void> => {
      if (run.state !== 'dead') return
      told += 1
      if (isAway) throw new StoreError('STORE_UNAVAILABLE', 'for a while')
    }
    const cutOff = await lab.submit({ target: 'cut off', maxAttempts: 1 })
    await lab.runs.leases.claim({ owner: 'dead', kinds: ['work'], limit: 1, except: [], duration: 1 })
    lab.start({ execute: () => end, ended }, { timing: { ...quick, lease: 60_000 } })
    const { id } = await lab.submit({ target: 'other' })
    await expect.poll(() => told).toBeGreaterThan(0)
    const before = Math.max(await leaseOf(id), await leaseOf(cutOff.id))
    for (const held of [id, cutOff.id]) await expect.poll(() => leaseOf(held)).toBeGreaterThan(before)
    isAway = false
    expect((await lab.runs.wait(cutOff.id)).state).toBe('dead')
    goOn()
    expect(await lab.runs.wait(id)).toMatchObject({ state: 'done', fence: 1 })
  })
})
