import { hasErrors, type Plan, type Stack } from '@isthmus/core'
import { field, objectField } from '../json/fields.ts'
import { changedOutputs, inTheWay, type Shrinking } from './in-the-way.ts'
import { stopOf, type OrderRun } from './order-run.ts'
import { proveLink } from './prove-link.ts'
import type { StackRemoval } from './stack-removal.ts'

/** Brings stacks to what one plan says of them. */
export class StackChange {
  readonly #run: OrderRun
  readonly #plan: Plan
  readonly #wanted: ReadonlyMap<string, Stack>
  /** Stacks that this run may touch. */
  readonly #chosen: ReadonlySet<string>
  readonly #removal: StackRemoval

  constructor(run: OrderRun, plan: Plan, wanted: readonly Stack[], chosen: ReadonlySet<string>, removal: StackRemoval) {
    this.#run = run
    this.#plan = plan
    this.#wanted = new Map(wanted.map((stack) => [stack.name, stack]))
    this.#chosen = chosen
    this.#removal = removal
  }

  /** Applies one stack from a saved plan; a link only once its two ends have been proven to agree. */
  async apply(stack: Stack): Promise<void> {
    const { stacks, report, options, held } = this.#run
    held.refuse(stack.name)
    report.tell(stack.name, 'planning')
    const folder = await stacks.prepare(stack, this.#plan, await this.#bindings(stack))
    await folder.ready(stopOf(options))
    const saved = await folder.workspace.plan(stopOf(options))
    const link = stack.name.startsWith('link-') ? stack.name.slice('link-'.length) : undefined
    if (link !== undefined) await this.#prove(link, await folder.workspace.showPlan(saved))
    if (!saved.hasChanges) {
      report.done(stack.name, 'unchanged', saved.changes)
      return
    }
    const { delete: removed, replace: replaced } = saved.changes
    if (removed + replaced > 0) await this.#makeWay({ name: stack.name, replaces: replaced > 0, outputs: changedOutputs(await folder.workspace.showPlan(saved)) })
    report.tell(stack.name, 'applying', saved.changes)
    await folder.begin()
    await folder.workspace.apply((event) => options.onEvent?.({ type: 'resource', stack: stack.name, event }), { plan: saved, ...stopOf(options) })
    folder.forgetState()
    report.done(stack.name, 'applied', saved.changes)
  }

  /**
   * Destroys what is in the way of a change, links first; it is made anew in its turn. Where one of those stacks is not this run's to
   * touch, nothing is changed.
   */
  async #makeWay(shrinking: Shrinking): Promise<void> {
    const { stacks, report } = this.#run
    const records = await Promise.all((await stacks.names()).map((name) => stacks.record(name)))
    const users = inTheWay(shrinking, records.filter((record) => record !== undefined), ({ name, text }) => text !== this.#wanted.get(name)?.text)
    const others = users.filter((name) => !this.#chosen.has(name))
    if (others.length > 0) {
      report.addRebuild(...others)
      const [what, done] = shrinking.replaces ? ['something', 'replaced'] : ['part', 'removed']
      throw new Error(`${what} of ${shrinking.name} has to be ${done} while ${others.join(', ')} ${others.length === 1 ? 'uses' : 'use'} it; nothing of it was changed. Apply again with ${others.length === 1 ? 'that stack' : 'those'} among the stacks to change`)
    }
    await Promise.all(users.filter((name) => name.startsWith('link-')).map((name) => this.#removal.makeWay(name)))
    await Promise.all(users.filter((name) => !name.startsWith('link-')).map((name) => this.#removal.makeWay(name)))
  }

  /** Values of a stack's inputs: outputs of the stacks before it. */
  async #bindings(stack: Stack): Promise<Record<string, unknown>> {
    const values: Record<string, unknown> = {}
    for (const { variable, stack: owner, output } of stack.inputs) {
      const outputs = objectField(await this.#run.stacks.state(owner), 'values', 'outputs')
      if (!this.#chosen.has(owner) && !(output in outputs)) throw new Error(`${stack.name} needs ${output} of ${owner}, which has to be applied first`)
      values[variable] = field(outputs, output, 'value')
    }
    return values
  }

  /** Nothing is applied unless both ends, read back from the saved plan and from the gateways' state, agree. */
  async #prove(link: string, planned: unknown): Promise<void> {
    const { stacks, report, options } = this.#run
    report.tell(`link-${link}`, 'proving')
    const findings = await proveLink(link, this.#plan, planned, (owner) => stacks.state(owner), options.providers)
    report.add(...findings)
    if (hasErrors(findings)) throw new Error(`the two ends of ${link} do not agree: ${findings.map((item) => item.title).join(' ')}`)
  }
}
