import { AsyncLocalStorage } from 'node:async_hooks'
import { sql, type KyselyPlugin } from 'kysely'
import { Database, type Engine } from './database.ts'
import type { Kind } from './kind.ts'
import type { Records, Store, Stored, StoredKey, Transaction } from './store.ts'
import { StoreError } from './store-error.ts'
import { TableRecords } from './table-records.ts'

/** The store, on whichever engine. */
export class TableStore implements Store {
  readonly database: Database
  readonly records: Records
  readonly #open = new AsyncLocalStorage<{ isOpen: boolean }>()
  #isClosed = false

  constructor(engine: Engine) {
    const read = engine.read.withPlugin(beforeEach(() => this.#refuseNesting()))
    this.database = new Database({ ...engine, read })
    this.records = new OutsideRecords(new TableRecords({ ...engine, read }), () => this.#refuseNesting())
  }

  async transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
    this.#refuseNesting()
    const scope = { isOpen: true }
    let callbacks: (() => void)[] = []
    try {
      const result = await this.#open.run(scope, () => this.database.transaction('serializable', (database) => {
        callbacks = []
        const records = new TableRecords({ read: database.tables, write: database.tables, now: database.now })
        return work({ records, database, afterCommit: (callback) => void callbacks.push(callback) })
      }))
      scope.isOpen = false
      for (const callback of callbacks) callback()
      return result
    } finally {
      scope.isOpen = false
    }
  }

  async ping(): Promise<void> {
    await sql`select 1`.execute(this.database.engine.read)
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.database.engine.close()
  }

  /**
   * A change would wait for itself for ever on SQLite. On PostgreSQL, whatever takes a second connection while it has one is not part of the
   * transaction, and enough of it at a time wait for each other.
   */
  #refuseNesting(): void {
    if (this.#isClosed) throw new StoreError('STORE_UNAVAILABLE', 'the store is closed: the gateway stops')
    if (this.#open.getStore()?.isOpen) throw new StoreError('TRANSACTION_NESTED', 'inside a transaction, read and change records through that transaction')
  }
}

/** Calls back before each statement. */
function beforeEach(callback: () => void): KyselyPlugin {
  return {
    transformQuery: ({ node }) => {
      callback()
      return node
    },
    transformResult: async ({ result }) => result,
  }
}

/** Records outside of transactions: they are refused inside of one. */
class OutsideRecords implements Records {
  readonly #records: Records
  readonly #refuse: () => void

  constructor(records: Records, refuse: () => void) {
    this.#records = records
    this.#refuse = refuse
  }

  async get<T>(kind: Kind<T>, scope: string, id: string): Promise<Stored<T> | undefined> {
    this.#refuse()
    return this.#records.get(kind, scope, id)
  }

  async list<T>(kind: Kind<T>, scope?: string): Promise<readonly Stored<T>[]> {
    this.#refuse()
    return this.#records.list(kind, scope)
  }

  async keys<T>(kind: Kind<T>, scope?: string): Promise<readonly Omit<Stored<T>, 'doc'>[]> {
    this.#refuse()
    return this.#records.keys(kind, scope)
  }

  async insert<T>(kind: Kind<T>, scope: string, id: string, doc: T): Promise<Stored<T>> {
    this.#refuse()
    return this.#records.insert(kind, scope, id, doc)
  }

  async update<T>(kind: Kind<T>, stored: StoredKey, doc: T): Promise<Stored<T>> {
    this.#refuse()
    return this.#records.update(kind, stored, doc)
  }

  async remove<T>(kind: Kind<T>, stored: StoredKey): Promise<void> {
    this.#refuse()
    return this.#records.remove(kind, stored)
  }
}
