import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { openRuns, Worker, type Executor } from '../../runs/index.ts'
import { StoreLab } from '../../testing/store.fixture.ts'
import { defineKind, openPostgresStore } from '../index.ts'

const counter = defineKind('counter', z.object({ value: z.int() }))
const away = { code: 'STORE_UNAVAILABLE', retryable: true }

let lab: StoreLab
beforeAll(async () => {
  lab = await StoreLab.open('PostgreSQL')
})
afterEach(() => lab.closeStores())
afterAll(() => lab.close())

it('says that the server is away, whatever was under way, and works again when it is back', async () => {
  const store = await lab.store()
  await store.records.insert(counter, 's', 'kept', { value: 1 })
  let proceed = (): void => undefined
  let begun = (): void => undefined
  const isBegun = new Promise<void>((resolve) => { begun = resolve })
  const open = store.transaction(async ({ records }) => {
    await records.insert(counter, 's', 'open', { value: 1 })
    begun()
    await new Promise<void>((resolve) => { proceed = resolve })
    await records.insert(counter, 's', 'more', { value: 1 })
  })
  await isBegun
  const inserts = Promise.allSettled(Array.from({ length: 30 }, (_, value) => store.records.insert(counter, 'many', String(value), { value })))
  await lab.server.crash()
  proceed()
  await expect(open).rejects.toMatchObject(away)
  await expect(store.ping()).rejects.toMatchObject(away)
  await expect(store.records.get(counter, 's', 'kept')).rejects.toMatchObject(away)
  await expect(store.transaction(({ records }) => records.list(counter))).rejects.toMatchObject(away)
  for (const insert of await inserts) if (insert.status === 'rejected') expect(insert.reason).toMatchObject(away)

  await lab.server.resume()
  expect((await store.records.list(counter, 's')).map((record) => record.id)).toEqual(['kept'])
  const kept = new Set((await store.records.list(counter, 'many')).map((record) => record.id))
  for (const insert of await inserts) if (insert.status === 'fulfilled') expect(kept).toContain(insert.value.id)
})

it.each([
  { name: 'nobody listens', change: (url: URL) => { url.port = '1' }, wanted: away },
  { name: 'the password is wrong', change: (url: URL) => { url.password = 'wrong' }, wanted: { code: 'STORE_UNSAFE', retryable: false } },
  { name: 'the database is missing', change: (url: URL) => { url.pathname = '/nothing' }, wanted: { code: 'STORE_UNSAFE', retryable: false } },
])('refuses to open where $name, without telling the password', async ({ change, wanted }) => {
  const url = new URL(lab.server.url)
  const { password } = url
  change(url)
  const error: unknown = await openPostgresStore({ url: url.href }).catch((error: unknown) => error)
  expect(error).toMatchObject(wanted)
  expect(String(error)).not.toContain(password)
})

it('keeps a run whose server is away for a moment, and does one again whose lease could lapse', async () => {
  const store = await lab.store()
  const runs = await openRuns(store, { poll: 20 })
  const reasons: unknown[] = []
  const errors: unknown[] = []
  const timing = { heartbeat: 400, poll: 50, gather: 10, backoff: 20 }
  const short: Executor = { execute: async ({ emit }) => { emit('before'); await sleep(300); emit('after'); return 'kept' } }
  const long: Executor = {
    execute: ({ signal }) => (reasons.length > 0 ? Promise.resolve('again') : new Promise((_, reject) => {
      signal.addEventListener('abort', () => {
        reasons.push(signal.reason)
        reject(new Error('stopped'))
      })
    })),
  }
  const workers = [{ executors: { short }, lease: 30_000 }, { executors: { long }, lease: 1_500 }]
    .map(({ executors, lease }) => new Worker(store, runs, { executors, timing: { ...timing, lease }, onError: (error) => errors.push(error) }))
  for (const worker of workers) worker.start()
  try {
    const submit = async (kind: string) => (await store.transaction((transaction) => runs.submit(transaction, { kind, target: kind, payload: null }))).run.id
    const kept = await submit('short')
    await expect.poll(async () => (await runs.get(kept))?.state).toBe('leased')
    await lab.server.crash()
    await sleep(200)
    await lab.server.resume()
    expect(await runs.wait(kept)).toMatchObject({ state: 'done', result: 'kept', fence: 1 })
    const again = await submit('long')
    await expect.poll(async () => (await runs.get(again))?.state).toBe('leased')
    await lab.server.crash()
    await expect.poll(() => reasons, { timeout: 10_000 }).toMatchObject([{ code: 'RUN_LOST' }])
    await lab.server.resume()
    expect(await runs.wait(again)).toMatchObject({ state: 'done', result: 'again' })
    for (const error of errors) expect(error).toMatchObject(away)
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()))
  }
})
