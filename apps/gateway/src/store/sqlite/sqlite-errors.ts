import { isStoreError, StoreError } from '../store-error.ts'

/** Beginnings of result codes (sqlite.org/rescode.html) after which waiting can help. */
const contended = /^SQLITE_(?:BUSY|LOCKED)/
/** … and of those that tell of the machine rather than of a statement. */
const unavailable = /^SQLITE_(?:FULL|IOERR|NOMEM|CANTOPEN|PROTOCOL|READONLY)/

/** Errors of SQLite in the words of the store; others as they are. */
export function translateSqliteError(error: unknown): unknown {
  if (isStoreError(error) || !(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (contended.test(code)) return new StoreError('STORE_CONTENDED', 'the store is busy', { cause: error })
  if (unavailable.test(code)) return new StoreError('STORE_UNAVAILABLE', `the store cannot work (${code}): is the disk full or read-only?`, { cause: error })
  if (/not open/.test(error.message)) return new StoreError('STORE_UNAVAILABLE', 'the store is closed', { cause: error })
  return error
}
