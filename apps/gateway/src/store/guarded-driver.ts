import type { CompiledQuery, DatabaseConnection, Driver, QueryResult, TransactionSettings } from 'kysely'

/** An error of a database as the store says it; others as they are. */
export type Translate = (error: unknown) => unknown

/** A connection whose errors are translated, and which knows whether a statement of its transaction failed. */
class GuardedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection
  readonly #translate: Translate
  failure: unknown

  constructor(inner: DatabaseConnection, translate: Translate) {
    this.inner = inner
    this.#translate = translate
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      return await this.inner.executeQuery<R>(query)
    } catch (error) {
      this.failure = this.#translate(error)
      throw this.failure
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.inner.streamQuery<R>(query, chunkSize)
  }
}

/** Another driver, with errors in the words of the store. */
export class GuardedDriver implements Driver {
  readonly #inner: Driver
  readonly #translate: Translate
  readonly #connections = new WeakMap<DatabaseConnection, GuardedConnection>()

  constructor(inner: Driver, translate: Translate) {
    this.#inner = inner
    this.#translate = translate
  }

  init(): Promise<void> {
    return this.#guard(() => this.#inner.init())
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const inner = await this.#guard(() => this.#inner.acquireConnection())
    const connection = new GuardedConnection(inner, this.#translate)
    this.#connections.set(connection, connection)
    return connection
  }

  beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    const guarded = this.#guarded(connection)
    guarded.failure = undefined
    return this.#guard(() => this.#inner.beginTransaction(guarded.inner, settings))
  }

  /** PostgreSQL answers a commit after a failed statement with a quiet rollback; nobody may take that for success. */
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const { inner, failure } = this.#guarded(connection)
    if (failure !== undefined) throw failure
    await this.#guard(() => this.#inner.commitTransaction(inner))
  }

  rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    return this.#guard(() => this.#inner.rollbackTransaction(this.#guarded(connection).inner))
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#guard(() => this.#inner.releaseConnection(this.#guarded(connection).inner))
  }

  destroy(): Promise<void> {
    return this.#guard(() => this.#inner.destroy())
  }

  #guarded(connection: DatabaseConnection): GuardedConnection {
    const guarded = this.#connections.get(connection)
    if (guarded === undefined) throw new TypeError('a connection of another driver')
    return guarded
  }

  async #guard<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw this.#translate(error)
    }
  }
}
