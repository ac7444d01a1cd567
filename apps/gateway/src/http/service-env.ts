import type { Logger } from 'pino'
import type { RequestKey } from '../runs/index.ts'
import type { Caller } from './authentication.ts'

/** What middleware leaves for handlers. */
export interface ServiceEnv {
  Variables: {
    /** Id of the request: the client's `x-request-id`, or one of ours. */
    requestId: string
    /** Whose cloud credentials the request is about: `x-credential-holder`, `admin` when left out. */
    holder: string
    /** Who asks; undefined on open operations. */
    caller: Caller | undefined
    log: Logger
    /** Why the request was refused. */
    refusal?: string
    /** Body as the client sent it, once it was read. */
    body?: unknown
    /** Ties the run that does the work of the request to it, where requests are remembered. */
    requestKey?: RequestKey
  }
}
