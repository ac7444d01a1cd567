import { Kysely, sql } from 'kysely'
import pg from 'pg'
import { migrate } from '../migrate.ts'
import type { Store } from '../store.ts'
import { TableStore } from '../table-store.ts'
import type { Tables } from '../tables.ts'
import { GuardedPostgresDialect } from './guarded-postgres-dialect.ts'
import { lossPolicy } from './loss-policy.ts'

/** Which server, and how it is used. */
export interface PostgresOptions {
  /** `postgresql://user:password@host:5432/database`, with `sslmode` and the like as PostgreSQL defines them. */
  readonly url: string
  /** Schema of the tables, made when missing. */
  readonly schema?: string
  /** Connections at most; 10 serve a gateway well, and a server allows 100 unless told otherwise. */
  readonly poolSize?: number
}

/** The server's clock, in milliseconds: all gateways have the same. Within one statement it stands still. */
const now = sql<number>`floor(extract(epoch from statement_timestamp()) * 1000)::bigint`

const int8 = 20

/** Milliseconds. The server gives up first, so that the connection stays usable; the client's limit is for a server that is gone. */
const limits = { connect: 5_000, statement: 15_000, query: 20_000, idleInTransaction: 10_000 }

/**
 * Opens the store of several gateways: tables in one schema of a PostgreSQL database (15 or newer).
 *
 * @throws StoreError `STORE_UNAVAILABLE` when the server cannot be reached, `STORE_UNSAFE` when it refuses
 */
export async function openPostgresStore({ url, schema = 'isthmus', poolSize = 10 }: PostgresOptions): Promise<Store> {
  // Migrating needs a second connection beside the one that holds the lock.
  const pool = newPool(url, schema, Math.max(2, poolSize))
  const database = new Kysely<Tables>({ dialect: new GuardedPostgresDialect({ pool }) })
  try {
    await migrate(database, 'postgres', schema)
  } catch (error) {
    await database.destroy()
    throw error
  }
  return new TableStore({ name: 'postgres', isExclusive: false, read: database, write: database, now, locksRows: true, close: () => database.destroy() })
}

function newPool(url: string, schema: string, max: number): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    application_name: 'isthmus',
    keepAlive: true,
    connectionTimeoutMillis: limits.connect,
    statement_timeout: limits.statement,
    query_timeout: limits.query,
    idle_in_transaction_session_timeout: limits.idleInTransaction,
    onConnect: (client) => client.query(`select set_config('search_path', $1, false), ${lossPolicy}`, [pg.escapeIdentifier(schema)]),
    types: { getTypeParser: (oid: number, format?: 'text' | 'binary') => (oid === int8 ? Number : pg.types.getTypeParser(oid, format)) },
  })
  // A connection that breaks is replaced, and whoever uses it hears of it from its next statement; without listeners it would end the process.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
