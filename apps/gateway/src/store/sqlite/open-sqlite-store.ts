import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import { Kysely, sql } from 'kysely'
import { migrate } from '../migrate.ts'
import type { Store } from '../store.ts'
import { TableStore } from '../table-store.ts'
import type { Tables } from '../tables.ts'
import { FolderLock } from './folder-lock.ts'
import { LibsqlConnection } from './libsql-connection.ts'
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
    const write = new Kysely<Tables>({ dialect: new LibsqlDialect(await LibsqlConnection.open(file, { isReader: false })) })
    await migrate(write, 'sqlite')
    const read = new Kysely<Tables>({ dialect: new LibsqlDialect(await LibsqlConnection.open(file, { isReader: true })) })
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
