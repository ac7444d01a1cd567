import { CompiledQuery, SqliteAdapter, SqliteDialect, SqliteDriver, type DatabaseConnection, type DialectAdapter, type Driver } from 'kysely'
import type LibsqlDatabase from 'libsql'
import { fairTurn } from '../../turn/fair-turn.ts'
import { GuardedDriver } from '../guarded-driver.ts'
import { translateSqliteError } from './sqlite-errors.ts'

/** SQLite through libsql. */
export class LibsqlDialect extends SqliteDialect {
  readonly #database: LibsqlDatabase.Database

  constructor(database: LibsqlDatabase.Database) {
    super({ database })
    this.#database = database
  }

  override createDriver(): Driver {
    return new GuardedDriver(new LibsqlDriver(this.#database), { translate: translateSqliteError, before: fairTurn })
  }

  override createAdapter(): DialectAdapter {
    return new LibsqlAdapter()
  }
}

/** SQLite can undo changes of tables, so a migration that is killed leaves nothing half made. */
class LibsqlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** One connection, in the order in which it was asked for: Kysely's own lock lets newcomers overtake. */
class LibsqlDriver extends SqliteDriver {
  readonly #database: LibsqlDatabase.Database
  #last: Promise<void> = Promise.resolve()
  #next: () => void = () => undefined

  constructor(database: LibsqlDatabase.Database) {
    super({ database })
    this.#database = database
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#last
    const { promise, resolve } = turn()
    this.#last = promise
    await before
    this.#next = resolve
    return super.acquireConnection()
  }

  override async releaseConnection(): Promise<void> {
    await super.releaseConnection()
    this.#next()
  }

  /** Takes the right to write at once: a transaction that reads first could otherwise find that it may not write. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }

  /** After some failures, such as a full disk, SQLite has rolled back by itself. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.inTransaction) await super.rollbackTransaction(connection)
  }
}

function turn(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
