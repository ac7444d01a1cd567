import type { Database, DatabaseTransaction } from './database.ts'
import type { Kind } from './kind.ts'

/** A document with its place and version. Times are RFC 3339 in UTC, by the clock of the store. */
export interface Stored<T> {
  /** What the id is unique in, such as a namespace; empty where there is nothing to name. */
  readonly scope: string
  readonly id: string
  /** Counts the document's changes, from 1. */
  readonly version: number
  readonly createdAt: string
  readonly updatedAt: string
  readonly doc: T
}

/** Which version of which record a change is based on. */
export type StoredKey = Pick<Stored<unknown>, 'scope' | 'id' | 'version'>

/** Documents by kind, scope and id. Nothing is answered before it is durable. */
export interface Records {
  /** The record, or undefined where there is none. Throws `RECORD_UNREADABLE` where the document does not fit its schema. */
  get<T>(kind: Kind<T>, scope: string, id: string): Promise<Stored<T> | undefined>
  /** All records of a kind, or of one scope of it, sorted by scope and id (by bytes). One moment's picture. */
  list<T>(kind: Kind<T>, scope?: string): Promise<readonly Stored<T>[]>
  /** What {@link list} answers, without the documents: for those that are many, or large. */
  keys<T>(kind: Kind<T>, scope?: string): Promise<readonly Omit<Stored<T>, 'doc'>[]>
  /** Adds a record. Throws `RECORD_EXISTS`, and `RECORD_INVALID` where the document does not fit its schema or the key cannot be stored. */
  insert<T>(kind: Kind<T>, scope: string, id: string, doc: T): Promise<Stored<T>>
  /** Replaces the document if nobody changed it since `stored` was read. Throws `RECORD_CHANGED` or `RECORD_NOT_FOUND`. */
  update<T>(kind: Kind<T>, stored: StoredKey, doc: T): Promise<Stored<T>>
  /** Removes the record if nobody changed it since `stored` was read. Throws `RECORD_CHANGED` or `RECORD_NOT_FOUND`. */
  remove<T>(kind: Kind<T>, stored: StoredKey): Promise<void>
}

/** What happens together or not at all. */
export interface Transaction {
  readonly records: Records
  /** Calls back once all of it is durable; never when it is rolled back. The callback must not throw. */
  afterCommit(callback: () => void): void
  /** The tables themselves, for the folders that own some (runs). */
  readonly database: DatabaseTransaction
}

/** Where everything lives that a gateway must not lose. */
export interface Store {
  /** Each call is a transaction of its own; inside of another one it throws `TRANSACTION_NESTED`. */
  readonly records: Records
  /**
   * Does work as if nothing else happened meanwhile (serializable). Throwing rolls all of it back.
   *
   * `work` may run several times, so it calls the transaction and changes nothing else. A refusal such as `RECORD_EXISTS` that it catches
   * leaves the transaction usable; after a failure of the database it cannot be committed any more.
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  /** Asks the database for a sign of life. Throws `STORE_UNAVAILABLE`. */
  ping(): Promise<void>
  /** Ends all connections, and gives the data folder back. */
  close(): Promise<void>
  /** The tables themselves, for the folders that own some (runs). */
  readonly database: Database
}
