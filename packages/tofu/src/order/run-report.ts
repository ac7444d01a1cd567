import type { Finding } from '@isthmus/core'
import { field } from '../json/fields.ts'
import type { ChangeCounts } from '../workspace/plan-result.ts'
import { isTofuError } from '../workspace/tofu-error.ts'
import { errorText } from './error-text.ts'
import type { OrderOptions, OrderResult, StackResult, StackState } from './options.ts'
import type { Outcome } from './schedule.ts'

/** What a run of an order has come to so far, told as it happens. */
export class RunReport {
  readonly #onEvent: OrderOptions['onEvent']
  readonly #results = new Map<string, StackResult>()
  readonly #findings: Finding[] = []
  readonly #rebuild = new Set<string>()
  #passing: unknown

  constructor(onEvent: OrderOptions['onEvent']) {
    this.#onEvent = onEvent
  }

  get result(): OrderResult {
    return { ok: !this.failed, stacks: [...this.#results.values()].sort((a, b) => (a.stack < b.stack ? -1 : 1)), findings: this.#findings, rebuild: [...this.#rebuild].sort() }
  }

  get failed(): boolean {
    return [...this.#results.values()].some((result) => result.outcome === 'failed' || result.outcome === 'skipped')
  }

  /** The first error of a stack that passes by itself; undefined when there was none. */
  get passing(): unknown {
    return this.#passing
  }

  /** Takes findings in. */
  add(...findings: readonly Finding[]): void {
    this.#findings.push(...findings)
  }

  /** Takes in stacks that have to be made anew. */
  addRebuild(...stacks: readonly string[]): void {
    for (const stack of stacks) this.#rebuild.add(stack)
  }

  /** A stack has got somewhere. */
  tell(stack: string, state: StackState, changes?: ChangeCounts): void {
    this.#onEvent?.({ type: 'stack', stack, state, ...(changes ? { changes } : {}) })
  }

  /** A stack has come out well. */
  done(stack: string, outcome: 'applied' | 'unchanged' | 'destroyed' | 'forgotten', changes?: ChangeCounts): void {
    this.#results.set(stack, { stack, outcome, ...(changes ? { changes } : {}) })
    this.tell(stack, outcome, changes)
  }

  /** Takes in how tasks ended that did not come out well. */
  note(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      if (outcome.state === 'done') continue
      if (outcome.state === 'failed' && field(outcome.error, 'retryable') === true) this.#passing ??= outcome.error
      const error = outcome.state === 'failed' ? errorText(outcome.error) : 'a stack that it needs failed'
      const errors = outcome.state === 'failed' && isTofuError(outcome.error) ? outcome.error.diagnostics.filter(({ severity }) => severity === 'error') : []
      this.#results.set(outcome.name, { stack: outcome.name, outcome: outcome.state, error, ...(errors.length > 0 ? { errors } : {}) })
      this.#onEvent?.({ type: 'stack', stack: outcome.name, state: outcome.state, error })
    }
  }
}
