import type { Transaction } from '../store/index.ts'
import type { Gateways } from './gateways.ts'
import type { Leases } from './leases.ts'
import type { Run, RunEvent, RunState } from './run.ts'
import type { RunWatch } from './run-watch.ts'

/** A piece of long work that somebody wants done. */
export interface RunRequest {
  readonly kind: string
  /** What may have one active run at a time. */
  readonly target: string
  /** What the executor needs to know (JSON, no secrets). */
  readonly payload: unknown
  /** Makes asking twice the same as asking once, for as long as the run is kept. */
  readonly idempotencyKey?: string
  /** How often the run may be begun before it is given up; 10 when left out. */
  readonly maxAttempts?: number
}

/** A run, and whether this request made it. */
export interface Submission {
  readonly run: Run
  /** False when the idempotency key belongs to a run already. */
  readonly isNew: boolean
}

/** A request that a gateway handles. */
export interface RequestKey {
  /** Name of the gateway. */
  readonly gateway: string
  /** Never used again by another request. */
  readonly key: string
}

/** Which runs to list. */
export interface RunFilter {
  readonly target?: string
  readonly kind?: string
  readonly state?: RunState
  /** At most so many; 100 when left out. */
  readonly limit?: number
  /** Only runs that are older than this one: id of the last run of the page before. */
  readonly before?: string
}

/** What ends the waiting. */
export interface WaitOptions {
  readonly signal?: AbortSignal
}

/** What the events begin behind, and what ends the waiting for more. */
export interface EventOptions extends WaitOptions {
  /** Number of the last event that is known already (Last-Event-ID); 0 when left out. */
  readonly after?: number
}

/** Durable pieces of long work. */
export interface Runs {
  /**
   * Submits a run with whatever else the transaction changes: both are there or neither.
   *
   * @throws StoreError `RUN_ACTIVE` when the target has an active run, `RUN_KEY_REUSED` when the key came with another request; `runId` names that run
   */
  submit(transaction: Transaction, request: RunRequest): Promise<Submission>
  /** Ties the run that the work submits to a request, so that it is found whatever becomes of the gateway. Once that counts as gone nothing is submitted. */
  forRequest<T>(request: RequestKey, work: () => Promise<T>): Promise<T>
  /** The run that is tied to a request. */
  ofRequest(key: string): Promise<Run | undefined>
  get(id: string): Promise<Run | undefined>
  /** The run of a target that has not ended. */
  active(target: string): Promise<Run | undefined>
  /** The run that was submitted with an idempotency key. */
  withKey(idempotencyKey: string): Promise<Run | undefined>
  /** Newest first. */
  list(filter?: RunFilter): Promise<readonly Run[]>
  /** The run once it has ended, on whichever gateway. Rejects with the signal's reason, or with `RUN_NOT_FOUND`. */
  wait(id: string, options?: WaitOptions): Promise<Run>
  /** Events as they come, until the run has ended or the signal aborts. Throws `RUN_NOT_FOUND`. */
  events(id: string, options?: EventOptions): AsyncIterable<RunEvent>
  /** Deletes runs that ended before, with their events; answers how many. @param kinds only of these kinds; of all when left out */
  forget(endedBefore: Date, kinds?: readonly string[]): Promise<number>
  /** Which gateways use the store. */
  readonly gateways: Gateways
  /** What workers do with runs. */
  readonly leases: Leases
  /** Who wants to know when something happens to runs. */
  readonly watch: RunWatch
}
