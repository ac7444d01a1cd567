import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { composeStacks, hasErrors, isIsthmusError, proveAgreement, viewsOfPlan, viewsOfState, type Agreed, type Finding, type Plan, type ResourceView, type Stack } from '@isthmus/core'
import { field, objectField } from '../json/fields.ts'
import type { ChangeCounts } from '../workspace/plan-result.ts'
import { writeChanged } from '../workspace/stack-files.ts'
import { leftoverFindings } from './leftover.ts'
import type { OrderOptions, OrderResult, StackResult } from './options.ts'
import { runTasks, type Outcome, type Task } from './schedule.ts'
import { StackFolder } from './stack-folder.ts'

const agreedFile = 'agreed.json'
const stacksFolder = 'stacks'
const defaultParallel = 4

/** Links go before gateways and gateways before networks, because each uses the next. */
const removalOrder = ['link', 'gateway', 'network'] as const

/** All stacks of one order on disk: applies, watches and destroys them in the right sequence. */
export class OrderWorkspace {
  readonly #name: string
  readonly #root: string
  readonly #options: OrderOptions
  readonly #folders = new Map<string, StackFolder>()
  readonly #results = new Map<string, StackResult>()
  readonly #findings: Finding[] = []

  constructor(name: string, options: OrderOptions) {
    this.#name = name
    this.#root = join(options.home, name)
    this.#options = options
  }

