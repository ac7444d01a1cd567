import { setTimeout as sleep } from 'node:timers/promises'
import type { Kysely, RawBuilder } from 'kysely'
import { isStoreError } from './store-error.ts'
import type { Tables } from './tables.ts'

/** What the two engines do differently. */
export interface Engine {
  readonly name: 'sqlite' | 'postgres'
  /** Whether no other process can have the same database open. */
  readonly isExclusive: boolean
  /** Statements that only look, outside of transactions. */
  readonly read: Kysely<Tables>
  readonly write: Kysely<Tables>
  /** The database's clock: one for all gateways. */
  readonly now: RawBuilder<number>
  /** Whether rows are locked one by one, so that `for update` has a meaning. */
  readonly locksRows: boolean
  /** Ends the connections. */
  close(): Promise<void>
}

/** The tables inside of one transaction. */
export interface DatabaseTransaction extends Pick<Engine, 'name' | 'now' | 'locksRows'> {
  readonly tables: Kysely<Tables>
}

/** How strictly a transaction is kept apart from others. SQLite has one at a time, so both mean the same there. */
export type Isolation = 'serializable' | 'read committed'

/** How long a transaction is tried again after others got in its way. */
const patience = 10_000
const longestDelay = 250

/** Tables behind Kysely, on either engine. */
export class Database {
  readonly engine: Engine

  constructor(engine: Engine) {
    this.engine = engine
  }

  /**
   * Does work in a transaction, and again where the database had to undo it for the sake of another one.
   *
   * @throws StoreError `STORE_CONTENDED` when others were in the way all the time, `STORE_UNAVAILABLE`
   */
  async transaction<T>(isolation: Isolation, work: (transaction: DatabaseTransaction) => Promise<T>): Promise<T> {
    const { name, now, locksRows, write } = this.engine
    const end = performance.now() + patience
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await write.transaction().setIsolationLevel(isolation).execute((tables) => work({ name, now, locksRows, tables }))
      } catch (error) {
        if (!isStoreError(error) || error.code !== 'STORE_CONTENDED' || performance.now() > end) throw error
        await sleep(Math.random() * Math.min(longestDelay, 5 * 2 ** attempt))
      }
    }
  }
}
