import { sql, type Kysely, type Migration, type RawBuilder } from 'kysely'
import type { Engine } from './database.ts'

/** Steps from nothing to today's tables, by name. A step that was released never changes; a new one is added behind it. */
export function migrationsFor(engine: Engine['name']): Record<string, Migration> {
  const type = columnTypes[engine]
  return {
    '0001-records': { up: (database) => makeRecords(database, type) },
    '0002-runs': { up: (database) => makeRuns(database, type) },
    '0003-gateways': { up: (database) => makeGateways(database, type) },
    '0004-run-ages': { up: makeRunAges },
  }
}

interface ColumnTypes {
  /** Text in the order of its bytes, whatever the language of the database. */
  readonly text: RawBuilder<unknown>
  /** Milliseconds since 1970. */
  readonly time: RawBuilder<unknown>
}

const columnTypes: Readonly<Record<Engine['name'], ColumnTypes>> = {
  sqlite: { text: sql`text`, time: sql`integer` },
  postgres: { text: sql`text collate "C"`, time: sql`bigint` },
}

async function makeRecords(database: Kysely<unknown>, type: ColumnTypes): Promise<void> {
  await database.schema.createTable('record')
    .addColumn('kind', type.text, (column) => column.notNull())
    .addColumn('scope', type.text, (column) => column.notNull())
    .addColumn('id', type.text, (column) => column.notNull())
    .addColumn('doc', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('created_at', type.time, (column) => column.notNull())
    .addColumn('updated_at', type.time, (column) => column.notNull())
    .addPrimaryKeyConstraint('record_key', ['kind', 'scope', 'id'])
    .execute()
}

async function makeRuns(database: Kysely<unknown>, type: ColumnTypes): Promise<void> {
  await database.schema.createTable('run')
    .addColumn('id', type.text, (column) => column.notNull().primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('attempts', 'integer', (column) => column.notNull())
    .addColumn('max_attempts', 'integer', (column) => column.notNull())
    .addColumn('fence', 'integer', (column) => column.notNull())
    .addColumn('owner', 'text')
    .addColumn('lease_until', type.time)
    .addColumn('due_at', type.time, (column) => column.notNull())
    .addColumn('idempotency_key', 'text')
    .addColumn('result', 'text')
    .addColumn('error', 'text')
    .addColumn('last_seq', 'integer', (column) => column.notNull())
    .addColumn('created_at', type.time, (column) => column.notNull())
    .addColumn('started_at', type.time)
    .addColumn('ended_at', type.time)
    .execute()
  await database.schema.createIndex('run_active_target').on('run').column('target').unique().where(sql.ref('state'), 'in', sql`('ready', 'leased')`).execute()
  await database.schema.createIndex('run_idempotency_key').on('run').column('idempotency_key').unique().execute()
  await database.schema.createIndex('run_due').on('run').columns(['state', 'due_at']).execute()
  await database.schema.createIndex('run_age').on('run').columns(['created_at', 'id']).execute()
  await makeRunTables(database, type)
}

async function makeRunTables(database: Kysely<unknown>, type: ColumnTypes): Promise<void> {
  await database.schema.createTable('run_event')
    .addColumn('run_id', type.text, (column) => column.notNull())
    .addColumn('seq', 'integer', (column) => column.notNull())
    .addColumn('at', type.time, (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('run_event_key', ['run_id', 'seq'])
    .execute()
  await database.schema.createTable('stack_lock')
    .addColumn('name', type.text, (column) => column.notNull().primaryKey())
    .addColumn('run_id', type.text, (column) => column.notNull())
    .addColumn('fence', 'integer', (column) => column.notNull())
    .execute()
  await database.schema.createIndex('stack_lock_run').on('stack_lock').column('run_id').execute()
}

async function makeGateways(database: Kysely<unknown>, type: ColumnTypes): Promise<void> {
  await database.schema.createTable('gateway')
    .addColumn('name', type.text, (column) => column.notNull().primaryKey())
    .addColumn('lease_until', type.time, (column) => column.notNull())
    .execute()
  await database.schema.alterTable('run').addColumn('request', 'text').execute()
  await database.schema.createIndex('run_request').on('run').column('request').execute()
}

/** For forgetting old runs, and for the newest ones of a target. */
async function makeRunAges(database: Kysely<unknown>): Promise<void> {
  await database.schema.createIndex('run_ended').on('run').column('ended_at').execute()
  await database.schema.createIndex('run_target_age').on('run').columns(['target', 'created_at', 'id']).execute()
}
