import { isStoreError, StoreError } from '../store-error.ts'

/** SQLSTATEs (PostgreSQL documentation, appendix A) after which the same transaction can succeed: serialization failure, deadlock, lock not available. */
const contended: ReadonlySet<string> = new Set(['40001', '40P01', '55P03'])
/** … and those that tell of the server: connection exceptions (08), insufficient resources (53), operator intervention (57), system errors (58), and a standby that cannot write (25006). */
const unavailable = /^(?:08|53|57|58)|^25006$|^25P03$/
/** … and those that a person must mend: authorization (28), missing database (3D), missing rights (42501). */
const refused = /^(?:28|3D)|^42501$/
/** Codes of Node's sockets and name resolution. */
const socket = /^E(?:CONN|PIPE|HOST|NET|TIMEDOUT|AI_AGAIN|NOTFOUND)/
/** What pg says without a code. */
const lost = /Connection terminated|timeout expired|timeout exceeded when trying to connect|Query read timeout|not queryable|Client was closed|Cannot use a pool after calling end|driver has already been destroyed/

/** Errors of PostgreSQL and of the way there in the words of the store; others as they are. */
export function translatePostgresError(error: unknown): unknown {
  if (isStoreError(error) || !(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (contended.has(code)) return new StoreError('STORE_CONTENDED', 'too many changes at once', { cause: error })
  if (refused.test(code)) return new StoreError('STORE_UNSAFE', `PostgreSQL refuses the gateway (${code}): check the user, its password and its rights in the database`, { cause: error })
  if (unavailable.test(code) || socket.test(code) || isUnconnected(error) || lost.test(error.message)) {
    return new StoreError('STORE_UNAVAILABLE', `PostgreSQL cannot be reached or cannot work now${code === '' ? '' : ` (${code})`}`, { cause: error })
  }
  return error
}

/** The socket of a server that is not running is not there (ENOENT), and that of a busy one has no room (EAGAIN). */
function isUnconnected(error: Error): boolean {
  return 'syscall' in error && error.syscall === 'connect'
}
