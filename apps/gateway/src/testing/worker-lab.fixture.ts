import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest'
import { openRuns, Worker, type Executor, type Run, type RunRequest, type Runs, type WorkerOptions } from '../runs/index.ts'
import type { Store } from '../store/index.ts'
import { StoreLab, type EngineName } from './store.fixture.ts'

type Timing = NonNullable<WorkerOptions['timing']>

/** Runs of a store, and workers that are stopped with it: new ones for each test of the suite that opens it. */
export class WorkerLab {
  readonly #timing: Timing
  readonly #workers: Worker[] = []
  #store: Store | undefined
  #runs: Runs | undefined

  private constructor(timing: Timing) {
    this.#timing = timing
  }

  /** @param timing of all workers, where they do not say otherwise */
  static forSuite(engine: EngineName, timing: Timing): WorkerLab {
    const lab = new WorkerLab(timing)
    let stores: StoreLab | undefined
    beforeAll(async () => {
      stores = await StoreLab.open(engine)
    })
    beforeEach(async () => {
      lab.#store = await stores?.store()
      lab.#runs = lab.#store && (await openRuns(lab.#store, { poll: 20 }))
    })
    afterEach(async () => {
      await lab.stop()
      await stores?.closeStores()
    })
    afterAll(() => stores?.close())
    return lab
  }

  get store(): Store {
    if (!this.#store) throw new Error('a store is there while a test runs')
    return this.#store
  }

  get runs(): Runs {
    if (!this.#runs) throw new Error('runs are there while a test runs')
    return this.#runs
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

  /** Stops all workers. */
  async stop(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.stop()))
  }
}

/** Waits for the abort, as an executor that stops cleanly. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = (): void => reject(new Error('stopped'))
    if (signal.aborted) end()
    else signal.addEventListener('abort', end, { once: true })
  })
}
