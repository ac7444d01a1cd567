import { afterAll, beforeAll, expect, it } from 'vitest'
import { StoreError, type Store } from '../store/index.ts'
import { StoreLab } from '../testing/store.fixture.ts'
import { storedRecords } from './stored-records.ts'

const record = { name: 'network-a', after: [], keys: [], passEnvironment: [], text: '{}', bindings: {} }
let lab: StoreLab
let store: Store
beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  store = await lab.store()
})
afterAll(() => lab.close())

it('are not changed for a run that belongs to somebody else by now', async () => {
  const records = storedRecords(store)('order')
  await records.write(record)
  const lost = new StoreError('RUN_LOST', 'the lease went to somebody else')
  const ofLostRun = storedRecords(store)('order', { transaction: () => Promise.reject(lost) })
  await expect(ofLostRun.write({ ...record, lastRun: 'lost' })).rejects.toBe(lost)
  await expect(ofLostRun.remove('network-a')).rejects.toBe(lost)
  expect(await ofLostRun.read('network-a')).toEqual(record)
  await records.remove('network-a')
  expect(await records.list()).toEqual([])
})
