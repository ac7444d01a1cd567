import { isIsthmusError, type Finding } from '@isthmus/core'
import { isStoreError } from '../store/index.ts'

/** Statuses of everything that can go wrong, by code. The one place where an HTTP status comes from. */
const statuses = {
  BODY_UNREADABLE: 400,
  BODY_INVALID: 400,
  BODY_TOO_LARGE: 413,
  MEDIA_TYPE: 415,
  PARAMETER_INVALID: 400,
  HEADER_INVALID: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  ALREADY_EXISTS: 409,
  CONFLICT: 409,
  IN_USE: 409,
  FINDINGS: 422,
  RATE_LIMITED: 429,
  RUN_FAILED: 500,
  INTERNAL: 500,
  NOT_IMPLEMENTED: 501,
  UNAVAILABLE: 503,
} as const

/** Literal code of a {@link Problem}. */
export type ProblemCode = keyof typeof statuses

/** Characters of a message: what a client sent may stand in it, and may be long. */
const longestMessage = 10_000

/** True for the code of a problem. */
export function isProblemCode(code: string | undefined): code is ProblemCode {
  return code !== undefined && Object.hasOwn(statuses, code)
}

const marker: unique symbol = Symbol.for('@isthmus/gateway:problem')

/** What an answer says besides its status. */
export interface ProblemDetail {
  /** Everything that is wrong, where it was found in something that a user wrote. */
  readonly findings?: readonly Finding[]
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number
  readonly cause?: unknown
  /** Further members of the answer, such as the run that is in the way. */
  readonly extra?: Readonly<Record<string, string>>
}

/** A request that cannot be answered as asked. Its message is for the client and holds no secret. */
export class Problem extends Error {
  readonly [marker] = true
  readonly code: ProblemCode
  readonly status: (typeof statuses)[ProblemCode]
  readonly detail: ProblemDetail

  constructor(code: ProblemCode, message: string, detail: ProblemDetail = {}) {
    super(message.length > longestMessage ? `${message.slice(0, longestMessage)} …` : message, detail.cause === undefined ? {} : { cause: detail.cause })
    this.name = 'Problem'
    this.code = code
    this.status = statuses[code]
    this.detail = detail
  }
}

/** True for a {@link Problem}, also of another copy of this package. */
export function isProblem(error: unknown): error is Problem {
  return typeof error === 'object' && error !== null && marker in error
}

/** Codes of errors of other packages, by problem; whatever is missing here is a fault of ours. */
const translations: Readonly<Record<string, ProblemCode>> = {
  ADDRESS_INVALID: 'PARAMETER_INVALID',
  RECORD_NOT_FOUND: 'NOT_FOUND',
  RECORD_EXISTS: 'ALREADY_EXISTS',
  RECORD_CHANGED: 'CONFLICT',
  RUN_NOT_FOUND: 'NOT_FOUND',
  RUN_ACTIVE: 'CONFLICT',
  RUN_KEY_REUSED: 'CONFLICT',
  STORE_UNAVAILABLE: 'UNAVAILABLE',
  STORE_CONTENDED: 'UNAVAILABLE',
  RECORD_INVALID: 'PARAMETER_INVALID',
}

/** Any error as a problem. What nobody foresaw becomes `INTERNAL`, whose message says nothing of the inside. */
export function problemOf(error: unknown): Problem {
  if (isProblem(error)) return error
  if (isStoreError(error) && error.code === 'RUN_ACTIVE' && error.runId !== undefined) {
    return new Problem('CONFLICT', `${error.message}; send this again when GET /isthmus/v1/runs/${error.runId} says that it has ended`, { cause: error, extra: { run: error.runId } })
  }
  if (isIsthmusError(error) || isStoreError(error)) {
    const code = translations[error.code]
    if (code !== undefined) return new Problem(code, error.message, { cause: error })
    if (error.retryable) return new Problem('UNAVAILABLE', error.message, { cause: error, retryAfter: 5 })
  }
  return new Problem('INTERNAL', 'Internal Server Error', { cause: error })
}
