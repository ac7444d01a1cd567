import { hostname } from 'node:os'
import Libsql from 'libsql'
import { StoreError } from '../store-error.ts'

/**
 * The sole right to a data folder.
 *
 * It is a write lock on an SQLite file, so the kernel ends it with the process, and it holds between containers that share the folder, where
 * process numbers mean nothing.
 */
export class FolderLock {
  readonly #database: Libsql.Database

  private constructor(database: Libsql.Database) {
    this.#database = database
  }

  /** @throws StoreError `STORE_IN_USE` naming who has it */
  static take(path: string): FolderLock {
    const database = new Libsql(path)
    try {
      database.exec('pragma busy_timeout = 0')
      database.exec('begin immediate')
      database.exec('create table if not exists owner (pid integer not null, host text not null)')
      database.exec('delete from owner')
      database.prepare('insert into owner values (?, ?)').run(process.pid, hostname())
      database.exec('commit')
      database.exec('begin immediate')
      return new FolderLock(database)
    } catch (error) {
      const owner = ownerOf(database)
      database.close()
      if (!isBusy(error)) throw new StoreError('STORE_UNAVAILABLE', `${path} cannot be locked: ${error instanceof Error ? error.message : 'unknown'}`, { cause: error })
      throw new StoreError('STORE_IN_USE', `another gateway${owner} has the data folder of ${path}: stop it, give this one another data folder, or let both use PostgreSQL`, { cause: error })
    }
  }

  /** Gives the folder back. Closing alone would keep the lock until libsql's statements are collected. */
  release(): void {
    if (!this.#database.open) return
    this.#database.exec('rollback')
    this.#database.close()
  }
}

function ownerOf(database: Libsql.Database): string {
  try {
    const row: unknown = database.prepare('select pid, host from owner').get()
    return typeof row === 'object' && row !== null && 'pid' in row && 'host' in row ? ` (process ${String(row.pid)} on ${String(row.host)})` : ''
  } catch {
    return ''
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && error.code.startsWith('SQLITE_BUSY')
}
