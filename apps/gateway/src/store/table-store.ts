import { AsyncLocalStorage } from 'node:async_hooks'
import { sql } from 'kysely'
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
    this.database = new Database(engine)
    this.records = new OutsideRecords(new TableRecords(engine), {
      read: () => this.#refuseClosed(),
      write: () => this.#refuseNesting(),
    })
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
    this.#refuseClosed()
    await sql`select 1`.execute(this.database.engine.read)
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await this.database.engine.close()
  }

  #refuseClosed(): void {
    if (this.#isClosed) throw new StoreError('STORE_UNAVAILABLE', 'the store is closed: the gateway stops')
  }

  /** On SQLite it would wait for itself for ever; on PostgreSQL it would not be part of the transaction. */
  #refuseNesting(): void {
    this.#refuseClosed()
    if (this.#open.getStore()?.isOpen) throw new StoreError('TRANSACTION_NESTED', 'inside a transaction, change records through that transaction')
  }
}

/** Records outside of transactions: changes are refused inside of one. */
class OutsideRecords implements Records {
  readonly #records: Records
  readonly #refuse: { readonly read: () => void; readonly write: () => void }

  constructor(records: Records, refuse: { readonly read: () => void; readonly write: () => void }) {
    this.#records = records
    this.#refuse = refuse
  }

  async get<T>(kind: Kind<T>, scope: string, id: string): Promise<Stored<T> | undefined> {
    this.#refuse.read()
    return this.#records.get(kind, scope, id)
  }

  async list<T>(kind: Kind<T>, scope?: string): Promise<readonly Stored<T>[]> {
    this.#refuse.read()
    return this.#records.list(kind, scope)
  }

  async insert<T>(kind: Kind<T>, scope: string, id: string, doc: T): Promise<Stored<T>> {
    this.#refuse.write()
    return this.#records.insert(kind, scope, id, doc)
  }

  async update<T>(kind: Kind<T>, stored: StoredKey, doc: T): Promise<Stored<T>> {
    this.#refuse.write()
    return this.#records.update(kind, stored, doc)
  }

  async remove<T>(kind: Kind<T>, stored: StoredKey): Promise<void> {
    this.#refuse.write()
    return this.#records.remove(kind, stored)
  }
}
