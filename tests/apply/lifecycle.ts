import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { planOrder, type Plan, type Refused } from '@isthmus/core'
import { clouds, startSimulator } from '@isthmus/simulator'
import { locateTofu, OrderWorkspace, type OrderResult, type StackResult } from '@isthmus/tofu'
import { proofOf, providers } from '../orders.ts'

/** A binary that has to be built first takes minutes; a machine that does other work takes its time. */
export const patience = 15 * 60_000

/** Stacks at work at a time, of each order; several orders run at once. */
const parallel = 2

const master = new Uint8Array(32).fill(7)
const binary = locateTofu({ log: (line) => process.stderr.write(`${line}\n`) })

/** What the life of an order came to, as one value that a test compares. */
export interface Lifecycle {
  /** Codes of errors and texts of stacks that failed, of all three runs. */
  readonly errors: readonly string[]
  /** Tunnels that the plan has, that the proof found before anything was made, and that came up. */
  readonly tunnels: { readonly planned: number; readonly proven: number; readonly up: number }
  /** Ends that are down although somebody ought to be opposite, each with the reason. */
  readonly down: readonly string[]
  /** Stacks that a second apply changed. */
  readonly changedAgain: readonly string[]
  /** Objects in the clouds after the destruction. */
  readonly left: readonly string[]
}

/** Counts of one order, for the list that the tests print. */
export interface Counts {
  readonly resources: number
  readonly tunnels: number
  readonly seconds: number
}

/** Plans an order, applies it to simulated clouds of its own with the real OpenTofu, applies it again and destroys it. */
export async function live(order: unknown): Promise<Lifecycle & { readonly counts: Counts }> {
  const plan = planOrder(order, { providers })
  if (!plan.ok) return refused(plan)
  const proof = proofOf(plan)
  const started = performance.now()
  const home = await mkdtemp(join(tmpdir(), 'isthmus-apply-'))
  const simulator = await startSimulator({ home: join(home, 'clouds'), speed: Infinity, clouds, providers })
  try {
    const options = { home: join(home, 'orders'), binary: await binary, master, providers, environment: { TF_REATTACH_PROVIDERS: simulator.reattach }, simulated: true, parallel }
    const first = await new OrderWorkspace(plan.name, options).apply(plan)
    const tunnels = simulator.tunnels()
    const resources = simulator.objects().length
    const second = await new OrderWorkspace(plan.name, options).apply(plan)
    const destroyed = await new OrderWorkspace(plan.name, options).destroy()
    const planned = plannedTunnels(plan)
    return {
      errors: [...proof.findings.map(({ code, title }) => `${code}: ${title}`), ...[first, second, destroyed].flatMap(errorsOf)],
      tunnels: { planned, proven: proof.tunnels.length, up: tunnels.filter(({ up }) => up).length / 2 },
      down: tunnels.filter(({ up, end }) => !up && end.mayIdle !== true).map(({ end, reason }) => `${end.connection}: ${reason}`),
      changedAgain: second.stacks.filter(isChanged).map(({ stack }) => stack),
      left: simulator.objects().map(({ type, id }) => `${type} ${id}`),
      counts: { resources, tunnels: planned, seconds: (performance.now() - started) / 1000 },
    }
  } finally {
    await simulator.close()
    await rm(home, { recursive: true, force: true })
  }
}

/** What {@link live} must give for an order that is fine. */
export function faultless(counts: Counts): Lifecycle {
  const { tunnels } = counts
  return { errors: [], tunnels: { planned: tunnels, proven: tunnels, up: tunnels }, down: [], changedAgain: [], left: [] }
}

/** One line of the list that the tests print. */
export function row(name: string, { resources, tunnels, seconds }: Counts): string {
  return `${name.padEnd(28)} ${String(resources).padStart(4)} resources ${String(tunnels).padStart(3)} tunnels ${seconds.toFixed(1).padStart(6)} s`
}

function refused({ findings }: Refused): Lifecycle & { readonly counts: Counts } {
  const errors = findings.filter(({ severity }) => severity === 'error').map(({ code, title }) => `${code}: ${title}`)
  return { errors, tunnels: { planned: 0, proven: 0, up: 0 }, down: [], changedAgain: [], left: [], counts: { resources: 0, tunnels: 0, seconds: 0 } }
}

function plannedTunnels(plan: Plan): number {
  return plan.deals.reduce((sum, deal) => sum + deal.tunnels.length, 0)
}

function isChanged({ outcome, changes }: StackResult): boolean {
  return outcome !== 'unchanged' || changes === undefined || changes.create + changes.update + changes.delete + changes.replace > 0
}

function errorsOf(result: OrderResult): string[] {
  const findings = result.findings.filter(({ severity }) => severity === 'error').map(({ code, title }) => `${code}: ${title}`)
  return [...findings, ...result.stacks.flatMap(({ stack, error }) => (error === undefined ? [] : [`${stack}: ${error}`]))]
}