  /** Numbers that an earlier apply gave out and that the next plan must keep; undefined before the first. */
  async agreed(): Promise<Agreed | undefined> {
    const text = await readFile(join(this.#root, agreedFile), 'utf8').catch(() => undefined)
    if (text === undefined) return undefined
    const parsed: unknown = JSON.parse(text)
    return isAgreed(parsed) ? parsed : undefined
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
    await writeChanged(join(this.#root, agreedFile), `${JSON.stringify(plan.agreed, null, 2)}\n`)
    try {
      await this.#finishInterrupted()
      const names = new Set(wanted.map((stack) => stack.name))
      await this.#destroyStacks((await this.stacks()).filter((name) => !names.has(name)))
      if (this.#failed) return this.#result()
      const tasks = wanted.map((stack): Task => ({ name: stack.name, after: stack.after, run: () => this.#applyStack(stack, plan) }))
      this.#note(await runTasks(tasks, this.#options.parallel ?? defaultParallel))
      return this.#result()
    } finally {
      await this.#close()
    }
  }

  /** Destroys every stack of the order, links first, and forgets the order when nothing is left. */
  async destroy(): Promise<OrderResult> {
    try {
      await this.#finishInterrupted()
      await this.#destroyStacks(await this.stacks())
      if (!this.#failed) await rm(this.#root, { recursive: true, force: true })
      return this.#result()
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
      this.#note(await runTasks(tasks, this.#options.parallel ?? defaultParallel))
    } finally {
      await this.#close()
    }
    return views
  }

  /** What the last run came to, as far as it got. */
  get result(): OrderResult {
    return this.#result()
  }

  get #run(): { readonly signal?: AbortSignal } {
    return this.#options.signal ? { signal: this.#options.signal } : {}
  }

  get #failed(): boolean {
    return [...this.#results.values()].some((result) => result.outcome === 'failed' || result.outcome === 'skipped')
  }

  #result(): OrderResult {
    return { ok: !this.#failed, stacks: [...this.#results.values()].sort((a, b) => (a.stack < b.stack ? -1 : 1)), findings: this.#findings }
  }

  /** Waits for runs of an earlier Isthmus that still go on, and says what runs that were cut off may have left. */
  async #finishInterrupted(): Promise<void> {
    for (const name of await this.stacks()) {
      const folder = await this.#open(name)
      if (!folder) continue
      const found = await folder.workspace.interrupted()
      if (!found) continue
      this.#options.onEvent?.({ type: 'interrupted', stack: name, interruption: found })
      const ended = (await folder.workspace.waitForRunning((event) => this.#options.onEvent?.({ type: 'resource', stack: name, event }), this.#run)) ?? found
      this.#findings.push(...leftoverFindings(name, ended, viewsOfState(await folder.state())))
      folder.forgetState()
    }
  }

  async #applyStack(stack: Stack, plan: Plan): Promise<void> {
    const members = plan.fragments.filter((fragment) => stack.fragments.includes(fragment.id))
    const prefixes = [...new Set(members.flatMap((fragment) => fragment.environment))].sort()
    const folder = await StackFolder.prepare(join(this.#root, stacksFolder), stack, plan.keys, prefixes, plan.name, this.#options)
    this.#folders.set(stack.name, folder)
    this.#tell(stack.name, 'planning')
    await folder.write(stack, await this.#bindings(stack))
    await folder.workspace.init(this.#run)
    const saved = await folder.workspace.plan(this.#run)
    const link = stack.name.startsWith('link-') ? stack.name.slice('link-'.length) : undefined
    if (link !== undefined) await this.#prove(link, plan, await folder.workspace.showPlan(saved))
    if (!saved.hasChanges) {
      this.#done(stack.name, 'unchanged', saved.changes)
      return
    }
    this.#tell(stack.name, 'applying', saved.changes)
    await folder.workspace.apply((event) => this.#options.onEvent?.({ type: 'resource', stack: stack.name, event }), { plan: saved, ...this.#run })
    folder.forgetState()
    this.#done(stack.name, 'applied', saved.changes)
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
    this.#tell(`link-${link}`, 'proving')
    const deal = plan.deals.find((item) => item.link === link)
    if (!deal) return
    const owners = [deal.a.site, deal.b.site].flatMap((site) => [`network-${site}`, `gateway-${site}`])
    const states = await Promise.all(owners.map(async (owner) => viewsOfState(await this.#folders.get(owner)?.state())))
    const proof = proveAgreement([...states.flat(), ...viewsOfPlan(planned)], plan, this.#options.providers, [link])
    this.#findings.push(...proof.findings)
    if (hasErrors(proof.findings)) throw new Error(`the two ends of ${link} do not agree: ${proof.findings.map((item) => item.title).join(' ')}`)
  }

  async #destroyStacks(names: readonly string[]): Promise<void> {
    for (const kind of removalOrder) {
      if (this.#failed) return
      const tasks = names.filter((name) => name.startsWith(`${kind}-`)).map((name): Task => ({ name, after: [], run: () => this.#destroyStack(name) }))
      this.#note(await runTasks(tasks, this.#options.parallel ?? defaultParallel))
    }
  }

  async #destroyStack(name: string): Promise<void> {
    const folder = await this.#open(name)
    if (!folder) return
    this.#tell(name, 'destroying')
    await folder.workspace.init(this.#run)
    const saved = await folder.workspace.plan({ ...this.#run, destroy: true })
    if (saved.hasChanges) await folder.workspace.apply((event) => this.#options.onEvent?.({ type: 'resource', stack: name, event }), { plan: saved, ...this.#run })
    await folder.remove()
    this.#folders.delete(name)
    this.#done(name, 'destroyed', saved.changes)
  }

  async #open(name: string): Promise<StackFolder | undefined> {
    const known = this.#folders.get(name)
    if (known) return known
    const folder = await StackFolder.open(join(this.#root, stacksFolder), name, this.#name, this.#options)
    if (folder) this.#folders.set(name, folder)
    else await rm(join(this.#root, stacksFolder, name), { recursive: true, force: true })
    return folder
  }

  #note(outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) {
      if (outcome.state === 'done') continue
      const error = outcome.state === 'failed' ? errorText(outcome.error) : 'a stack that it needs failed'
      this.#results.set(outcome.name, { stack: outcome.name, outcome: outcome.state, error })
      this.#options.onEvent?.({ type: 'stack', stack: outcome.name, state: outcome.state, error })
    }
  }

  #done(stack: string, outcome: 'applied' | 'unchanged' | 'destroyed', changes: ChangeCounts): void {
    this.#results.set(stack, { stack, outcome, changes })
    this.#tell(stack, outcome, changes)
  }

  #tell(stack: string, state: 'planning' | 'proving' | 'applying' | 'applied' | 'unchanged' | 'destroying' | 'destroyed', changes?: ChangeCounts): void {
    this.#options.onEvent?.({ type: 'stack', stack, state, ...(changes ? { changes } : {}) })
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#folders.values()].map((folder) => folder.workspace.close()))
    this.#folders.clear()
  }
}

function errorText(error: unknown): string {
  const detail = isIsthmusError(error) && 'diagnostics' in error && Array.isArray(error.diagnostics) ? error.diagnostics.map((item) => field(item, 'detail')).find((text) => typeof text === 'string' && text !== '') : undefined
  const message = error instanceof Error ? error.message : String(error)
  return detail === undefined ? message : `${message}: ${detail}`
}

function isAgreed(value: unknown): value is Agreed {
  return Object.keys(objectField(value)).length > 0 && typeof field(value, 'asns') === 'object' && typeof field(value, 'inside') === 'object'
}
