import type { KnownClouds } from '../clouds/known-clouds.ts'
import { exitCode } from '../exit-code.ts'
import { planFile } from '../order/plan-file.ts'
import { printFindings } from '../terminal/findings.ts'
import type { Output } from '../terminal/output.ts'

/** `isthmus validate`: everything there is to say about an order. */
export async function validate(file: string, known: KnownClouds, output: Output): Promise<number> {
  const plan = await planFile(file, known)
  printFindings(plan.findings, output)
  if (plan.ok) output.line(output.style.green(`${plan.name}: ${plan.sites.length} sites and ${plan.deals.length} links can be built.`))
  output.document({ ok: plan.ok, findings: plan.findings })
  return plan.ok ? exitCode.success : exitCode.refused
}
