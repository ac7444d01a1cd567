import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { composeStacks, hasErrors, IsthmusError, viewsOfState, type Agreed, type Plan, type ResourceView, type Stack } from '@isthmus/core'
import { field } from '../json/fields.ts'
import { readAgreed, writeAgreed } from './agreed-file.ts'
import type { OrderOptions, OrderResult } from './options.ts'
import { proveLink } from './prove-link.ts'
import { recoverStack } from './recovery.ts'
import { RunReport } from './run-report.ts'
import { runTasks, type Task } from './schedule.ts'
import { StackFolder } from './stack-folder.ts'

const stacksFolder = 'stacks'
const defaultParallel = 4
/** Each uses the next. */
const removalOrder = ['link', 'gateway', 'network'] as const

/** All stacks of one order on disk: applies, watches and destroys them in the right sequence. */
export class OrderWorkspace {
  readonly #name: string
  readonly #root: string
  readonly #options: OrderOptions
  readonly #folders = new Map<string, StackFolder>()
  readonly #report: RunReport
  readonly #held = new Map<string, number>()
  readonly #wanted = new Map<string, Stack>()
  readonly #removals = new Map<string, Promise<void>>()

  constructor(name: string, options: OrderOptions) {
    this.#name = name
    this.#root = join(options.home, name)
    this.#options = options
    this.#report = new RunReport(options.onEvent)
  }

