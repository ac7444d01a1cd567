import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineKind, type Store } from '../store/index.ts'
import { engineNames, StoreLab } from '../testing/store.fixture.ts'
import { openRuns, type RunEvent, type RunRequest, type Runs } from './index.ts'
import type { Lease } from './leases.ts'

const counter = defineKind('counter', z.object({ value: z.int() }))
const request: RunRequest = { kind: 'apply', target: 'vnet/default/vnet01', payload: { change: 'create' } }
const owner = 'worker-1'

describe.each(engineNames)('runs on %s', (engine) => {
  let lab: StoreLab
  let store: Store
  let runs: Runs
  beforeAll(async () => {
    lab = await StoreLab.open(engine)
  })
  beforeEach(async () => {
    store = await lab.store()
    runs = await openRuns(store, { poll: 20 })
  })
  afterEach(() => lab.closeStores())
  afterAll(() => lab.close())

  const submit = (change: Partial<RunRequest> = {}) => store.transaction((transaction) => runs.submit(transaction, { ...request, ...change }))
  const claim = async (duration = 5_000): Promise<Lease[]> => (await runs.leases.claim({ owner, kinds: ['apply'], limit: 10, except: [], duration })).map((run) => ({ runId: run.id, fence: run.fence }))
  const claimOne = async (duration?: number): Promise<Lease> => {
    const [lease] = await claim(duration)
    if (!lease) throw new Error('nothing to claim')
    return lease
  }
  const collect = async (id: string, after?: number, signal?: AbortSignal): Promise<RunEvent[]> => {
    const events: RunEvent[] = []
    for await (const event of runs.events(id, { ...(after === undefined ? {} : { after }), ...(signal ? { signal } : {}) })) events.push(event)
    return events
  }

  it('are submitted with the records of the same transaction, or not at all', async () => {
    const failing = store.transaction(async (transaction) => {
      await transaction.records.insert(counter, 's', 'one', { value: 1 })
      await runs.submit(transaction, request)
      throw new Error('refused')
    })
    await expect(failing).rejects.toThrow('refused')
    expect(await runs.list()).toEqual([])
    const { run, isNew } = await submit()
    expect(isNew).toBe(true)
    expect(run).toMatchObject({ ...request, state: 'ready', attempts: 0, maxAttempts: 10, fence: 0 })
    expect(await runs.get(run.id)).toEqual(run)
    expect(await runs.active(request.target)).toEqual(run)
  })

  it('are one at a time for each target, however many ask at once', async () => {
    const asked = await Promise.allSettled(Array.from({ length: 30 }, () => submit()))
    const made = asked.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value.run.id] : []))
    expect(made).toHaveLength(1)
    for (const answer of asked) if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'RUN_ACTIVE', runId: made[0] })
    await submit({ target: 'vnet/default/vnet02' })
    const lease = (await claim()).find((one) => one.runId === made[0])
    if (!lease) throw new Error('not claimed')
    await expect(submit()).rejects.toMatchObject({ code: 'RUN_ACTIVE' })
    await runs.leases.end(lease, { state: 'done', result: { ok: true } })
    expect((await submit()).isNew).toBe(true)
  })

  it('are the same run for the same idempotency key, also after it ended', async () => {
    const key = { idempotencyKey: 'client-1 abc' }
    const first = await submit(key)
    expect(await submit(key)).toEqual({ run: first.run, isNew: false })
    await runs.leases.end(await claimOne(), { state: 'done', result: null })
    expect(await submit(key)).toMatchObject({ run: { id: first.run.id, state: 'done' }, isNew: false })
    expect((await runs.withKey(key.idempotencyKey))?.id).toBe(first.run.id)
    await expect(submit({ ...key, payload: { change: 'remove' } })).rejects.toMatchObject({ code: 'RUN_KEY_REUSED', runId: first.run.id })
    await expect(submit({ ...key, target: 'other' })).rejects.toMatchObject({ code: 'RUN_KEY_REUSED' })
  })

  it('belong to who claimed them until the lease lapses, and then to a holder with a higher fence', async () => {
    await submit()
    const first = await claimOne(2_000)
    expect(await claim()).toEqual([])
    expect(await runs.leases.renew(owner, [first], 100)).toEqual([first])
    await expect.poll(() => claim(), { timeout: 5_000 }).toEqual([{ runId: first.runId, fence: 2 }])
    const late = { code: 'RUN_LOST', retryable: false }
    expect(await runs.leases.renew(owner, [first], 5_000)).toEqual([])
    await expect(runs.leases.end(first, { state: 'done', result: null })).rejects.toMatchObject(late)
    await expect(runs.leases.handBack(first)).rejects.toMatchObject(late)
    await expect(runs.leases.addEvents(first, ['1'])).rejects.toMatchObject(late)
    await expect(store.transaction(({ database }) => runs.leases.verify(database, first))).rejects.toMatchObject(late)
    expect(await runs.get(first.runId)).toMatchObject({ state: 'leased', attempts: 2 })
    expect(await collect(first.runId, 0, AbortSignal.timeout(100))).toEqual([])
  })

  it('are claimed by one of many who ask at once', async () => {
    for (let index = 0; index < 20; index += 1) await submit({ target: `t${index}` })
    const claimed = await Promise.all(Array.from({ length: 10 }, (_, index) => runs.leases.claim({ owner: `w${index}`, kinds: ['apply'], limit: 4, except: [], duration: 5_000 })))
    const ids = claimed.flat().map((run) => run.id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(claimed.every((some) => some.length <= 4)).toBe(true)
    ids.push(...(await claim()).map((lease) => lease.runId), ...(await claim()).map((lease) => lease.runId))
    expect(new Set(ids).size).toBe(20)
    expect(ids).toHaveLength(20)
  })

  it('that are handed back do not count the attempt, and those with an error wait', async () => {
    await submit()
    await runs.leases.handBack(await claimOne())
    const lease = await claimOne()
    expect(await runs.get(lease.runId)).toMatchObject({ attempts: 1, fence: 2 })
    const error = { code: 'STORE_UNAVAILABLE', message: 'away', retryable: true }
    await runs.leases.retryLater(lease, error, 600_000)
    expect(await claim()).toEqual([])
    expect(await runs.get(lease.runId)).toMatchObject({ state: 'ready', error })
    await store.database.engine.write.updateTable('run').set({ due_at: 0 }).where('id', '=', lease.runId).execute()
    expect(await claim()).toMatchObject([{ runId: lease.runId, fence: 3 }])
  })

  it('that were cut off at the last attempt are claimed by nobody but taken once to be ended', async () => {
    const { run } = await submit({ maxAttempts: 1 })
    const lease = await claimOne(30)
    await expect.poll(async () => (await runs.leases.takeExhausted('w2', ['apply'], 5_000)).map((taken) => taken.fence), { timeout: 2_000 }).toEqual([2])
    expect(await runs.leases.takeExhausted('w3', ['apply'], 5_000)).toEqual([])
    expect(await claim()).toEqual([])
    await expect(runs.leases.end(lease, { state: 'done', result: null })).rejects.toMatchObject({ code: 'RUN_LOST' })
    await runs.leases.end({ runId: run.id, fence: 2 }, { state: 'dead', error: { code: 'RUN_CUT_OFF', message: 'cut off', retryable: true } })
    expect(await runs.get(run.id)).toMatchObject({ state: 'dead', error: { code: 'RUN_CUT_OFF' } })
  })

  it('tell their events in order, behind the last one known, and end with the run', async () => {
    await submit()
    const lease = await claimOne()
    await runs.leases.addEvents(lease, ['{"step":1}', '{"step":2}'])
    const live = collect(lease.runId)
    const rest = collect(lease.runId, 2)
    await runs.leases.addEvents(lease, Array.from({ length: 700 }, (_, index) => JSON.stringify({ step: index + 3 })).slice(0, 400))
    await runs.leases.addEvents(lease, Array.from({ length: 700 }, (_, index) => JSON.stringify({ step: index + 3 })).slice(400))
    await runs.leases.end(lease, { state: 'done', result: { answer: 42 } })
    const steps = Array.from({ length: 702 }, (_, index) => index + 1)
    expect((await live).map(({ seq, event }) => ({ seq, event }))).toEqual(steps.map((step) => ({ seq: step, event: { step } })))
    expect((await rest).map((event) => event.seq)).toEqual(steps.slice(2))
    expect((await collect(lease.runId, 700)).map((event) => event.seq)).toEqual([701, 702])
    await expect(collect('unknown')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
  })

  it('are waited for until they end, or the waiting is given up', async () => {
    const { run } = await submit()
    await expect(runs.wait(run.id, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ name: 'TimeoutError' })
    const waiting = runs.wait(run.id)
    await runs.leases.end(await claimOne(), { state: 'failed', error: { code: 'TOFU_FAILED', message: 'no', retryable: false } })
    expect(await waiting).toMatchObject({ id: run.id, state: 'failed', error: { code: 'TOFU_FAILED' } })
    await expect(runs.wait('a\u0000b')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
  })

  it('are not asked for any more by who waits for them once the gateway stops', async () => {
    const { run } = await submit()
    const waiting = runs.wait(run.id).then(() => 'told')
    const other = await openRuns(store, { poll: 20 })
    await expect.poll(() => claim()).toHaveLength(1)
    runs.watch.close()
    await other.leases.end({ runId: run.id, fence: 1 }, { state: 'done', result: null })
    expect((await other.wait(run.id)).state).toBe('done')
    expect(await Promise.race([waiting, sleep(200, 'not told')])).toBe('not told')
  })

  it('are listed newest first, page by page', async () => {
    for (let index = 0; index < 5; index += 1) await submit({ target: `t${index}`, kind: index % 2 === 0 ? 'apply' : 'destroy' })
    const all = await runs.list()
    expect(all.map((run) => run.createdAt)).toEqual(all.map((run) => run.createdAt).sort().reverse())
    const first = await runs.list({ limit: 2 })
    const second = await runs.list({ limit: 3, before: first[1]?.id ?? '' })
    expect([...first, ...second].map((run) => run.id)).toEqual(all.map((run) => run.id))
    expect(await runs.list({ kind: 'destroy' })).toHaveLength(2)
    expect(await runs.list({ target: 't3', state: 'ready' })).toHaveLength(1)
    expect(await runs.list({ state: 'done' })).toEqual([])
  })

  it('that ended long ago are forgotten with their events; others stay', async () => {
    await submit()
    await submit({ target: 'other' })
    const [ended] = await claim()
    if (!ended) throw new Error('nothing to claim')
    await runs.leases.addEvents(ended, ['1'])
    await runs.leases.end(ended, { state: 'done', result: null })
    expect(await runs.forget(new Date(Date.now() - 60_000))).toBe(0)
    expect(await runs.forget(new Date(Date.now() + 60_000), ['destroy'])).toBe(0)
    expect(await runs.forget(new Date(Date.now() + 60_000), ['destroy', 'apply'])).toBe(1)
    expect(await runs.get(ended.runId)).toBeUndefined()
    expect(await store.database.engine.read.selectFrom('run_event').selectAll().execute()).toEqual([])
    expect(await runs.list()).toHaveLength(1)
  })
})
