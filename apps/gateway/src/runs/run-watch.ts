import { AsyncLocalStorage } from 'node:async_hooks'
import { EventEmitter } from 'node:events'
import type { Database } from '../store/database.ts'

/** Something that happened in this process: to one run, to the queue (a run is ready), or to stack locks (one is free). */
export type Happening = `run ${string}` | 'ready' | 'unlocked'

/** Waits for the next happening; one that came since the last call counts. */
export interface Watcher {
  /** Resolves after a happening, after the time, or when the signal aborts; never rejects. */
  next(options: { readonly signal?: AbortSignal | undefined; readonly atMost?: number }): Promise<void>
  close(): void
}

/**
 * Tells at once of what happens in this process, and within a poll of what other gateways do to the runs that somebody waits for.
 *
 * One query asks for all of them, however many wait.
 */
export class RunWatch {
  readonly #database: Database
  readonly #poll: number
  readonly #emitter: EventEmitter = new EventEmitter().setMaxListeners(0)
  readonly #waited = new Map<string, { count: number; seen: string }>()
  #timer: NodeJS.Timeout | undefined
  #isClosed = false

  constructor(database: Database, poll: number) {
    this.#database = database
    this.#poll = poll
  }

  tell(happening: Happening): void {
    this.#emitter.emit(happening)
  }

  on(happening: Happening, callback: () => void): () => void {
    // Whoever listens goes on for itself, and not for the request that it hears of.
    const own = AsyncLocalStorage.bind(callback)
    this.#emitter.on(happening, own)
    return () => void this.#emitter.off(happening, own)
  }

  watcher(happening: Happening): Watcher {
    let isTold = false
    let wake = (): void => undefined
    const stop = this.on(happening, () => {
      isTold = true
      wake()
    })
    return {
      close: stop,
      next: async ({ signal, atMost }) => {
        if (!isTold && !signal?.aborted) {
          await new Promise<void>((resolve) => {
            const end = (): void => {
              clearTimeout(timer)
              signal?.removeEventListener('abort', end)
              resolve()
            }
            const timer = atMost === undefined ? undefined : setTimeout(end, atMost)
            wake = end
            signal?.addEventListener('abort', end)
          })
        }
        isTold = false
      },
    }
  }

  /** A watcher of one run, wherever it is executed. */
  runWatcher(id: string): Watcher {
    const waited = this.#waited.get(id) ?? { count: 0, seen: '' }
    waited.count += 1
    this.#waited.set(id, waited)
    this.#schedule()
    const watcher = this.watcher(`run ${id}`)
    return {
      next: (options) => watcher.next(options),
      close: () => {
        watcher.close()
        waited.count -= 1
        if (waited.count === 0) this.#waited.delete(id)
      },
    }
  }

  /** Asks no more of what other gateways do, for the end of this one. */
  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
  }

  /** In an exclusive database nothing happens outside of this process. */
  #schedule(): void {
    if (this.#isClosed || this.#timer !== undefined || this.#waited.size === 0 || this.#database.engine.isExclusive) return
    this.#timer = setTimeout(() => {
      void this.#look().finally(() => {
        this.#timer = undefined
        this.#schedule()
      })
    }, this.#poll)
  }

  /** While the database is away there is nothing to tell; whoever waits goes on waiting. */
  async #look(): Promise<void> {
    const ids = [...this.#waited.keys()]
    if (ids.length === 0) return
    const rows = await this.#database.engine.read.selectFrom('run').select(['id', 'state', 'last_seq']).where('id', 'in', ids).execute().catch(() => [])
    for (const row of rows) {
      const waited = this.#waited.get(row.id)
      const seen = `${row.state} ${row.last_seq}`
      if (waited === undefined || waited.seen === seen) continue
      waited.seen = seen
      this.tell(`run ${row.id}`)
    }
  }
}
