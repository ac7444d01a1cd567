import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, type CompiledQuery, type DatabaseConnection, type DatabaseIntrospector, type Dialect, type DialectAdapter, type Driver, type Kysely, type QueryCompiler, type QueryResult } from 'kysely'
import { GuardedDriver } from '../guarded-driver.ts'
import type { LibsqlConnection } from './libsql-connection.ts'
import { translateSqliteError } from './sqlite-errors.ts'

/** SQLite through libsql, which works in a thread of its own: a commit waits for the disk, and nobody waits for the commit but who made it. */
export class LibsqlDialect implements Dialect {
  readonly #connection: LibsqlConnection

  constructor(connection: LibsqlConnection) {
    this.#connection = connection
  }

  createDriver(): Driver {
    return new GuardedDriver(new LibsqlDriver(this.#connection), translateSqliteError)
  }

  createQueryCompiler(): QueryCompiler {
    return new SqliteQueryCompiler()
  }

  createAdapter(): DialectAdapter {
    return new LibsqlAdapter()
  }

  createIntrospector<T>(database: Kysely<T>): DatabaseIntrospector {
    return new SqliteIntrospector(database)
  }
}

/** SQLite can undo changes of tables, so a migration that is killed leaves nothing half made. */
class LibsqlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

/** One connection, in the order in which it was asked for. */
class LibsqlDriver implements Driver {
  readonly #connection: LibsqlConnection
  #last: Promise<void> = Promise.resolve()
  #next: () => void = () => undefined

  constructor(connection: LibsqlConnection) {
    this.#connection = connection
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#last
    const { promise, resolve } = turn()
    this.#last = promise
    await before
    this.#next = resolve
    return new Statements(this.#connection)
  }

  async releaseConnection(): Promise<void> {
    this.#next()
  }

  beginTransaction(): Promise<void> {
    return this.#connection.begin()
  }

  commitTransaction(): Promise<void> {
    return this.#connection.commit()
  }

  rollbackTransaction(): Promise<void> {
    return this.#connection.rollback()
  }

  async destroy(): Promise<void> {
    this.#connection.close()
  }
}

/** Runs statements, those outside of a transaction in one of their own: a statement commits where it is run, which must not be the main thread. */
class Statements implements DatabaseConnection {
  readonly #connection: LibsqlConnection

  constructor(connection: LibsqlConnection) {
    this.#connection = connection
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#connection.inTransaction || this.#connection.isReader) return this.#run(query)
    await this.#connection.begin()
    try {
      const result = await this.#run<R>(query)
      await this.#connection.commit()
      return result
    } catch (error) {
      await this.#connection.rollback()
      throw error
    }
  }

  streamQuery(): AsyncIterableIterator<never> {
    throw new TypeError('the store reads whole results')
  }

  async #run<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const statement = await this.#connection.prepare(sql)
    if (statement.reader) return { rows: await statement.all<R>(parameters) }
    const { changes, lastInsertRowid } = statement.run(parameters)
    return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) }
  }
}

function turn(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
