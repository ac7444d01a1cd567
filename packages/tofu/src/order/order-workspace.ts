import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { composeStacks, IsthmusError, viewsOfState, type Agreed, type Plan, type ResourceView } from '@isthmus/core'
import { field } from '../json/fields.ts'
import { readAgreed, writeAgreed } from './agreed-file.ts'
import { FileRecords, stacksFolderOf } from './file-records.ts'
import { OpenStacks } from './open-stacks.ts'
import type { ApplyChoice, OrderOptions, OrderResult } from './options.ts'
import { defaultParallel, stopOf, type OrderRun } from './order-run.ts'
import { HeldStacks, recoverStacks } from './recovery.ts'
import { RunReport } from './run-report.ts'
import { runTasks, type Task } from './schedule.ts'
import { StackChange } from './stack-change.ts'
import { StackRemoval } from './stack-removal.ts'

/**
 * The stacks of one order: applies, watches and destroys them in the right sequence. Several may work on one order at the same time,
 * also in several processes, as long as no two touch the same stack.
 */
export class OrderWorkspace {
  readonly #name: string
  readonly #root: string
  readonly #options: OrderOptions
  readonly #stacks: OpenStacks
  readonly #report: RunReport

  constructor(name: string, options: OrderOptions) {
    this.#name = name
    this.#root = join(options.home, name)
    this.#options = options
    const folder = stacksFolderOf(options.home, name)
    this.#stacks = new OpenStacks({ order: name, folder, records: options.records ?? new FileRecords(folder), options, run: randomUUID() })
    this.#report = new RunReport(options.onEvent)
  }

  /** Numbers that an earlier apply gave out and that the next plan must keep; undefined before the first, and where the host keeps them. */
  agreed(): Promise<Agreed | undefined> {
    return readAgreed(this.#root)
  }

  /** Names of the stacks that exist, sorted. */
  stacks(): Promise<string[]> {
    return this.#stacks.names()
  }

  /**
   * Brings the clouds to what the plan says: finishes what an earlier run left, removes stacks that are no longer wanted, and
   * applies the others, each from a saved plan whose two ends have been proven to agree. Of a choice, only the chosen stacks are
   * touched; what they need of others comes from the states of those.
   *
   * @throws IsthmusError WORKSPACE_INVALID when a stack is chosen that the plan does not have
   */
  async apply(plan: Plan, choice: ApplyChoice = {}): Promise<OrderResult> {
    const composed = composeStacks(plan.name, plan.fragments, 'parts')
    const names = composed.map((stack) => stack.name)
    const unknown = choice.only?.filter((name) => !names.includes(name)) ?? []
    if (unknown.length > 0) throw new IsthmusError('WORKSPACE_INVALID', `the plan of ${plan.name} has no stack ${unknown.join(', ')}; it has ${names.join(', ')}`)
    if (choice.keepNumbers !== false) await writeAgreed(this.#root, plan.agreed)
    const chosen = new Set(choice.only ?? [...names, ...(await this.stacks())])
    return this.#working([...chosen], async (run) => {
      const removal = new StackRemoval(run)
      await removal.destroyAll([...chosen].filter((name) => !names.includes(name)))
      if (this.#report.failed) return
      const change = new StackChange(run, plan, composed, chosen, removal)
      const tasks = composed.filter(({ name }) => chosen.has(name)).map((stack): Task => ({ name: stack.name, after: stack.after, run: () => change.apply(stack) }))
      this.#report.note(await runTasks(tasks, this.#options.parallel ?? defaultParallel))
    })
  }

  /** Destroys every stack of the order, links first, and forgets the order when nothing is left. */
  async destroy(): Promise<OrderResult> {
    const result = await this.destroyStacks(await this.stacks())
    if (result.ok) await rm(this.#root, { recursive: true, force: true })
    return result
  }

  /** Destroys the stacks of those names, links first, and touches no other. A name that does not exist is passed over. */
  destroyStacks(names: readonly string[]): Promise<OrderResult> {
    return this.#working(names, (run) => new StackRemoval(run).destroyAll(names))
  }

  /** Forgets the stacks of those names: their states and records go, and the clouds keep what they made. A name that does not exist is passed over. */
  forgetStacks(names: readonly string[]): Promise<OrderResult> {
    return this.#working(names, async (run) => {
      const removal = new StackRemoval(run)
      this.#report.note(await runTasks(names.map((name): Task => ({ name, after: [], run: () => removal.forget(name) })), this.#options.parallel ?? defaultParallel))
    })
  }

