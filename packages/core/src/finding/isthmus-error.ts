const marker: unique symbol = Symbol.for('@isthmus/core:error') as never

/** What went wrong with the machinery, as opposed to what a user wrote (those are findings). */
export type ErrorCode =
  | 'ADDRESS_INVALID'
  | 'CONFIGURATION_INVALID'
  | 'CONTRACT_BROKEN'
  | 'KEY_UNAVAILABLE'
  | 'PLUGIN_FAILED'
  | 'TOFU_NOT_FOUND'
  | 'TOFU_FAILED'
  | 'TOFU_INTERRUPTED'
  | 'WORKSPACE_BUSY'
  | 'WORKSPACE_INVALID'
  | 'SIMULATOR_FAILED'

/**
 * The one class of thrown errors.
 *
 * Recognise it with {@link isIsthmusError}: two copies of this package may be loaded, so `instanceof` can lie.
 */
export class IsthmusError extends Error {
  readonly [marker] = true
  readonly code: ErrorCode
  /** Whether doing the same again can succeed without a change by a person. */
  readonly retryable: boolean

  constructor(code: ErrorCode, message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'IsthmusError'
    this.code = code
    this.retryable = options.retryable ?? false
  }
}

/** True for an {@link IsthmusError} of any loaded copy of this package. */
export function isIsthmusError(value: unknown): value is IsthmusError {
  return typeof value === 'object' && value !== null && marker in value
}
