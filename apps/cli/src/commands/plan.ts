import { composeStacks, proveAgreement, viewsOfFragments, type Plan } from '@isthmus/core'
import type { KnownClouds } from '../clouds/known-clouds.ts'
import { exitCode } from '../exit-code.ts'
import { planFile } from '../order/plan-file.ts'
import { printFindings } from '../terminal/findings.ts'
import { networkCount } from '../terminal/networks.ts'
import type { Output } from '../terminal/output.ts'
import { table } from '../terminal/table.ts'
import { topology } from '../terminal/topology.ts'
import { printTunnels, tunnelRows } from '../terminal/tunnels.ts'
import { refuse } from './refuse.ts'

/** `isthmus plan`: what would be built, both ends proven to agree; no cloud and no OpenTofu is needed. */
export async function plan(file: string, known: KnownClouds, output: Output): Promise<number> {
  const planned = await planFile(file, known)
  if (!planned.ok) return refuse(planned.findings, output)
  printFindings(planned.findings, output)
  const proof = proveAgreement(viewsOfFragments(planned.fragments), planned, known.providers)
  const tunnels = tunnelRows(proof.tunnels)
  const stacks = stackSummaries(planned)
  for (const line of topology(planned)) output.line(line)
  output.line()
  if (tunnels.length > 0) {
    printTunnels(tunnels, output)
    output.line()
  }
  for (const line of table(['stack', 'resources', 'after'], stacks.map((stack) => [stack.name, String(stack.resources), stack.after.join(' ')]))) output.line(line)
  printFindings(proof.findings, output)
  if (proof.findings.length === 0) output.line(output.style.green(planned.deals.length === 0 ? `${networkCount(planned.sites.length)}, no link.` : `proven: both ends of all ${tunnels.length} tunnels agree.`))
  output.document({ ok: proof.findings.length === 0, findings: [...planned.findings, ...proof.findings], sites: planned.sites, deals: planned.deals, tunnels, stacks })
  return proof.findings.length === 0 ? exitCode.success : exitCode.refused
}

function stackSummaries(planned: Plan): { name: string; resources: number; after: readonly string[] }[] {
  return composeStacks(planned.name, planned.fragments, 'parts').map(({ name, after, fragments }) => ({
    name,
    after,
    resources: planned.fragments.filter((fragment) => fragments.includes(fragment.id)).reduce((sum, fragment) => sum + fragment.resources.length, 0),
  }))
}