  /** Numbers that an earlier apply gave out and that the next plan must keep; undefined before the first. */
  agreed(): Promise<Agreed | undefined> {
    return readAgreed(this.#root)
  }

  /** Names of the stacks that exist, sorted. */
  async stacks(): Promise<string[]> {
    const entries = await readdir(join(this.#root, stacksFolder), { withFileTypes: true }).catch(() => [])
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()
  }

  /**
   * Brings the clouds to what the plan says: finishes what an earlier run left, removes stacks that are no longer wanted, and
   * applies the others, each from a saved plan whose two ends have been proven to agree.
   */
  async apply(plan: Plan): Promise<OrderResult> {
    const wanted = composeStacks(plan.name, plan.fragments, 'parts')
    for (const stack of wanted) this.#wanted.set(stack.name, stack)
    await writeAgreed(this.#root, plan.agreed)
    try {
      await this.#recover()
      const names = new Set(wanted.map((stack) => stack.name))
      await this.#destroyStacks((await this.stacks()).filter((name) => !names.has(name)))
      if (this.#report.failed) return this.result
      const tasks = wanted.map((stack): Task => ({ name: stack.name, after: stack.after, run: () => this.#applyStack(stack, plan) }))
      this.#report.note(await runTasks(tasks, this.#options.parallel ?? defaultParallel))
      return this.result
    } finally {
      await this.#close()
    }
  }

  /** Destroys every stack of the order, links first, and forgets the order when nothing is left. */
  async destroy(): Promise<OrderResult> {
    try {
      await this.#recover()
      await this.#destroyStacks(await this.stacks())
      if (!this.#report.failed) await rm(this.#root, { recursive: true, force: true })
      return this.result
    } finally {
      await this.#close()
    }
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
      const folder = await this.#open(stack)
      await folder?.workspace.waitForRunning(undefined, this.#run)
      await folder?.workspace.init(this.#run)
      await folder?.workspace.import(address, id)
    } finally {
      await this.#close()
    }
  }

  /** What the clouds hold now: the resources of all stacks, refreshed. Changes nothing. */
  async read(): Promise<ResourceView[]> {
    const views: ResourceView[] = []
    const tasks = (await this.stacks()).map((name): Task => ({
      name,
      after: [],
      run: async () => {
        const folder = await this.#open(name)
        if (!folder) return
        await folder.workspace.init(this.#run)
        const plan = await folder.workspace.plan({ ...this.#run, refreshOnly: true })
        // A refresh-only plan plans nothing; what the clouds hold is the state that it would write.
        views.push(...viewsOfState(field(await folder.workspace.showPlan(plan), 'prior_state')))
      },
    }))
    try {
      this.#report.note(await runTasks(tasks, this.#options.parallel ?? defaultParallel))
    } finally {
      await this.#close()
    }
    return views
  }

  /**
   * Asks every OpenTofu at work to stop, more firmly each time: to finish what it makes, to give it up, to end at once. The
   * signal of the options counts as the first time.
   */
  stop(): void {
    for (const folder of this.#folders.values()) folder.workspace.stop()
  }

  /** What the last run came to, as far as it got. */
  get result(): OrderResult {
    return this.#report.result
  }

  get #run(): { readonly signal?: AbortSignal } {
    return this.#options.signal ? { signal: this.#options.signal } : {}
  }

  /** Puts the stacks in order that an earlier run left in disorder, and holds back those where a person has to look. */
  async #recover(): Promise<void> {
    for (const name of await this.stacks()) {
      const folder = await this.#open(name)
      if (!folder) continue
      const left = await recoverStack(folder, this.#options)
      this.#report.add(...left)
      if (left.length > 0 && this.#options.acceptLeftovers !== true) this.#held.set(name, left.length)
      // The stack is opened anew with what the plan says of it, and one workspace at a time may have its folder.
      await folder.workspace.close()
      this.#folders.delete(name)
    }
  }

  #refuseHeld(name: string): void {
    const count = this.#held.get(name)
    if (count !== undefined) throw new Error(`held back: ${count === 1 ? 'an object' : `${count} objects`} of a run that was cut off may be left over`)
  }

  async #applyStack(stack: Stack, plan: Plan): Promise<void> {
    this.#refuseHeld(stack.name)
    const members = plan.fragments.filter((fragment) => stack.fragments.includes(fragment.id))
    const prefixes = [...new Set(members.flatMap((fragment) => fragment.environment))].sort()
    const folder = await StackFolder.prepare(join(this.#root, stacksFolder), stack, plan.keys, prefixes, plan.name, this.#options)
    this.#folders.set(stack.name, folder)
    this.#report.tell(stack.name, 'planning')
    await folder.write(stack, await this.#bindings(stack))
    await folder.workspace.init(this.#run)
    const saved = await folder.workspace.plan(this.#run)
    const link = stack.name.startsWith('link-') ? stack.name.slice('link-'.length) : undefined
    if (link !== undefined) await this.#prove(link, plan, await folder.workspace.showPlan(saved))
    if (!saved.hasChanges) {
      this.#report.done(stack.name, 'unchanged', saved.changes)
      return
    }
    if (saved.changes.delete + saved.changes.replace > 0) await this.#makeWay(stack.name, saved.changes.replace > 0)
    this.#report.tell(stack.name, 'applying', saved.changes)
    await folder.workspace.apply((event) => this.#options.onEvent?.({ type: 'resource', stack: stack.name, event }), { plan: saved, ...this.#run })
    folder.forgetState()
    this.#report.done(stack.name, 'applied', saved.changes)
  }

  /**
   * No cloud lets go of part of a gateway while a connection uses it. Links that are to change anyway are therefore destroyed
   * before their gateway loses something, and all its links before something of it is replaced; they are made anew in their turn.
   */
  async #makeWay(owner: string, all: boolean): Promise<void> {
    const users: string[] = []
    for (const name of await this.stacks()) {
      const folder = await this.#open(name)
      if (name.startsWith('link-') && folder?.after.includes(owner) && (all || !(await folder.holds(this.#wanted.get(name))))) users.push(name)
    }
    await Promise.all(users.map((name) => {
      const removal = this.#removals.get(name) ?? this.#destroyStack(name)
      this.#removals.set(name, removal)
      return removal
    }))
  }

  /** Values of a stack's inputs: outputs of the stacks before it. */
  async #bindings(stack: Stack): Promise<Record<string, unknown>> {
    const values: Record<string, unknown> = {}
    for (const { variable, stack: owner, output } of stack.inputs) {
      const outputs = field(await this.#folders.get(owner)?.state(), 'values', 'outputs')
      values[variable] = field(outputs, output, 'value')
    }
    return values
  }

  /** Nothing is applied unless both ends, read back from the saved plan and from the gateways' state, agree. */
  async #prove(link: string, plan: Plan, planned: unknown): Promise<void> {
    this.#report.tell(`link-${link}`, 'proving')
    const findings = await proveLink(link, plan, planned, async (owner) => this.#folders.get(owner)?.state(), this.#options.providers)
    this.#report.add(...findings)
    if (hasErrors(findings)) throw new Error(`the two ends of ${link} do not agree: ${findings.map((item) => item.title).join(' ')}`)
  }

  async #destroyStacks(names: readonly string[]): Promise<void> {
    for (const kind of removalOrder) {
      if (this.#report.failed) return
      const tasks = names.filter((name) => name.startsWith(`${kind}-`)).map((name): Task => ({ name, after: [], run: () => this.#destroyStack(name) }))
      this.#report.note(await runTasks(tasks, this.#options.parallel ?? defaultParallel))
    }
  }

  async #destroyStack(name: string): Promise<void> {
    this.#refuseHeld(name)
    const folder = await this.#open(name)
    if (!folder) return
    this.#report.tell(name, 'destroying')
    await folder.workspace.init(this.#run)
    const saved = await folder.workspace.plan({ ...this.#run, destroy: true })
    if (saved.hasChanges) await folder.workspace.apply((event) => this.#options.onEvent?.({ type: 'resource', stack: name, event }), { plan: saved, ...this.#run })
    await folder.remove()
    this.#folders.delete(name)
    this.#report.done(name, 'destroyed', saved.changes)
  }

  async #open(name: string): Promise<StackFolder | undefined> {
    const known = this.#folders.get(name)
    if (known) return known
    const folder = await StackFolder.open(join(this.#root, stacksFolder), name, this.#name, this.#options)
    if (folder) this.#folders.set(name, folder)
    else await rm(join(this.#root, stacksFolder, name), { recursive: true, force: true })
    return folder
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#folders.values()].map((folder) => folder.workspace.close()))
    this.#folders.clear()
  }
}
