const marker: unique symbol = Symbol.for('@isthmus/gateway:store-error')

/** What can go wrong with records, runs and the store that holds them. */
export type StoreErrorCode =
  /** A record of this kind, scope and id is there already. */
  | 'RECORD_EXISTS'
  /** Somebody changed or replaced the record since it was read. */
  | 'RECORD_CHANGED'
  | 'RECORD_NOT_FOUND'
  /** A document that is to be stored does not fit its schema, or a scope or id cannot be stored. */
  | 'RECORD_INVALID'
  /** A document that was stored does not fit its schema any more: the fault is the gateway's, or of whoever changed the row. */
  | 'RECORD_UNREADABLE'
  /** The target has an active run; `runId` names it. */
  | 'RUN_ACTIVE'
  /** The run's lease went to somebody else: whatever the old holder writes is refused. */
  | 'RUN_LOST'
  /** The gateway stops; the run is handed on. Reason of an aborted signal. */
  | 'RUN_HANDED_ON'
  | 'RUN_NOT_FOUND'
  /** An idempotency key came again with another request; `runId` names the run of the first one. */
  | 'RUN_KEY_REUSED'
  /** Too many transactions wanted the same rows for too long. */
  | 'STORE_CONTENDED'
  /** The database cannot be reached or cannot work now. */
  | 'STORE_UNAVAILABLE'
  /** Another process has the data folder. */
  | 'STORE_IN_USE'
  /** The file system or the database cannot keep what the store promises. */
  | 'STORE_UNSAFE'
  /** A transaction was started inside another one, or something was read or changed beside the one that is open. */
  | 'TRANSACTION_NESTED'
  /** Stack locks were asked for while others were held. */
  | 'LOCK_NESTED'

const retryable: ReadonlySet<StoreErrorCode> = new Set(['RECORD_CHANGED', 'RUN_HANDED_ON', 'STORE_CONTENDED', 'STORE_UNAVAILABLE'])

/** Thrown by the store and by runs. Its message holds no document and no secret. Recognise it with {@link isStoreError}. */
export class StoreError extends Error {
  readonly [marker] = true
  readonly code: StoreErrorCode
  /** Whether doing the same again, from reading on, can succeed without a change by a person. */
  readonly retryable: boolean
  /** The run in the way, with `RUN_ACTIVE` and `RUN_KEY_REUSED`. */
  readonly runId?: string

  constructor(code: StoreErrorCode, message: string, options: { readonly cause?: unknown; readonly runId?: string } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'StoreError'
    this.code = code
    this.retryable = retryable.has(code)
    if (options.runId !== undefined) this.runId = options.runId
  }
}

/** True for a {@link StoreError} of any loaded copy of this package. */
export function isStoreError(value: unknown): value is StoreError {
  return typeof value === 'object' && value !== null && marker in value
}

/** Whether the database is away or overloaded, so that the very same will work later. */
export function isOutage(value: unknown): boolean {
  return isStoreError(value) && (value.code === 'STORE_UNAVAILABLE' || value.code === 'STORE_CONTENDED')
}
