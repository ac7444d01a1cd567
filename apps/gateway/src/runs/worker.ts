import { randomUUID } from 'node:crypto'
import { isIsthmusError } from '@isthmus/core'
import { isOutage, isStoreError, type Store } from '../store/index.ts'
import { Execution, type Outcome } from './execution.ts'
import type { Executor } from './executor.ts'
import type { Ending, OnEnd } from './leases.ts'
import type { Run, RunError } from './run.ts'
import type { Runs } from './runs.ts'
import { backoffAfter, usualTiming, type RunTiming } from './timing.ts'

/** What a worker does, and how much of it. */
export interface WorkerOptions {
  /** By kind of run; runs of other kinds are left to other workers. */
  readonly executors: Readonly<Record<string, Executor>>
  /** Runs at a time; 4 when left out. */
  readonly concurrency?: number
  /** Kinds of runs that only look. As many of them run besides the others, so that they never wait behind those. */
  readonly readingKinds?: readonly string[]
  /** What clients may know of an error; {@link describeError} when left out. */
  readonly describeError?: (error: unknown) => RunError
  /** Hears of each run that this worker ended. */
  readonly onEnded?: (run: Run) => void
  /** Hears of what went wrong that no run can tell: of the store, or of the code of an executor. */
  readonly onError?: (error: unknown, run?: Run) => void
  readonly timing?: Partial<RunTiming>
}

/** Attempts of a run that only looks and meets broken machinery: somebody waits for what it finds, and can ask again. */
const mostLooks = 3

/** Executes runs: as many at a time as allowed, each by one worker of all gateways. */
export class Worker {
  readonly #store: Store
  readonly #runs: Runs
  readonly #executors: ReadonlyMap<string, Executor>
  readonly #concurrency: number
  readonly #readingKinds: readonly string[]
  /** Kinds of runs that share places. */
  readonly #lanes: readonly (readonly string[])[]
  readonly #describe: (error: unknown) => RunError
  readonly #onEnded: (run: Run) => void
  readonly #onError: (error: unknown, run?: Run) => void
  readonly #timing: RunTiming
  readonly #owner = randomUUID()
  /** What is at work, and when it is over. */
  readonly #executions = new Map<Execution, Promise<void>>()
  #stopClaiming: () => void = () => undefined
  #stopBeating: () => void = () => undefined
  #isStopping = false
  #isAway = false
  #claiming: Promise<void> | undefined
  #isWanted = false
  #renewing: Promise<void> | undefined

  constructor(store: Store, runs: Runs, options: WorkerOptions) {
    this.#store = store
    this.#runs = runs
    this.#executors = new Map(Object.entries(options.executors))
    this.#concurrency = options.concurrency ?? 4
    this.#readingKinds = options.readingKinds ?? []
    this.#lanes = [true, false].map((isReading) => [...this.#executors.keys()].filter((kind) => this.#readingKinds.includes(kind) === isReading))
    this.#describe = options.describeError ?? describeError
    this.#onEnded = options.onEnded ?? (() => undefined)
    this.#onError = options.onError ?? (() => undefined)
    this.#timing = { ...usualTiming, ...options.timing }
  }

  /** Begins to claim runs. */
  start(): void {
    const poll = setInterval(() => this.#claimMore(), this.#timing.poll)
    const heartbeat = setInterval(() => this.#beat(), this.#timing.heartbeat)
    const ignoreReady = this.#runs.watch.on('ready', () => this.#claimMore())
    this.#stopClaiming = () => {
      clearInterval(poll)
      ignoreReady()
    }
    this.#stopBeating = () => clearInterval(heartbeat)
    this.#claimMore()
  }

  /** Claims no more, aborts what is at work, waits for it, and hands on what did not end. Leases are held until then. */
  async stop(): Promise<void> {
    this.#isStopping = true
    this.#stopClaiming()
    for (const execution of this.#executions.keys()) execution.handOn()
    await this.#claiming
    await Promise.all(this.#executions.values())
    this.#stopBeating()
    await this.#renewing
    await this.#runs.gateways.leave().catch((error: unknown) => this.#report(error))
  }

  #claimMore(): void {
    this.#isWanted = true
    this.#claiming ??= this.#claimWhileWanted().finally(() => {
      this.#claiming = undefined
    })
  }

  async #claimWhileWanted(): Promise<void> {
    while (this.#isWanted && !this.#isStopping) {
      this.#isWanted = false
      try {
        for (const kinds of this.#lanes) await this.#claim(kinds)
        this.#isAway = false
      } catch (error) {
        this.#report(error)
      }
    }
  }

