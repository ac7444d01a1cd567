import type { KnownClouds } from '../clouds/known-clouds.ts'
import { exitCode } from '../exit-code.ts'
import { planFile } from '../order/plan-file.ts'
import { printFindings } from '../terminal/findings.ts'
import { networkCount } from '../terminal/networks.ts'
import type { Output } from '../terminal/output.ts'
import { topology } from '../terminal/topology.ts'
import { tunnelRows } from '../terminal/tunnels.ts'
import { printProof, proveLive } from './apply.ts'
import { interruptible } from './interruptible.ts'
import { openOrder, type CloudOptions } from './order-context.ts'
import { refuse } from './refuse.ts'

/** `isthmus status`: what the clouds hold now, read back and compared with the order. Changes nothing. */
export async function status(file: string, options: CloudOptions, known: KnownClouds, output: Output): Promise<number> {
  const first = await planFile(file, known)
  if (!first.ok) return refuse(first.findings, output)
  return interruptible(async (interrupts) => {
    const context = await openOrder(first.name, options, known, { interrupts, log: (line) => output.progress(line) })
    const planned = await planFile(file, known, await context.workspace.agreed())
    if (!planned.ok) return refuse(planned.findings, output)
    const stacks = await context.workspace.stacks()
    const proof = await proveLive(planned, context)
    const tunnels = tunnelRows(proof.tunnels)
    const result = context.workspace.result
    for (const line of topology(planned)) output.line(line)
    output.line()
    printProof(proof, tunnels, output)
    printFindings(proof.findings, output)
    for (const stack of result.stacks) if (stack.error !== undefined) output.line(`${output.style.red(stack.outcome)} ${stack.stack}: ${stack.error}`)
    const ok = result.ok && proof.findings.length === 0 && tunnels.every((tunnel) => tunnel.state !== 'down')
    output.line(ok ? output.style.green(`${planned.name} is as ordered: ${planned.deals.length === 0 ? networkCount(planned.sites.length) : `${tunnels.length} tunnels`}.`) : output.style.red(`${planned.name} is not as ordered.`))
    output.document({ ok, simulated: options.simulated === true, findings: proof.findings, stacks, networks: proof.networks, tunnels })
    return ok ? exitCode.success : exitCode.differs
  })
}