  /**
   * Takes an object that a cloud holds already into the state of a stack, without changing it.
   *
   * @param address resource of the stack, such as `acme_network.north`
   * @param id id of the object as the import of its provider wants it
   * @throws IsthmusError WORKSPACE_INVALID for a stack that is not there or what is no address or id
   */
  async adopt(stack: string, address: string, id: string): Promise<void> {
    const names = await this.stacks()
    if (!names.includes(stack)) throw new IsthmusError('WORKSPACE_INVALID', `${this.#name} has no stack ${stack}; there ${names.length === 0 ? 'is none' : `are ${names.join(', ')}`}`)
    try {
      const folder = await this.#stacks.claim(stack)
      await folder?.workspace.waitForRunning(undefined, stopOf(this.#options))
      if (await folder?.isOutdated()) await folder?.workspace.forgetRuns()
      await folder?.ready(stopOf(this.#options))
      await folder?.workspace.import(address, id)
    } finally {
      await this.#stacks.close()
    }
  }

  /** What the clouds hold now: the resources of all stacks, refreshed. Changes nothing. */
  async read(): Promise<ResourceView[]> {
    return this.readStacks(await this.stacks())
  }

  /** What the clouds hold now of the stacks of those names. Those that could not be read are missing, and the result says so. */
  readStacks(names: readonly string[]): Promise<ResourceView[]> {
    return this.#viewing(names, async (name) => {
      const folder = await this.#stacks.claim(name)
      if (!folder) return undefined
      await folder.ready(stopOf(this.#options))
      const plan = await folder.workspace.plan({ ...stopOf(this.#options), refreshOnly: true })
      // A refresh-only plan plans nothing; what the clouds hold is the state that it would write.
      return field(await folder.workspace.showPlan(plan), 'prior_state')
    })
  }

  /** What the states say of the stacks of those names, also while somebody works on them. Asks no cloud. */
  knownStacks(names: readonly string[]): Promise<ResourceView[]> {
    return this.#viewing(names, (name) => this.#stacks.saved(name))
  }

  /**
   * Asks every OpenTofu at work to stop, more firmly each time: to finish what it makes, to give it up, to end at once. The
   * signal of the options counts as the first time.
   */
  stop(): void {
    this.#stacks.stop()
  }

  /** What the last run came to, as far as it got. */
  get result(): OrderResult {
    return this.#report.result
  }

  /**
   * The first error of a stack that passes by itself (`retryable`), also one of the records' host; undefined when there was none. The same
   * done again can succeed, so that what it came to is no result yet.
   */
  get passing(): unknown {
    return this.#report.passing
  }

  /** Works on stacks once those are in order that an earlier run left in disorder, and holds back those where a person has to look. */
  async #working(names: readonly string[], work: (run: OrderRun) => Promise<void>): Promise<OrderResult> {
    const held = new HeldStacks()
    try {
      for (const [name, findings] of await recoverStacks(this.#stacks, names, this.#options)) {
        this.#report.add(...findings)
        if (findings.length > 0 && this.#options.acceptLeftovers !== true) held.hold(name, findings.length)
      }
      await work({ stacks: this.#stacks, report: this.#report, held, options: this.#options })
      return this.result
    } finally {
      await this.#stacks.close()
    }
  }

  async #viewing(names: readonly string[], state: (name: string) => Promise<unknown>): Promise<ResourceView[]> {
    const views: ResourceView[] = []
    const tasks = names.map((name): Task => ({ name, after: [], run: async () => void views.push(...viewsOfState(await state(name))) }))
    try {
      this.#report.note(await runTasks(tasks, this.#options.parallel ?? defaultParallel))
    } finally {
      await this.#stacks.close()
    }
    return views
  }
}