  async #claim(kinds: readonly string[]): Promise<void> {
    const leaseEnds = performance.now() + this.#timing.lease
    const runs = await this.#runs.leases.claim({
      owner: this.#owner,
      kinds,
      limit: this.#concurrency - [...this.#executions.keys()].filter(({ run }) => kinds.includes(run.kind)).length,
      except: [...this.#executions.keys()].map(({ run }) => run.id),
      duration: this.#timing.lease,
    })
    for (const run of runs) this.#begin(run, leaseEnds)
  }

  #begin(run: Run, leaseEnds: number): void {
    const executor = this.#executors.get(run.kind)
    if (!executor) return
    const execution = this.#execution(run, leaseEnds)
    if (this.#isStopping) execution.handOn()
    this.#track(execution, this.#execute(execution, executor))
  }

  #track(execution: Execution, work: Promise<void>): void {
    const end = work.catch((error: unknown) => {
      // Whoever has the lease now does the run again.
      if (!isStoreError(error) || error.code !== 'RUN_LOST') this.#onError(error, execution.run)
    }).finally(() => {
      this.#executions.delete(execution)
      this.#claimMore()
    })
    this.#executions.set(execution, end)
  }

  #execution(run: Run, leaseEnds: number): Execution {
    return new Execution({ store: this.#store, runs: this.#runs, run, timing: this.#timing, readingKinds: this.#readingKinds, onError: this.#onError }, leaseEnds)
  }

  async #execute(execution: Execution, executor: Executor): Promise<void> {
    const outcome: Outcome = execution.isHandedOn ? { ok: false, error: undefined } : await execution.attempt(executor)
    await this.#conclude(execution, executor, outcome)
  }

  async #conclude(execution: Execution, executor: Executor, outcome: Outcome): Promise<void> {
    const { run, lease, isLost, isHandedOn } = execution
    const { leases } = this.#runs
    if (isLost || (isHandedOn && !outcome.ok)) return execution.persist(() => leases.handBack(lease))
    if (outcome.ok) return this.#end(execution, executor, { state: 'done', result: outcome.result })
    const error = this.#describe(outcome.error)
    if (error.code === internal) this.#onError(outcome.error, run)
    if (!error.retryable) return this.#end(execution, executor, { state: 'failed', error })
    const mostAttempts = this.#readingKinds.includes(run.kind) ? Math.min(mostLooks, run.maxAttempts) : run.maxAttempts
    if (run.attempts >= mostAttempts) return this.#end(execution, executor, { state: 'dead', error })
    return execution.persist(() => leases.retryLater(lease, error, backoffAfter(run.attempts, this.#timing.backoff)))
  }

  /** A run ends even when the executor cannot put its records right: first as failed, then without the executor. */
  async #end(execution: Execution, executor: Executor, ending: Ending): Promise<void> {
    const { lease, run } = execution
    const write = (ending: Ending, onEnd?: OnEnd): Promise<Run> => execution.persist(() => this.#runs.leases.end(lease, ending, onEnd))
    const onEnd: OnEnd | undefined = executor.ended?.bind(executor)
    const refused = (error: unknown): Ending => {
      if (isStoreError(error) && error.code === 'RUN_LOST') throw error
      this.#onError(error, run)
      return ending.state === 'done' ? { state: 'failed', error: this.#describe(error) } : ending
    }
    const ended = await write(ending, onEnd)
      .catch((error: unknown) => write(refused(error), onEnd))
      .catch((error: unknown) => write(refused(error)))
    this.#onEnded(ended)
  }

  /** Tells once that the database is away, not with each attempt to reach it. */
  #report(error: unknown): void {
    if (!this.#isAway) this.#onError(error)
    this.#isAway = isOutage(error)
  }

  #beat(): void {
    const { isExclusive } = this.#store.database.engine
    for (const execution of this.#executions.keys()) {
      // One more beat would come too late. Where nobody else can claim, only the store can tell that a lease is lost.
      if (!isExclusive && performance.now() >= execution.leaseEnds - this.#timing.heartbeat) execution.lose()
    }
    this.#renewing ??= this.#renew().catch((error: unknown) => this.#report(error)).finally(() => {
      this.#renewing = undefined
    })
  }

  async #renew(): Promise<void> {
    const held = [...this.#executions.keys()].filter((execution) => !execution.isLost)
    const leaseEnds = performance.now() + this.#timing.lease
    const leases = await this.#runs.leases.renew(this.#owner, held.map((execution) => execution.lease), this.#timing.lease)
    for (const execution of held) {
      if (leases.includes(execution.lease)) execution.leaseEnds = leaseEnds
      else if (this.#executions.has(execution)) execution.lose()
    }
    await this.#runs.gateways.beat(this.#timing.lease)
    if (this.#isStopping) return
    const exhausted = await this.#runs.leases.takeExhausted(this.#owner, [...this.#executors.keys()], this.#timing.lease)
    if (!this.#isStopping) for (const run of exhausted) this.#bury(run)
  }

  /** Ends a run that was cut off too often. However long that takes, others are not kept from their leases by it. */
  #bury(run: Run): void {
    const executor = this.#executors.get(run.kind)
    if (!executor) return
    const execution = this.#execution(run, performance.now() + this.#timing.lease)
    const error: RunError = { code: 'RUN_CUT_OFF', message: `the run was cut off at each of its ${run.attempts} attempts`, retryable: true }
    this.#track(execution, this.#end(execution, executor, { state: 'dead', error }))
  }
}

const internal = 'INTERNAL'

/** Errors of ours with their code and message; of others only that there was one, since their messages were not written for clients. */
export function describeError(error: unknown): RunError {
  if (isIsthmusError(error) || isStoreError(error)) return { code: error.code, message: error.message, retryable: error.retryable }
  return { code: internal, message: 'internal error', retryable: false }
}
