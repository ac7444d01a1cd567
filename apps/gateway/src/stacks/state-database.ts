import type { PostgresState } from '@isthmus/tofu'
import pg from 'pg'
import { lossPolicy } from '../store/postgres/loss-policy.ts'
import { translatePostgresError } from '../store/postgres/postgres-errors.ts'

/**
 * OpenTofu numbers all states of a database from one sequence, because the numbers are its locks (`pg` backend, OpenTofu 1.12). It makes
 * the sequence itself, and fails when two of them do so at the same moment.
 */
const sequence = 'CREATE SEQUENCE IF NOT EXISTS public.global_states_id_seq AS bigint'

/** What a state's row is guarded by. OpenTofu's locks are the only ones that its sessions have. */
const guard = `CREATE OR REPLACE FUNCTION public.isthmus_state_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_catalog.pg_backend_pid()) THEN
    RAISE EXCEPTION 'the lock of this state was lost with its session, and another machine may have changed the state since';
  END IF;
  RETURN NEW;
END $$`

/** Advisory lock under which both are made; any number that nobody else uses. */
const sequenceLock = 0x1574_405

/** Milliseconds. */
const limits = { connectionTimeoutMillis: 5_000, statement_timeout: 30_000, query_timeout: 35_000 }

/** States in a PostgreSQL database. Its user must own the database, or may create schemas in it and sequences in `public`. */
export function stateDatabase(url: string): PostgresState {
  let prepared: Promise<void> | undefined
  const prepare = async (): Promise<void> => withClient(url, async (client) => {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [sequenceLock])
    await client.query(sequence)
    await client.query(guard)
    await client.query('COMMIT')
  })
  return {
    kind: 'postgres',
    url,
    prepare: () => (prepared ??= prepare().catch((error: unknown) => {
      prepared = undefined
      throw error
    })),
    guard: (schema) => withClient(url, async (client) => void (await client.query(`CREATE OR REPLACE TRIGGER isthmus_state_guard BEFORE INSERT OR UPDATE ON ${pg.escapeIdentifier(schema)}.states FOR EACH ROW EXECUTE FUNCTION public.isthmus_state_guard()`))),
    drop: (schema) => withClient(url, async (client) => void (await client.query(`DROP SCHEMA IF EXISTS ${pg.escapeIdentifier(schema)} CASCADE`))),
  }
}

/**
 * Stacks come and go seldom, so that no connection is kept for them.
 *
 * @throws StoreError as the store does
 */
async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  try {
    return await connected(url, work)
  } catch (error) {
    throw translatePostgresError(error)
  }
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'isthmus', ...limits })
  // A connection that breaks while it is idle would end the process.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(`select ${lossPolicy}`)
    return await work(client)
  } finally {
    await client.end()
  }
}
