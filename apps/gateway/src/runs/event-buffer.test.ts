import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Store } from '../store/index.ts'
import { StoreLab } from '../testing/store.fixture.ts'
import { EventBuffer } from './event-buffer.ts'
import { openRuns, type Runs } from './index.ts'

let lab: StoreLab
let store: Store
let runs: Runs
beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  store = await lab.store()
  runs = await openRuns(store)
})
afterAll(() => lab.close())

it('writes events also after it was flushed while there were none', async () => {
  await store.transaction((tx) => runs.submit(tx, { kind: 'work', target: 't', payload: null }))
  const [run] = await runs.leases.claim({ owner: 'w', kinds: ['work'], limit: 1, except: [], duration: 60_000 })
  if (!run) throw new Error('nothing to claim')
  const buffer = new EventBuffer({ leases: runs.leases, lease: { runId: run.id, fence: run.fence }, gather: 60_000, onRefused: (error) => { throw error } })
  await buffer.flush()
  buffer.add('late')
  await buffer.flush()
  expect(await runs.leases.eventsOf(run.id)).toEqual(['late'])
})
