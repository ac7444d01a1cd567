import { openRuns, Worker, type Executor, type Run, type RunRequest, type Runs, type WorkerOptions } from '../runs/index.ts'
import type { Store } from '../store/index.ts'

/** Runs of one store, and workers that are stopped with it. */
export class WorkerLab {
  readonly store: Store
  readonly runs: Runs
  readonly #timing: NonNullable<WorkerOptions['timing']>
  readonly #workers: Worker[] = []

  private constructor(store: Store, runs: Runs, timing: NonNullable<WorkerOptions['timing']>) {
    this.store = store
    this.runs = runs
    this.#timing = timing
  }

  /** @param timing of all workers, where they do not say otherwise */
  static async open(store: Store, timing: NonNullable<WorkerOptions['timing']>): Promise<WorkerLab> {
    return new WorkerLab(store, await openRuns(store, { poll: 20 }), timing)
  }

  /** Submits a run of kind `work`, unless told otherwise. */
  async submit(change: Partial<RunRequest> = {}): Promise<Run> {
    return (await this.store.transaction((transaction) => this.runs.submit(transaction, { kind: 'work', target: 't', payload: null, ...change }))).run
  }

  /** Starts a worker that executes runs of kind `work`, unless told otherwise. */
  start(executor: Executor, options: Partial<WorkerOptions> = {}): Worker {
    const worker = new Worker(this.store, this.runs, { executors: { work: executor }, timing: this.#timing, ...options })
    this.#workers.push(worker)
    worker.start()
    return worker
  }

  async stop(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.stop()))
  }
}
