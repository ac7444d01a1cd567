import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { Kysely, sql } from 'kysely'
import Libsql from 'libsql'
import { migrate } from '../migrate.ts'
import type { Store } from '../store.ts'
import { StoreError } from '../store-error.ts'
import { TableStore } from '../table-store.ts'
import type { Tables } from '../tables.ts'
import { FolderLock } from './folder-lock.ts'
import { LibsqlDialect } from './libsql-dialect.ts'

/** Where the embedded store lies. */
export interface SqliteOptions {
  /** Folder of the store, made when missing. One process at a time has it. */
  readonly folder: string
}

/** The database's clock, in milliseconds. Within one statement it stands still. */
const now = sql<number>`cast(unixepoch('subsec') * 1000 as integer)`

/**
 * Opens the embedded store: SQLite, where a commit is on the disk before it is answered.
 *
 * Changes go through one connection in the order in which they come; what only looks has another one and waits for nobody.
 *
 * @throws StoreError `STORE_IN_USE`, `STORE_UNSAFE` when the file system cannot keep a write-ahead log, `STORE_UNAVAILABLE`
 */
export async function openSqliteStore({ folder }: SqliteOptions): Promise<Store> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const lock = FolderLock.take(join(folder, 'store.lock'))
  try {
    const file = join(folder, 'store.sqlite')
    // SQLite gives its log and index the mode of this file.
    await (await open(file, 'a', 0o600)).close()
    const writer = openConnection(file)
    const write = new Kysely<Tables>({ dialect: new LibsqlDialect(writer) })
    await migrate(write, 'sqlite')
    const reader = openConnection(file)
    reader.exec('pragma query_only = on')
    const read = new Kysely<Tables>({ dialect: new LibsqlDialect(reader) })
    const close = async (): Promise<void> => {
      // Whoever has the connection finishes first.
      await write.connection().execute(async () => undefined)
      await read.destroy()
      await write.destroy()
      lock.release()
    }
    return new TableStore({ name: 'sqlite', isExclusive: true, read, write, now, locksRows: false, close })
  } catch (error) {
    lock.release()
    throw error
  }
}

function openConnection(file: string): Libsql.Database {
  const database = new Libsql(file)
  database.pragma('journal_mode = wal')
  database.pragma('synchronous = full')
  // A backup tool may hold the file for a moment; nobody else has it.
  database.pragma('busy_timeout = 1000')
  const [mode, level] = [textOf(database, 'journal_mode'), textOf(database, 'synchronous')]
  if (mode !== 'wal' || level !== '2') {
    database.close()
    throw new StoreError('STORE_UNSAFE', `${file} has journal mode ${mode} and synchronous ${level} instead of wal and 2 (full): its file system cannot keep what is promised, so put the data folder on a local disk`)
  }
  return database
}

function textOf(database: Libsql.Database, name: 'journal_mode' | 'synchronous'): string {
  const row: unknown = database.prepare(`pragma ${name}`).get()
  const value: unknown = typeof row === 'object' && row !== null ? Object.entries(row).find(([key]) => key === name)?.[1] : undefined
  return String(value)
}
