import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { openRuns } from '../../runs/index.ts'
import { StoreLab } from '../../testing/store.fixture.ts'
import { openSqliteStore } from '../index.ts'

const program = fileURLToPath(new URL('../../testing/write-until-killed.mjs', import.meta.url))

let lab: StoreLab
beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
})
afterEach(() => lab.closeStores())
afterAll(() => lab.close())

const newFolder = async (): Promise<string> => {
  const place = await lab.place()
  if (!('folder' in place)) throw new Error('not a folder')
  return place.folder
}

it('keeps a commit on the disk before it answers, in files that only their owner reads', async () => {
  const folder = await newFolder()
  const store = await lab.store({ folder })
  const { write } = store.database.engine
  expect((await sql`pragma journal_mode`.execute(write)).rows).toMatchObject([{ journal_mode: 'wal' }])
  expect((await sql`pragma synchronous`.execute(write)).rows).toMatchObject([{ synchronous: 2 }])
  if (process.platform !== 'win32') for (const file of ['store.sqlite', 'store.sqlite-wal']) expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600)
})

it('gives a data folder to one opener at a time, and says who has it', async () => {
  const folder = await newFolder()
  const store = await lab.store({ folder })
  await expect(openSqliteStore({ folder })).rejects.toMatchObject({ code: 'STORE_IN_USE', message: expect.stringContaining(`process ${process.pid} on `) })
  await store.close()
  await (await lab.store({ folder })).ping()
})

it('gives the data folder of another process away when that ends, however it ends', async () => {
  const folder = await newFolder()
  const child = spawn(process.execPath, [program, JSON.stringify({ folder })], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  await expect(openSqliteStore({ folder })).rejects.toMatchObject({ code: 'STORE_IN_USE', message: expect.stringContaining(`process ${child.pid} on `) })
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
  await (await lab.store({ folder })).ping()
})

it('hands the runs of a dead predecessor over at once', async () => {
  const folder = await newFolder()
  const before = await lab.store({ folder })
  const old = await openRuns(before)
  const { run } = await before.transaction((transaction) => old.submit(transaction, { kind: 'work', target: 't', payload: null }))
  const claim = { kinds: ['work'], limit: 1, except: [], duration: 60_000 }
  expect(await old.leases.claim({ ...claim, owner: 'old' })).toMatchObject([{ id: run.id, fence: 1 }])
  await before.close()
  const runs = await openRuns(await lab.store({ folder }))
  expect(await runs.leases.claim({ ...claim, owner: 'new' })).toMatchObject([{ id: run.id, fence: 2, attempts: 2 }])
})
