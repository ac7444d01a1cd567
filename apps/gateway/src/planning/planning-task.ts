import { composeStacks, planOrder, proveAgreement, viewsOfFragments, type Agreed, type AnyProvider, type CloudFacts, type Plan } from '@isthmus/core'
import { tooLarge } from './limits.ts'
import type { CheckedOrder, ExplainedOrder, PlanExplanation, RefusedOrder } from './planner.ts'

/** What a document is planned for. */
export interface PlannedFor {
  readonly providers: readonly AnyProvider[]
  readonly networkOnly: readonly CloudFacts[]
}

/** An order to plan, as it is handed over. */
export interface PlanningTask {
  readonly document: unknown
  readonly agreed: Agreed | undefined
}

/** Plans a document, and tells whether it can be applied. */
export function checkOrder(task: PlanningTask, clouds: PlannedFor): CheckedOrder | RefusedOrder {
  const plan = planned(task, clouds)
  return plan.ok ? { ok: true, findings: plan.findings, agreed: plan.agreed } : plan
}

/** Plans a document, and tells how. */
export function explainOrder(task: PlanningTask, clouds: PlannedFor): ExplainedOrder | RefusedOrder {
  const plan = planned(task, clouds)
  return plan.ok ? { ok: true, plan: explanationOf(plan, clouds) } : plan
}

function planned({ document, agreed }: PlanningTask, { providers, networkOnly }: PlannedFor): Plan | RefusedOrder {
  const limit = tooLarge(document)
  if (limit) return { ok: false, findings: [limit] }
  const plan = planOrder(document, { providers, clouds: networkOnly, ...(agreed ? { agreed } : {}) })
  return plan.ok ? plan : { ok: false, findings: plan.findings }
}

function explanationOf(plan: Plan, { providers }: PlannedFor): PlanExplanation {
  const proof = proveAgreement(viewsOfFragments(plan.fragments), plan, providers)
  const resources = new Map(plan.fragments.map((fragment) => [fragment.id, fragment.resources.length]))
  return {
    name: plan.name,
    findings: [...plan.findings],
    sites: plan.sites.map(({ name, cloud, region, cidrs, asn, reasons }) => ({ name, cloud, region, cidrs: cidrs.map(String), asn, reasons: [...reasons] })),
    links: plan.deals.map(({ link, routing, tunnels, reasons }) => ({ name: link, routing, tunnels: tunnels.length, reasons: [...reasons] })),
    stacks: composeStacks(plan.name, plan.fragments, 'parts').map(({ name, after, fragments }) => ({ name, after: [...after], resources: fragments.reduce((sum, id) => sum + (resources.get(id) ?? 0), 0) })),
    proof: { proven: proof.findings.length === 0, tunnels: proof.tunnels.length, findings: [...proof.findings] },
  }
}
