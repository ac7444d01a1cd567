import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { engineNames, StoreLab } from '../testing/store.fixture.ts'
import { defineKind, StoreError, type Store } from './index.ts'

const vnet = defineKind('vnet', z.object({ name: z.string(), cidrs: z.array(z.string()).default([]) }))
const counter = defineKind('counter', z.object({ value: z.int() }))

describe.each(engineNames)('records on %s', (engine) => {
  let lab: StoreLab
  let store: Store
  beforeAll(async () => {
    lab = await StoreLab.open(engine)
  })
  beforeEach(async () => {
    store = await lab.store()
  })
  afterEach(() => lab.closeStores())
  afterAll(() => lab.close())

  it('come back as they went in, with version and times', async () => {
    const before = Date.now()
    const made = await store.records.insert(vnet, 'default', 'vnet01', { name: 'one', cidrs: ['10.0.0.0/8'] })
    expect(made).toMatchObject({ scope: 'default', id: 'vnet01', version: 1, doc: { name: 'one', cidrs: ['10.0.0.0/8'] } })
    expect(await store.records.get(vnet, 'default', 'vnet01')).toEqual(made)
    expect(await store.records.get(vnet, 'other', 'vnet01')).toBeUndefined()
    expect(await store.records.get(counter, 'default', 'vnet01')).toBeUndefined()
    expect(Date.parse(made.createdAt)).toBeGreaterThan(before - 5_000)
    expect(made.updatedAt).toBe(made.createdAt)
    const changed = await store.records.update(vnet, made, { name: 'two', cidrs: [] })
    expect(changed).toMatchObject({ version: 2, createdAt: made.createdAt, doc: { name: 'two' } })
    await store.records.remove(vnet, changed)
    expect(await store.records.get(vnet, 'default', 'vnet01')).toBeUndefined()
  })

  it('keep any text that JSON can hold', async () => {
    let count = 0
    await fc.assert(fc.asyncProperty(fc.string({ unit: 'binary' }), fc.array(fc.string({ unit: 'grapheme' })), async (name, cidrs) => {
      count += 1
      await store.records.insert(vnet, 'any', `v${count}`, { name: `${name}\u0000\ud800`, cidrs })
      expect((await store.records.get(vnet, 'any', `v${count}`))?.doc).toEqual({ name: `${name}\u0000\ud800`, cidrs })
    }), { numRuns: 50 })
  })

  it('are listed in the order of their bytes', async () => {
    for (const id of ['b', 'B', 'a-1', 'a1', 'ä', '가', '𐍈', 'z']) await store.records.insert(counter, id < 'b' ? 's2' : 's1', id, { value: 1 })
    expect((await store.records.list(counter)).map((record) => `${record.scope} ${record.id}`)).toEqual(['s1 b', 's1 z', 's1 ä', 's1 가', 's1 𐍈', 's2 B', 's2 a-1', 's2 a1'])
    expect((await store.records.list(counter, 's2')).map((record) => record.id)).toEqual(['B', 'a-1', 'a1'])
    expect(await store.records.list(vnet)).toEqual([])
  })

  it('with a key that cannot be stored are never found, and refused', async () => {
    for (const id of ['a\u0000b', 'a\ud800', '\u001b', 'x'.repeat(801)]) {
      expect(await store.records.get(counter, 's', id)).toBeUndefined()
      expect(await store.records.list(counter, id)).toEqual([])
      await expect(store.records.insert(counter, 's', id, { value: 1 })).rejects.toMatchObject({ code: 'RECORD_INVALID' })
      await expect(store.records.insert(counter, id, 's', { value: 1 })).rejects.toMatchObject({ code: 'RECORD_INVALID' })
    }
    const longest = '가'.repeat(266)
    await store.records.insert(counter, longest, longest, { value: 1 })
  })

  it('that exist, changed or went away refuse a change based on something older', async () => {
    const first = await store.records.insert(counter, 's', 'one', { value: 1 })
    await expect(store.records.insert(counter, 's', 'one', { value: 9 })).rejects.toMatchObject({ code: 'RECORD_EXISTS', retryable: false })
    const second = await store.records.update(counter, first, { value: 2 })
    await expect(store.records.update(counter, first, { value: 9 })).rejects.toMatchObject({ code: 'RECORD_CHANGED', retryable: true })
    await expect(store.records.remove(counter, first)).rejects.toMatchObject({ code: 'RECORD_CHANGED' })
    await store.records.remove(counter, second)
    await expect(store.records.update(counter, second, { value: 9 })).rejects.toMatchObject({ code: 'RECORD_NOT_FOUND' })
    await expect(store.records.remove(counter, second)).rejects.toMatchObject({ code: 'RECORD_NOT_FOUND' })
  })

  it('that do not fit their schema are refused, and named when read, without their values', async () => {
    await store.records.insert(defineKind('counter', z.object({ secret: z.string() })), 's', 'one', { secret: 'hidden' })
    await expect(store.records.get(counter, 's', 'one')).rejects.toMatchObject({ code: 'RECORD_UNREADABLE', retryable: false, message: 'counter one does not fit its schema: value (invalid_type)' })
    await expect(store.records.insert(counter, 's', 'two', { value: 0.5 })).rejects.toMatchObject({ code: 'RECORD_INVALID' })
  })

  it('are inserted once of 50 attempts at once', async () => {
    const attempts = await Promise.allSettled(Array.from({ length: 50 }, (_, value) => store.records.insert(counter, 's', 'one', { value })))
    const made = attempts.filter((attempt) => attempt.status === 'fulfilled')
    expect(made).toHaveLength(1)
    expect(await store.records.get(counter, 's', 'one')).toEqual(made[0]?.value)
    for (const attempt of attempts) if (attempt.status === 'rejected') expect(attempt.reason).toMatchObject({ code: 'RECORD_EXISTS' })
  })

  it('lose no update of 50 at once', async () => {
    await store.records.insert(counter, 's', 'one', { value: 0 })
    const increment = async (): Promise<void> => {
      for (;;) {
        const record = await store.records.get(counter, 's', 'one')
        if (!record) throw new Error('gone')
        const isDone = await store.records.update(counter, record, { value: record.doc.value + 1 }).then(() => true, () => false)
        if (isDone) return
      }
    }
    await Promise.all(Array.from({ length: 50 }, increment))
    expect(await store.records.get(counter, 's', 'one')).toMatchObject({ version: 51, doc: { value: 50 } })
  })

  describe('in transactions', () => {
    it('change together, or not at all', async () => {
      let told = 0
      const failing = store.transaction(async ({ records, afterCommit }) => {
        afterCommit(() => { told += 1 })
        await records.insert(counter, 's', 'one', { value: 1 })
        throw new StoreError('RUN_NOT_FOUND', 'refused')
      })
      await expect(failing).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' })
      expect(await store.records.list(counter)).toEqual([])
      expect(told).toBe(0)
      await store.transaction(async ({ records, afterCommit }) => {
        afterCommit(() => { told += 1 })
        await records.insert(counter, 's', 'one', { value: 1 })
        await records.insert(counter, 's', 'two', { value: 2 })
        expect(told).toBe(0)
      })
      expect(await store.records.list(counter)).toHaveLength(2)
      expect(told).toBe(1)
    })

    it('are unaffected by a refusal that the work catches', async () => {
      await store.records.insert(counter, 's', 'one', { value: 1 })
      await store.transaction(async ({ records }) => {
        await expect(records.insert(counter, 's', 'one', { value: 2 })).rejects.toMatchObject({ code: 'RECORD_EXISTS' })
        await records.insert(counter, 's', 'two', { value: 2 })
      })
      expect(await store.records.list(counter)).toHaveLength(2)
    })

    it('are never half committed after a statement of them failed', async () => {
      const work = store.transaction(async ({ records, database }) => {
        await records.insert(counter, 's', 'one', { value: 1 })
        await database.tables.insertInto('stack_lock').values({ name: 'x', run_id: 'x', fence: 1 }).execute()
        await database.tables.insertInto('stack_lock').values({ name: 'x', run_id: 'y', fence: 1 }).execute().catch(() => undefined)
      })
      await expect(work).rejects.toThrow()
      expect(await store.records.list(counter)).toEqual([])
      await store.records.insert(counter, 's', 'one', { value: 1 })
    })

    it('happen as if one after the other: 50 that each add the sum of all', async () => {
      await Promise.all(Array.from({ length: 50 }, (_, index) => store.transaction(async ({ records }) => {
        const all = await records.list(counter, 's')
        await records.insert(counter, 's', String(index), { value: all.length })
      })))
      const values = (await store.records.list(counter, 's')).map((record) => record.doc.value).sort((one, other) => one - other)
      expect(values).toEqual(Array.from({ length: 50 }, (_, index) => index))
    }, 30_000)

    it('are refused inside of each other instead of waiting for themselves', async () => {
      await store.transaction(async ({ records }) => {
        await expect(store.transaction(async () => undefined)).rejects.toMatchObject({ code: 'TRANSACTION_NESTED' })
        await expect(store.records.insert(counter, 's', 'one', { value: 1 })).rejects.toMatchObject({ code: 'TRANSACTION_NESTED' })
        await expect(store.records.list(counter)).rejects.toMatchObject({ code: 'TRANSACTION_NESTED' })
        await expect(store.database.engine.read.selectFrom('record').selectAll().execute()).rejects.toMatchObject({ code: 'TRANSACTION_NESTED' })
        await records.insert(counter, 's', 'one', { value: 1 })
      })
      expect(await store.records.list(counter)).toHaveLength(1)
    })

    it('that wait for something else do not hold up readers', async () => {
      let release: (() => void) | undefined
      const isHeld = new Promise<void>((resolve) => {
        void store.transaction(async ({ records }) => {
          await records.insert(counter, 's', 'one', { value: 1 })
          resolve()
          await new Promise<void>((go) => { release = go })
        })
      })
      await isHeld
      expect(await store.records.list(counter)).toEqual([])
      release?.()
      await expect.poll(() => store.records.list(counter)).toHaveLength(1)
    })
  })

  it('are still there when the store is opened again, whose tables are made once', async () => {
    const place = await lab.place()
    const [first, ...others] = engine === 'SQLite' ? [await lab.store(place)] : await Promise.all([1, 2, 3, 4].map(() => lab.store(place)))
    await first?.records.insert(counter, 's', 'one', { value: 1 })
    for (const other of others) expect(await other.records.list(counter)).toHaveLength(1)
    await lab.closeStores()
    expect(await (await lab.store(place)).records.list(counter)).toHaveLength(1)
  })

  it('let timers run while many are listed', async () => {
    let cost = 0
    const slow = defineKind('slow', z.object({ value: z.int() }).refine(() => {
      for (const end = performance.now() + cost; performance.now() < end;);
      return true
    }))
    await store.transaction(async ({ records }) => {
      for (let index = 0; index < 100; index += 1) await records.insert(slow, 'many', `v${index}`, { value: index })
    })
    cost = 1
    let turns = 0
    const timer = setInterval(() => { turns += 1 }, 1)
    expect(await store.records.list(slow, 'many')).toHaveLength(100)
    clearInterval(timer)
    expect(turns).toBeGreaterThan(10)
  })

  it('let timers run while statement follows statement', async () => {
    let turns = 0
    const timer = setInterval(() => { turns += 1 }, 1)
    const statements = 20_000
    const untilTimersRan = async (statement: () => Promise<unknown>): Promise<void> => {
      turns = 0
      for (let count = 0; count < statements; count += 1) {
        await statement()
        if (turns >= 10) return
      }
    }
    await untilTimersRan(() => store.transaction(({ records }) => records.get(counter, 's', 'none')))
    expect(turns).toBeGreaterThanOrEqual(10)
    await store.transaction(({ records }) => untilTimersRan(() => records.get(counter, 's', 'none')))
    clearInterval(timer)
    expect(turns).toBeGreaterThanOrEqual(10)
  })

  it('give a sign of life, until the store is closed', async () => {
    await store.ping()
    await lab.closeStores()
    await expect(store.ping()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE', retryable: true })
  })
})
