import type { Transaction } from '../store/index.ts'
import type { Run } from './run.ts'

/** Does one kind of run. */
export interface Executor {
  /**
   * Executes a run and answers its result (JSON).
   *
   * It may be called again for the same run, on another machine, after a gateway died at any point: where `fence` is above 1 it looks first at
   * what is there. A thrown error with `retryable: true` lets the run be tried again later, any other ends it as failed.
   */
  execute(context: RunContext): Promise<unknown>
  /** Puts records right in the very transaction that ends the run as done, failed or dead. It may run several times, so it calls the transaction only. */
  ended?(transaction: Transaction, run: Run): Promise<void>
}

/** What an executor works with. */
export interface RunContext {
  readonly run: Run
  /** Counts from 1; one that was handed back, because its gateway stopped, does not count. */
  readonly attempt: number
  /** Events of the executions before this one, oldest first; what another machine saw happen is only known from them. */
  readonly earlier: readonly unknown[]
  /** Counts executions from 1, also those that were handed back. */
  readonly fence: number
  /**
   * Aborted when the lease is lost (`RUN_LOST`) or the gateway stops (`RUN_HANDED_ON`). The executor then stops as cleanly as it can and throws
   * anything; the run goes on elsewhere or later from what is there.
   */
  readonly signal: AbortSignal
  /** Adds an event (JSON) to the run's. It is durable a moment later, and before the run ends. */
  emit(event: unknown): void
  /** A transaction of the store that only happens while the run belongs to this worker. Throws `RUN_LOST`. */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>
  readonly locks: RunLocks
}

/** Exclusive rights to stacks, among all gateways. */
export interface RunLocks {
  /**
   * Waits for all the stacks, has them during the work, and frees them after it.
   *
   * They are taken in the order of their names, so that no two runs wait for each other; for the same reason it cannot be called while
   * it is at work (`LOCK_NESTED`). They are free again when the run ends or its lease is claimed by somebody else.
   */
  withStacks<T>(names: readonly string[], work: () => Promise<T>): Promise<T>
  /**
   * Has all the stacks during work that only looks, as {@link withStacks}, but waits for other runs that only look, and for no others: a change can
   * take an hour.
   *
   * @returns undefined, without having done the work, where a run that changes a stack has it
   */
  lookAt<T>(names: readonly string[], work: () => Promise<T>): Promise<T | undefined>
}
