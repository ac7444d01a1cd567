import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { StoreLab } from '../testing/store.fixture.ts'
import type { Store } from './store.ts'

let lab: StoreLab
let store: Store
beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  store = await lab.store()
})
afterAll(() => lab.close())

it.each([
  { name: 'runs that ended long ago', query: 'select id from run where ended_at < 1 limit 200', index: 'run_ended' },
  { name: 'the newest run of a target', query: `select * from run where target = 't' order by created_at desc, id desc limit 1`, index: 'run_target_age' },
])('finds $name without looking at all there are', async ({ query, index }) => {
  const { rows } = await sql<{ detail: string }>`explain query plan ${sql.raw(query)}`.execute(store.database.engine.read)
  expect(rows.map(({ detail }) => detail)).toEqual([expect.stringMatching(new RegExp(`^SEARCH run USING .*INDEX ${index} `))])
})
