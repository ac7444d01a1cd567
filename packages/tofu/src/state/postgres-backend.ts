import { createHash } from 'node:crypto'
import { IsthmusError } from '@isthmus/core'
import type { StateStorage } from './state-storage.ts'

/** Name of the file that tells OpenTofu where the state is. */
const backendFile = 'backend.tf.json'

/** Variable that OpenTofu's `pg` backend reads its connection from (OpenTofu 1.12). */
export const connectionVariable = 'PG_CONN_STR'

/** Variables of this process that belong to the connection and are named in no URL (lib/pq reads them as libpq does). */
export const connectionEnvironment: readonly string[] = ['PGPASSWORD', 'PGPASSFILE', 'PGSSLROOTCERT', 'PGSSLCERT', 'PGSSLKEY']

/** Parameters that lib/pq, which OpenTofu connects with, takes for itself; any other would go to the server as a setting. */
const known = new Set(['host', 'port', 'user', 'password', 'dbname', 'sslmode', 'sslcert', 'sslkey', 'sslrootcert', 'connect_timeout', 'application_name', 'options'])

/**
 * Settings of a session with which its server notices within eleven seconds that the machine at the other end is gone, and ends it: after
 * five seconds of silence and three questions without an answer (seconds), or when what was sent is not acknowledged (milliseconds). By default
 * that takes two hours, and a quarter of an hour. A lock of a state ends with the session that has it.
 */
export const lossSettings: Readonly<Record<string, string>> = { tcp_keepalives_idle: '5', tcp_keepalives_interval: '2', tcp_keepalives_count: '3', tcp_user_timeout: '11000' }

/** Longest name PostgreSQL keeps is 63 bytes; a longer one would be cut off without a word. */
const shownLetters = 40
const hashLetters = 12

/** The schema that the state of a stack is in. Two stacks never share one, whatever their names. */
export function schemaOf(order: string, stack: string): string {
  const hash = createHash('sha256').update(JSON.stringify([order, stack])).digest('hex').slice(0, hashLetters)
  const shown = `${order}_${stack}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_').slice(0, shownLetters)
  return `stack_${shown}_${hash}`
}

/** Files that a stack needs besides its own; none for a state in files. */
export function backendFiles(state: StateStorage): Record<string, string> {
  if (state.kind === 'files') return {}
  return { [backendFile]: `${JSON.stringify({ terraform: { backend: { pg: { schema_name: state.schema } } } }, null, 2)}\n` }
}

/** Variables that OpenTofu needs to reach the state. */
export function backendEnvironment(state: StateStorage): Record<string, string> {
  return state.kind === 'files' ? {} : { [connectionVariable]: connectionString(state.url) }
}

/**
 * A URL as lib/pq understands it the way node-postgres does, which the host connects with: without `sslmode` there is no TLS (lib/pq
 * would insist on it), and `prefer`, `require` and `verify-ca` check the server's name as well.
 *
 * @throws IsthmusError CONFIGURATION_INVALID for what is no URL
 */
export function connectionString(url: string): string {
  // The URL may hold a password, so the message does not show it.
  if (!URL.canParse(url)) throw new IsthmusError('CONFIGURATION_INVALID', 'the URL of the database cannot be read; write it as postgresql://user:password@host/database, or as postgresql:///database?host=/folder&user=name for a socket')
  const parsed = new URL(url)
  const given = parsed.searchParams
  const parameters = new URLSearchParams([...given].filter(([name]) => known.has(name)))
  parameters.set('sslmode', tlsMode(given.get('sslmode'), given.get('uselibpqcompat') === 'true'))
  for (const [name, value] of Object.entries(lossSettings)) parameters.set(name, value)
  // Go reads a plus sign in a query as a space as well, but not in what the server is told.
  parsed.search = parameters.toString().replaceAll('+', '%20')
  return parsed.toString()
}

function tlsMode(asked: string | null, asLibpq: boolean): string {
  if (asked === null || asked === 'disable') return 'disable'
  if (asked === 'no-verify') return 'require'
  if (asLibpq) return asked === 'verify-ca' || asked === 'verify-full' ? asked : 'require'
  return 'verify-full'
}
