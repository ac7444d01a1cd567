import { fileURLToPath } from 'node:url'
import type { Agreed } from '@isthmus/core'
import { Piscina } from 'piscina'
import { Problem } from '../http/problem.ts'
import type { CheckedOrder, ExplainedOrder, Planner, RefusedOrder } from './planner.ts'
import type { PlanningTask } from './planning-task.ts'

/** Orders that may wait for a thread. */
const mostWaiting = 100
/** A thread without work ends, and gives its memory back. */
const idleFor = 60_000

/** Plans in threads of their own: many links take longer than requests of others may wait. */
export class PlanningThreads implements Planner {
  readonly #pool: Piscina<PlanningTask>
  readonly #longest: number

  /**
   * @param plugins folders of the plugins that are loaded
   * @param longest milliseconds that an order may take: the largest takes less than a second, and a provider that never returns must not keep a thread
   */
  constructor(plugins: readonly string[], longest = 30_000) {
    this.#longest = longest
    this.#pool = new Piscina({
      // Threads run what was built, also where this file runs from source.
      filename: fileURLToPath(new URL('../../dist/planning/planning-thread.js', import.meta.url)),
      workerData: { folders: plugins },
      minThreads: 0,
      maxThreads: 2,
      maxQueue: mostWaiting,
      idleTimeout: idleFor,
    })
  }

  check(document: unknown, agreed: Agreed | undefined): Promise<CheckedOrder | RefusedOrder> {
    return this.#run('check', { document, agreed })
  }

  explain(document: unknown, agreed: Agreed | undefined): Promise<ExplainedOrder | RefusedOrder> {
    return this.#run('explain', { document, agreed })
  }

  close(): Promise<void> {
    return this.#pool.destroy()
  }

  /** @param name the function of the thread */
  async #run<T>(name: 'check' | 'explain', task: PlanningTask): Promise<T> {
    if (this.#pool.queueSize >= mostWaiting) throw new Problem('UNAVAILABLE', 'too many orders wait to be planned; try again soon', { retryAfter: 5 })
    const signal = AbortSignal.timeout(this.#longest)
    try {
      return await this.#pool.run(task, { name, signal })
    } catch (error) {
      if (signal.aborted) throw new Problem('UNAVAILABLE', `the order was not planned within ${this.#longest / 1000} s; split it, or look at the plugins, one of which may not return`, { cause: error })
      throw error
    }
  }
}
