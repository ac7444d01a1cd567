import { setTimeout as sleep } from 'node:timers/promises'
import { isOutage, isStoreError, StoreError, type Store } from '../store/index.ts'
import { EventBuffer } from './event-buffer.ts'
import type { Executor, RunContext } from './executor.ts'
import type { Lease } from './leases.ts'
import type { Run } from './run.ts'
import type { Runs } from './runs.ts'
import { StackLocks } from './stack-locks.ts'
import type { RunTiming } from './timing.ts'

/** Milliseconds between attempts to write down how an execution ended, while the database is away. */
const patience = 250

/** What an execution is made of. */
export interface ExecutionParts {
  readonly store: Store
  readonly runs: Runs
  readonly run: Run
  readonly timing: RunTiming
  /** Kinds of runs that only look. */
  readonly readingKinds: readonly string[]
  readonly onError: (error: unknown, run: Run) => void
}

/** What an executor answered or threw. */
export type Outcome = { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly error: unknown }

/** One attempt at a run by this worker, from the claim until it is written down how it ended. */
export class Execution {
  readonly run: Run
  readonly lease: Lease
  /** When the lease may be somebody else's, by this process's own clock (`performance.now()`). */
  leaseEnds: number
  readonly #parts: ExecutionParts
  readonly #controller = new AbortController()
  readonly #events: EventBuffer
  #isLost = false
  #isHandedOn = false

  constructor(parts: ExecutionParts, leaseEnds: number) {
    this.#parts = parts
    this.run = parts.run
    this.lease = { runId: parts.run.id, fence: parts.run.fence }
    this.leaseEnds = leaseEnds
    this.#events = new EventBuffer({ leases: parts.runs.leases, lease: this.lease, gather: parts.timing.gather, onRefused: (error) => this.#refused(error) })
  }

  get isLost(): boolean {
    return this.#isLost
  }

  get isHandedOn(): boolean {
    return this.#isHandedOn
  }

  /** The lease is not ours any more, or might not be. */
  lose(): void {
    if (this.#isLost) return
    this.#isLost = true
    this.#events.close()
    this.#controller.abort(this.#lost())
  }

  /** The gateway stops. */
  handOn(): void {
    this.#isHandedOn = true
    this.#controller.abort(new StoreError('RUN_HANDED_ON', 'the gateway stops; the run goes on later or elsewhere'))
  }

  /** Lets the executor work; never rejects. All its events are in the store afterwards. */
  async attempt(executor: Executor): Promise<Outcome> {
    const outcome = await this.#outcome(executor)
    await this.#events.flush()
    return outcome
  }

  /** Writes down how it ended, again and again while the database is away and the lease may still be ours. */
  async persist<T>(write: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await write()
      } catch (error) {
        if (!isOutage(error)) throw error
        if (this.#isLost) throw this.#lost()
        await sleep(patience)
      }
    }
  }

  async #outcome(executor: Executor): Promise<Outcome> {
    try {
      return { ok: true, result: await executor.execute(await this.#context()) }
    } catch (error) {
      return { ok: false, error }
    }
  }

  async #context(): Promise<RunContext> {
    const { store, runs, run, timing, readingKinds } = this.#parts
    const { signal } = this.#controller
    const earlier = run.fence > 1 ? await runs.leases.eventsOf(run.id) : []
    return {
      run,
      attempt: run.attempts,
      earlier,
      fence: run.fence,
      signal,
      emit: (event) => this.#events.add(event),
      transaction: (work) => this.#transaction(work),
      locks: new StackLocks({ store, leases: runs.leases, watch: runs.watch, lease: this.lease, signal, poll: timing.poll, readingKinds }),
    }
  }

  #transaction: RunContext['transaction'] = async (work) => {
    if (this.#isLost) throw this.#lost()
    try {
      return await this.#parts.store.transaction(async (transaction) => {
        await this.#parts.runs.leases.verify(transaction.database, this.lease)
        return work(transaction)
      })
    } catch (error) {
      if (isStoreError(error) && error.code === 'RUN_LOST') this.lose()
      throw error
    }
  }

  #refused(error: unknown): void {
    if (!isStoreError(error) || error.code !== 'RUN_LOST') this.#parts.onError(error, this.run)
    this.lose()
  }

  #lost(): StoreError {
    return new StoreError('RUN_LOST', `the lease of run ${this.run.id} is lost`)
  }
}
