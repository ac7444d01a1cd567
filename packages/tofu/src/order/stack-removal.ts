import { defaultParallel, stopOf, type OrderRun } from './order-run.ts'
import { runTasks, type Task } from './schedule.ts'

/** Each uses the next. */
const removalOrder = ['link', 'gateway', 'network'] as const

/** Destroys stacks. */
export class StackRemoval {
  readonly #run: OrderRun
  readonly #madeWay = new Map<string, Promise<void>>()

  constructor(run: OrderRun) {
    this.#run = run
  }

  /** Destroys stacks, links first; goes no further once one is left. */
  async destroyAll(names: readonly string[]): Promise<void> {
    const { report, options } = this.#run
    for (const kind of removalOrder) {
      if (report.failed) return
      const tasks = names.filter((name) => name.startsWith(`${kind}-`)).map((name): Task => ({ name, after: [], run: () => this.destroy(name) }))
      report.note(await runTasks(tasks, options.parallel ?? defaultParallel))
    }
  }

  /** Destroys a stack before one that it uses changes; once, although several may ask for it. */
  makeWay(name: string): Promise<void> {
    const removal = this.#madeWay.get(name) ?? this.destroy(name)
    this.#madeWay.set(name, removal)
    return removal
  }

  /** Destroys one stack and everything about it. */
  async destroy(name: string): Promise<void> {
    const { stacks, report, options, held } = this.#run
    held.refuse(name)
    const folder = await stacks.claim(name)
    if (!folder) return stacks.discard(name)
    report.tell(name, 'destroying')
    await folder.ready(stopOf(options))
    const saved = await folder.workspace.plan({ ...stopOf(options), destroy: true })
    if (saved.hasChanges) {
      await folder.begin()
      await folder.workspace.apply((event) => options.onEvent?.({ type: 'resource', stack: name, event }), { plan: saved, ...stopOf(options) })
    }
    await folder.remove()
    stacks.forget(name)
    report.done(name, 'destroyed', saved.changes)
  }

  /** Forgets one stack: its state and its record go, and the clouds keep what it made. */
  async forget(name: string): Promise<void> {
    const { stacks, report } = this.#run
    const folder = await stacks.claim(name)
    if (!folder) return stacks.discard(name)
    await folder.forget()
    stacks.forget(name)
    report.done(name, 'forgotten')
  }
}
