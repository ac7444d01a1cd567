import { setTimeout as sleep } from 'node:timers/promises'
import { isOutage } from '../store/index.ts'
import type { Lease, Leases } from './leases.ts'

/** Events of one statement: four values each, and SQLite takes 32,766 (SQLITE_MAX_VARIABLE_NUMBER). */
const largestBatch = 500
/** Milliseconds between attempts while the database is away. */
const patience = 250

/** What a buffer is made of. */
export interface EventBufferParts {
  readonly leases: Leases
  readonly lease: Lease
  /** How long events are gathered, in milliseconds. */
  readonly gather: number
  /** Called when the store refuses events for good, such as with `RUN_LOST`. */
  readonly onRefused: (error: unknown) => void
}

/** Events of one execution on their way into the store, in order. */
export class EventBuffer {
  readonly #parts: EventBufferParts
  #events: string[] = []
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> | undefined
  #isClosed = false

  constructor(parts: EventBufferParts) {
    this.#parts = parts
  }

  /** Takes an event as it is now. What comes after {@link close} is dropped. */
  add(event: unknown): void {
    if (this.#isClosed) return
    this.#events.push(JSON.stringify(event ?? null))
    if (this.#writing === undefined) this.#timer ??= setTimeout(() => this.#start(), this.#parts.gather)
  }

  /** Resolves when all events are in the store, or refused. */
  async flush(): Promise<void> {
    this.#start()
    await this.#writing
  }

  /** Takes no more events, and forgets those that are not written yet: the run belongs to somebody else. */
  close(): void {
    this.#isClosed = true
    this.#events = []
    clearTimeout(this.#timer)
  }

  #start(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#events.length > 0) this.#writing ??= this.#write()
  }

  async #write(): Promise<void> {
    while (this.#events.length > 0) {
      const batch = this.#events.slice(0, largestBatch)
      try {
        await this.#parts.leases.addEvents(this.#parts.lease, batch)
        this.#events = this.#events.slice(batch.length)
      } catch (error) {
        if (isOutage(error)) {
          await sleep(patience)
        } else {
          this.close()
          this.#parts.onRefused(error)
        }
      }
    }
    this.#writing = undefined
  }
}
