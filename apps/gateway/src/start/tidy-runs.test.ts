import pino from 'pino'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openRuns } from '../runs/index.ts'
import { StoreLab } from '../testing/store.fixture.ts'
import { tidyRuns } from './tidy-runs.ts'

let lab: StoreLab
beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
})
afterAll(() => lab.close())

it('forgets runs that ended a month ago, and those that only read after a day', async () => {
  const store = await lab.store()
  const runs = await openRuns(store)
  for (const kind of ['vpn.refresh', 'vpn.apply']) {
    for (const days of [0.5, 2, 31]) {
      const { run } = await store.transaction((tx) => runs.submit(tx, { kind, target: `${kind} ${days}`, payload: {} }))
      await store.database.engine.write.updateTable('run').set({ state: 'done', ended_at: Date.now() - days * 24 * 60 * 60 * 1000 }).where('id', '=', run.id).execute()
    }
  }
  const end = tidyRuns(runs, pino({ level: 'silent' }))
  await expect.poll(async () => (await runs.list()).map(({ target }) => target).sort()).toEqual(['vpn.apply 0.5', 'vpn.apply 2', 'vpn.refresh 0.5'])
  end()
})
