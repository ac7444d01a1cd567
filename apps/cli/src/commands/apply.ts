import { proveAgreement, proveNetworks, type Finding, type NetworkView, type Plan, type Proof } from '@isthmus/core'
import type { OrderResult } from '@isthmus/tofu'
import type { KnownClouds } from '../clouds/known-clouds.ts'
import { exitCode } from '../exit-code.ts'
import { planFile } from '../order/plan-file.ts'
import { printFindings } from '../terminal/findings.ts'
import { networkCount, printNetworks } from '../terminal/networks.ts'
import type { Output } from '../terminal/output.ts'
import { Progress } from '../terminal/progress.ts'
import { topology } from '../terminal/topology.ts'
import { printTunnels, tunnelRows, type TunnelRow } from '../terminal/tunnels.ts'
import { interruptible, type Interrupts } from './interruptible.ts'
import { openOrder, requireCredentials, requireSimulated, type CloudOptions, type OrderContext } from './order-context.ts'
import { refuse } from './refuse.ts'

/** What an apply came to. */
export interface Applied {
  readonly code: number
  /** Missing when the order was refused before anything ran. */
  readonly result?: OrderResult
  readonly tunnels: readonly TunnelRow[]
}

/** `isthmus apply`: brings the clouds to what the order says and shows the tunnels. */
export async function apply(file: string, options: CloudOptions, known: KnownClouds, output: Output): Promise<number> {
  return interruptible(async (interrupts) => (await applyOrder(file, options, known, output, interrupts)).code)
}

/** Applies an order file and reports on it. */
export async function applyOrder(file: string, options: CloudOptions, known: KnownClouds, output: Output, interrupts: Interrupts): Promise<Applied> {
  const first = await planFile(file, known)
  if (!first.ok) return refused(first.findings, output)
  if (options.simulated !== true) requireCredentials(first, process.env)
  const progress = new Progress(output, `applying ${first.name}${options.simulated === true ? ' to simulated clouds' : ''}`)
  const context = await openOrder(first.name, options, known, { onEvent: (event) => progress.take(event), interrupts, log: (line) => output.progress(line) })
  const planned = await planFile(file, known, await context.workspace.agreed())
  if (!planned.ok) return refused(planned.findings, output)
  if (context.clouds) requireSimulated(planned, context.clouds)
  const result = await context.workspace.apply(planned)
  progress.end()
  return report(planned, context, result, options, output)
}

function refused(findings: readonly Finding[], output: Output): Applied {
  return { code: refuse(findings, output), tunnels: [] }
}

async function report(planned: Plan, context: OrderContext, result: OrderResult, options: CloudOptions, output: Output): Promise<Applied> {
  const proof = result.ok ? await proveLive(planned, context) : undefined
  const findings = [...planned.findings, ...result.findings, ...(proof?.findings ?? [])]
  const tunnels = tunnelRows(proof?.tunnels ?? [])
  if (proof) {
    for (const line of topology(planned)) output.line(line)
    output.line()
    printProof(proof, tunnels, output)
  }
  printFindings(findings, output)
  for (const stack of result.stacks) if (stack.error !== undefined) output.line(`${output.style.red(stack.outcome)} ${stack.stack}: ${stack.error}`)
  const ok = result.ok && proof !== undefined && proof.findings.length === 0
  output.line(ok ? output.style.green(summary(planned, result, tunnels)) : output.style.red(`${planned.name} is not as ordered; isthmus apply goes on from here.`))
  output.document({ ok, simulated: options.simulated === true, findings, stacks: result.stacks, networks: proof?.networks ?? [], tunnels })
  return { code: ok ? exitCode.success : exitCode.failed, result, tunnels }
}

/** Networks and ends as the clouds hold them now. */
export interface LiveProof extends Proof {
  readonly networks: readonly NetworkView[]
}

/** Reads networks and ends as the clouds hold them now, and compares them with the plan. */
export async function proveLive(planned: Plan, { workspace, providers }: OrderContext): Promise<LiveProof> {
  const views = await workspace.read()
  const { tunnels, findings } = proveAgreement(views, planned, providers)
  const networks = proveNetworks(views, planned, providers)
  return { tunnels, networks: networks.networks, findings: [...networks.findings, ...findings] }
}

/** Prints what was read back: the networks, and the tunnels where there are any. */
export function printProof({ networks }: LiveProof, tunnels: readonly TunnelRow[], output: Output): void {
  printNetworks(networks, output)
  output.line()
  if (tunnels.length === 0) return
  printTunnels(tunnels, output)
  output.line()
}

function summary(planned: Plan, result: OrderResult, tunnels: ReturnType<typeof tunnelRows>): string {
  const changed = result.stacks.filter((stack) => stack.outcome !== 'unchanged').length
  const up = tunnels.filter((tunnel) => tunnel.state === 'up').length
  const what = changed === 0 ? 'nothing to change' : `${changed} of ${result.stacks.length} stacks changed`
  if (planned.deals.length === 0) return `${planned.name}: ${what}; ${networkCount(planned.sites.length)}, no link.`
  return `${planned.name}: ${what}; ${planned.deals.length} links, ${tunnels.length} tunnels agree, ${up} up.`
}
