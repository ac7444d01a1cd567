import { sql, type RawBuilder, type Selectable, type SelectQueryBuilder } from 'kysely'
import { fairTurn } from '../turn/fair-turn.ts'
import type { DatabaseTransaction } from './database.ts'
import { parseDocument, type Kind } from './kind.ts'
import type { Records, Stored, StoredKey } from './store.ts'
import { StoreError } from './store-error.ts'
import { isStorableKey } from './storable-key.ts'
import type { RecordTable, Tables } from './tables.ts'

/** Records as rows of the table `record`. */
export class TableRecords implements Records {
  readonly #read: DatabaseTransaction['tables']
  readonly #write: DatabaseTransaction['tables']
  readonly #now: RawBuilder<number>

  constructor(tables: { readonly read: DatabaseTransaction['tables']; readonly write: DatabaseTransaction['tables']; readonly now: RawBuilder<number> }) {
    this.#read = tables.read
    this.#write = tables.write
    this.#now = tables.now
  }

  async get<T>(kind: Kind<T>, scope: string, id: string): Promise<Stored<T> | undefined> {
    if (!isStorableKey(scope) || !isStorableKey(id)) return undefined
    const row = await this.#read.selectFrom('record').selectAll().where('kind', '=', kind.name).where('scope', '=', scope).where('id', '=', id).executeTakeFirst()
    return row && storedFrom(kind, row)
  }

  async keys<T>(kind: Kind<T>, scope?: string): Promise<readonly Omit<Stored<T>, 'doc'>[]> {
    return (await this.#rows(kind, scope).select(keyColumns).execute()).map(keyFrom)
  }

  async list<T>(kind: Kind<T>, scope?: string): Promise<readonly Stored<T>[]> {
    const rows = await this.#rows(kind, scope).selectAll().execute()
    const records: Stored<T>[] = []
    for (const row of rows) {
      await fairTurn()
      records.push(storedFrom(kind, row))
    }
    return records
  }

  async insert<T>(kind: Kind<T>, scope: string, id: string, doc: T): Promise<Stored<T>> {
    if (!isStorableKey(scope) || !isStorableKey(id)) throw new StoreError('RECORD_INVALID', `a ${kind.name} needs a scope and an id of at most 800 bytes without control characters`)
    const row = await this.#write.insertInto('record')
      .values({ kind: kind.name, scope, id, doc: textOf(kind, id, doc), version: 1, created_at: this.#now, updated_at: this.#now })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst()
    if (!row) throw new StoreError('RECORD_EXISTS', `${kind.name} ${id} already exists`)
    return storedFrom(kind, row)
  }

  async update<T>(kind: Kind<T>, stored: StoredKey, doc: T): Promise<Stored<T>> {
    const row = await this.#write.updateTable('record')
      .set({ doc: textOf(kind, stored.id, doc), version: stored.version + 1, updated_at: this.#now })
      .where('kind', '=', kind.name).where('scope', '=', stored.scope).where('id', '=', stored.id).where('version', '=', stored.version)
      .returningAll()
      .executeTakeFirst()
    if (!row) throw await this.#refusal(kind, stored)
    return storedFrom(kind, row)
  }

  async remove<T>(kind: Kind<T>, stored: StoredKey): Promise<void> {
    const row = await this.#write.deleteFrom('record')
      .where('kind', '=', kind.name).where('scope', '=', stored.scope).where('id', '=', stored.id).where('version', '=', stored.version)
      .returning('id')
      .executeTakeFirst()
    if (!row) throw await this.#refusal(kind, stored)
  }

  #rows<T>(kind: Kind<T>, scope: string | undefined): SelectQueryBuilder<Tables, 'record', object> {
    const all = this.#read.selectFrom('record').where('kind', '=', kind.name).orderBy('scope').orderBy('id')
    if (scope === undefined) return all
    return isStorableKey(scope) ? all.where('scope', '=', scope) : all.where(sql<boolean>`false`)
  }

  async #refusal<T>(kind: Kind<T>, { scope, id }: StoredKey): Promise<StoreError> {
    const row = await this.#write.selectFrom('record').select('version').where('kind', '=', kind.name).where('scope', '=', scope).where('id', '=', id).executeTakeFirst()
    return row ? new StoreError('RECORD_CHANGED', `${kind.name} ${id} was changed by somebody else meanwhile`) : new StoreError('RECORD_NOT_FOUND', `${kind.name} ${id} does not exist`)
  }
}

function textOf<T>(kind: Kind<T>, id: string, doc: T): string {
  return JSON.stringify(parseDocument(kind, id, doc, 'RECORD_INVALID'))
}

const keyColumns = ['scope', 'id', 'version', 'created_at', 'updated_at'] as const

function keyFrom({ scope, id, version, created_at: created, updated_at: updated }: Pick<Selectable<RecordTable>, (typeof keyColumns)[number]>): Omit<Stored<unknown>, 'doc'> {
  return { scope, id, version, createdAt: new Date(created).toISOString(), updatedAt: new Date(updated).toISOString() }
}

function storedFrom<T>(kind: Kind<T>, row: Selectable<RecordTable>): Stored<T> {
  return { ...keyFrom(row), doc: parseDocument(kind, row.id, JSON.parse(row.doc), 'RECORD_UNREADABLE') }
}
