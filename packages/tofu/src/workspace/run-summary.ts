import type { Diagnostic } from '../events/diagnostic.ts'
import type { ChangeAction, TofuEvent } from '../events/event.ts'
import type { CommandName } from '../process/run-record.ts'

/** A change that was begun and whose end nobody saw: the object may or may not exist. */
export interface UnfinishedChange {
  readonly address: string
  readonly action: ChangeAction
  /** ISO 8601. */
  readonly startedAt: string
}

/** A change that ended well. */
export interface FinishedChange {
  readonly address: string
  readonly action: ChangeAction
  /** Id of the object in its cloud, with which it can be imported. */
  readonly id?: string
}

/** What the events of one run add up to. */
export class RunSummary {
  readonly diagnostics: Diagnostic[] = []
  readonly finished: FinishedChange[] = []
  readonly #command: CommandName
  readonly #unfinished = new Map<string, UnfinishedChange>()
  #reachedEnd = false

  constructor(command: CommandName) {
    this.#command = command
  }

  /** Takes the next event into account. */
  add(event: TofuEvent): void {
    if (event.type === 'diagnostic') this.diagnostics.push(event.diagnostic)
    else if (event.type === 'change_summary') this.#reachedEnd ||= (this.#command === 'apply') === (event.operation !== 'plan')
    else if (event.type === 'apply_start') {
      this.#unfinished.set(`${event.address} ${event.action}`, { address: event.address, action: event.action, startedAt: event.at ?? '' })
    } else if (event.type === 'apply_complete' || event.type === 'apply_errored') {
      this.#unfinished.delete(`${event.address} ${event.action}`)
      if (event.type === 'apply_complete') this.finished.push({ address: event.address, action: event.action, ...(event.id !== undefined ? { id: event.id } : {}) })
    }
  }

  /** Changes that were begun and not ended. */
  get unfinished(): UnfinishedChange[] {
    return [...this.#unfinished.values()]
  }

  get failed(): boolean {
    return this.diagnostics.some((item) => item.severity === 'error')
  }

  /** Whether the events alone show success, for a run whose exit code nobody saw. `init` has no event that ends it. */
  get succeeded(): boolean {
    return !this.failed && (this.#reachedEnd || this.#command === 'init') && this.#unfinished.size === 0
  }
}
