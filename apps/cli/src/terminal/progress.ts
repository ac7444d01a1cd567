import type { OrderEvent } from '@isthmus/tofu'
import type { Output } from './output.ts'

/** Says what goes on, a line per thing that begins or ends, with the seconds since the start. */
export class Progress {
  readonly #output: Output
  readonly #begin = Date.now()
  readonly #counts = { created: 0, updated: 0, deleted: 0 }

  constructor(output: Output, title: string) {
    this.#output = output
    this.#say(title)
  }

  /** Takes one event of an order's run. */
  take(event: OrderEvent): void {
    if (event.type === 'interrupted') this.#say(`${event.stack}: an earlier run was ${event.interruption.state === 'running' ? 'left running; waiting for it' : event.interruption.state}`)
    else if (event.type === 'adopted') this.#say(`${event.stack}: adopted ${event.address}, which an earlier run had made as ${event.id}`)
    else if (event.type === 'stack') this.#stack(event)
    else this.#resource(event)
  }

  end(): void {
    const { created, updated, deleted } = this.#counts
    this.#say(`${created} created, ${updated} changed, ${deleted} destroyed`)
  }

  #stack({ stack, state, changes, error }: Extract<OrderEvent, { type: 'stack' }>): void {
    const { style } = this.#output
    const counts = changes && state === 'applying' ? ` (${changes.create} to create, ${changes.update} to change, ${changes.delete + changes.replace} to destroy)` : ''
    const shown = state === 'failed' ? style.red(state) : state === 'applied' || state === 'unchanged' || state === 'destroyed' ? style.green(state) : state
    const name = stack.startsWith('link-') ? style.bold(stack) : stack
    this.#say(`${name} ${shown}${counts}${error === undefined ? '' : `: ${error}`}`)
  }

  #resource({ event }: Extract<OrderEvent, { type: 'resource' }>): void {
    const { style } = this.#output
    if (event.type === 'apply_complete') {
      if (event.action === 'create') this.#counts.created++
      else if (event.action === 'delete') this.#counts.deleted++
      else this.#counts.updated++
      this.#say(style.dim(`  ${event.address} ${event.action === 'create' ? 'created' : event.action === 'delete' ? 'destroyed' : 'changed'}${event.elapsed ? ` after ${event.elapsed} s` : ''}`))
    } else if (event.type === 'apply_errored') this.#say(style.red(`  ${event.address} failed`))
    else if (event.type === 'apply_progress') this.#say(style.dim(`  ${event.address} still at work after ${event.elapsed ?? 0} s`))
  }

  #say(text: string): void {
    this.#output.progress(`${((Date.now() - this.#begin) / 1000).toFixed(1).padStart(6)} s  ${text}`)
  }
}
