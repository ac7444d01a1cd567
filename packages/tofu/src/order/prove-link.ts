import { proveAgreement, viewsOfPlan, viewsOfState, type AnyProvider, type Finding, type Plan } from '@isthmus/core'

/**
 * Proves a link from the plan of its stack and the states of the networks and gateways at its two ends.
 *
 * @param planned `tofu show -json` of the link's saved plan
 * @param stateOf `tofu show -json` of the state of a stack by name
 */
export async function proveLink(link: string, plan: Plan, planned: unknown, stateOf: (stack: string) => Promise<unknown>, providers: readonly AnyProvider[]): Promise<readonly Finding[]> {
  const deal = plan.deals.find((item) => item.link === link)
  if (!deal) return []
  const owners = [deal.a.site, deal.b.site].flatMap((site) => [`network-${site}`, `gateway-${site}`])
  const states = await Promise.all(owners.map(async (owner) => viewsOfState(await stateOf(owner))))
  return proveAgreement([...states.flat(), ...viewsOfPlan(planned)], plan, providers, [link]).findings
}
