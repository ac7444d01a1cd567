import { IsthmusError, type AnyProvider, type Plan, type ResourceView } from '@isthmus/core'
import { OrderWorkspace, recordsInFiles, type OrderState, type StackRecords, type TofuBinary } from '@isthmus/tofu'
import type { Clouds } from './clouds.ts'
import type { StackEngine, StackOutcome, StackRun } from './stack-engine.ts'

/** What stacks are run with. */
export interface TofuStacksOptions {
  /** Folder of the work folders of orders, on this machine. */
  readonly folder: string
  /** Master secret; the same for all gateways that share states. */
  readonly master: Uint8Array
  readonly providers: readonly AnyProvider[]
  readonly clouds: Clouds
  /** OpenTofu; asked for before each run, so it should remember. */
  binary(): Promise<TofuBinary>
  /** Where states are kept; in the folder when left out. */
  readonly state?: OrderState
  /** Records of an order's stacks; in the folder when left out. States in a database need records in one. */
  readonly records?: (order: string, run?: StackRun) => StackRecords
  /** Most stacks that one run has at work at a time; 4 when left out. */
  readonly parallel?: number
  readonly log?: (line: string, about: { readonly order: string; readonly stack: string; readonly run: string | undefined }) => void
}

/** Often enough for simulated clouds, which end 20 seconds after their last use. */
const useMilliseconds = 3_000

/** Runs stacks with OpenTofu. */
export class TofuStacks implements StackEngine {
  readonly #options: TofuStacksOptions

  constructor(options: TofuStacksOptions) {
    this.#options = options
  }

  apply(order: string, plan: Plan, stacks: readonly string[], run: StackRun): Promise<StackOutcome> {
    return this.#with(order, run, async (workspace) => {
      await adoptFor(workspace, stacks, run)
      return outcomeOf(await workspace.apply(plan, { only: stacks, keepNumbers: false }), workspace, run)
    })
  }

  async destroy(order: string, stacks: readonly string[], run: StackRun): Promise<StackOutcome> {
    if (await this.#holdsNone(order, stacks, run)) return nothingDone
    return this.#with(order, run, async (workspace) => {
      await adoptFor(workspace, stacks, run)
      return outcomeOf(await workspace.destroyStacks(stacks), workspace, run)
    })
  }

  async forget(order: string, stacks: readonly string[], run: StackRun): Promise<StackOutcome> {
    if (await this.#holdsNone(order, stacks, run)) return nothingDone
    return this.#with(order, run, async (workspace) => outcomeOf(await workspace.forgetStacks(stacks), workspace, run))
  }

  read(order: string, stacks: readonly string[], run: StackRun): Promise<readonly ResourceView[]> {
    return this.#with(order, run, async (workspace) => seen(await workspace.readStacks(stacks), workspace, run.signal))
  }

  known(order: string, stacks: readonly string[]): Promise<readonly ResourceView[]> {
    return this.#with(order, undefined, async (workspace) => seen(await workspace.knownStacks(stacks), workspace))
  }

  /** Answers without asking for OpenTofu or the clouds. */
  async stacks(order: string): Promise<readonly string[]> {
    const { folder, records } = this.#options
    return [...(await (records?.(order) ?? recordsInFiles(folder, order)).list())].sort()
  }

  /** What was never begun can go without OpenTofu, which may be what is missing. */
  async #holdsNone(order: string, stacks: readonly string[], { adopt = [] }: StackRun): Promise<boolean> {
    const existing = await this.stacks(order)
    return !stacks.some((stack) => existing.includes(stack) || adopt.some((adoption) => adoption.stack === stack))
  }

  async #with<T>(order: string, run: StackRun | undefined, work: (workspace: OrderWorkspace) => Promise<T>): Promise<T> {
    const { binary, clouds } = this.#options
    const workspace = this.#workspace(order, await binary(), await clouds.environment(), await clouds.credentials(run?.holder), run)
    // Simulated clouds end when nobody uses them, and a run may wait for long.
    const using = setInterval(() => void clouds.environment().catch(() => undefined), useMilliseconds)
    try {
      return await work(workspace)
    } finally {
      clearInterval(using)
    }
  }

  #workspace(order: string, binary: TofuBinary, environment: Readonly<Record<string, string>>, credentials: Readonly<Record<string, string>>, run: StackRun | undefined): OrderWorkspace {
    const { folder, master, providers, clouds, state, records, parallel, log } = this.#options
    return new OrderWorkspace(order, {
      home: folder,
      binary,
      master,
      providers,
      environment,
      credentials,
      ...(run?.holder === undefined ? {} : { holder: run.holder }),
      simulated: clouds.simulated,
      acceptLeftovers: run?.acceptLeftovers === true,
      ...(state ? { state } : {}),
      ...(records ? { records: records(order, run) } : {}),
      ...(parallel === undefined ? {} : { parallel }),
      ...(log ? { log: (line: string, stack: string) => log(line, { order, stack, run: run?.id }) } : {}),
      ...(run ? { signal: run.signal, onEvent: (event) => run.onEvent(event), lastEvents: run.lastEvents ?? [] } : {}),
      ...(run?.leftoverHint ? { leftoverHint: run.leftoverHint } : {}),
    })
  }
}

const nothingDone: StackOutcome = { ok: true, stacks: [], findings: [], rebuild: [] }

/** Adopts what belongs to these stacks and is not adopted yet. */
async function adoptFor(workspace: OrderWorkspace, stacks: readonly string[], { adopt = [] }: StackRun): Promise<void> {
  for (const { stack, address, id } of adopt.filter((adoption) => stacks.includes(adoption.stack))) {
    const known = await workspace.knownStacks([stack])
    if (!known.some((view) => view.address === address)) await workspace.adopt(stack, address, id)
  }
}

/** @throws what passes by itself and kept a stack from its end, unless the run was stopped */
function outcomeOf(outcome: StackOutcome, { passing }: OrderWorkspace, { signal }: StackRun): StackOutcome {
  if (passing !== undefined && !signal.aborted) throw passing
  return outcome
}

/** @throws what passes by itself, or IsthmusError TOFU_FAILED naming the stacks that could not be read, with what was said of them */
function seen(views: readonly ResourceView[], { result, passing }: OrderWorkspace, signal?: AbortSignal): readonly ResourceView[] {
  if (result.ok) return views
  signal?.throwIfAborted()
  if (passing !== undefined) throw passing
  const error = new IsthmusError('TOFU_FAILED', result.stacks.flatMap(({ stack, error: said }) => (said === undefined ? [] : [`${stack} cannot be read: ${said}`])).join(' '))
  throw Object.assign(error, { diagnostics: result.stacks.flatMap(({ errors = [] }) => errors) })
}
