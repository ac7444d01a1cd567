import { linkName, planOrder, stackOfGateway, stackOfLink, stackOfNetwork, type Agreed, type Plan } from '@isthmus/core'
import type { CloudCatalogue } from '../cloud/catalogue.ts'
import { findingsProblem } from '../http/findings-text.ts'
import { Problem } from '../http/problem.ts'
import { siteOf } from '../vnet/site.ts'
import { inNamesOf } from '../vnet/vnet-records.ts'
import type { Vnet } from '../vnet/vnet.ts'
import { componentOf } from './component.ts'
import type { Vpn } from './vpn.ts'

/** What a plan of a VPN is made from. */
export interface VpnPlanInput {
  /** Name of the namespace's order. */
  readonly order: string
  readonly vpn: Vpn
  /** All VPNs of the namespace. */
  readonly vpns: readonly Vpn[]
  /** All vNets of the namespace. */
  readonly vnets: readonly Vnet[]
  readonly agreed: Agreed
  readonly clouds: CloudCatalogue
}

/** A VPN worked out, and what has to be applied for it. */
export interface VpnPlan {
  readonly plan: Plan
  /** Name of its link in the plan. */
  readonly link: string
  /** Stacks of the vNets and gateways at its two ends, and of the link itself. */
  readonly stacks: readonly string[]
  /** Stacks of other links that lose tunnels, because a gateway has not room for all; they have to be applied first. */
  readonly shrunk: readonly string[]
  /** Why it must not be applied: a gateway that other VPNs use would have to be made anew for another number. */
  readonly harm?: string
}

/**
 * Plans a VPN together with all VPNs that share a vNet with it, directly or through others, so that one gateway serves them all
 * and their numbers never clash.
 *
 * @throws Problem FINDINGS in which vNets have the names that users gave them
 */
export function planVpn({ order, vpn, vpns, vnets, agreed, clouds }: VpnPlanInput): VpnPlan {
  const component = componentOf(vpn, vpns)
  const byUid = new Map(vnets.map((vnet) => [vnet.uid, vnet]))
  const sites: Record<string, unknown> = {}
  for (const { sites: ends } of component) {
    for (const end of ends) {
      const vnet = byUid.get(end.uid)
      if (!vnet) throw new Problem('CONFLICT', `vNet ${end.vnet} does not exist any more`)
      const { name, site } = siteOf(vnet, clouds, end.settings)
      sites[name] = { ...Object(sites[name]), ...site }
    }
  }
  const links = component.map(({ sites: [a, b] }): [string, string] => (a.uid < b.uid ? [a.uid, b.uid] : [b.uid, a.uid]))
  const settings = component.flatMap(({ routing, sites: [a, b] }) => (routing === undefined ? [] : [[linkName(a.uid, b.uid), { routing }]]))
  const planned = planOrder({ name: order, topology: { links }, sites, ...(settings.length > 0 ? { links: Object.fromEntries(settings) } : {}) }, { providers: clouds.providers, agreed: withWishes(agreed, component), clouds: clouds.networkOnly })
  const rename = (text: string): string => inNamesOf(text, vnets)
  const findings = planned.findings.map((item) => ({ ...item, path: rename(item.path), title: rename(item.title), hint: rename(item.hint) }))
  if (!planned.ok) throw findingsProblem(findings)
  const harm = harmTo(component.filter(({ uid }) => uid !== vpn.uid), agreed, planned)
  const shrunk = planned.deals.filter(({ link, tunnels }) => tunnels.length < Object.keys(agreed.inside[link] ?? {}).length && link !== linkOf(vpn))
  return { plan: { ...planned, findings }, link: linkOf(vpn), stacks: stacksOf(vpn), shrunk: shrunk.map(({ link }) => stackOfLink(link)), ...(harm === undefined ? {} : { harm: rename(harm) }) }
}

/** @throws Problem CONFLICT for a plan that must not be applied */
export function harmless(plan: VpnPlan): VpnPlan {
  if (plan.harm !== undefined) throw new Problem('CONFLICT', plan.harm)
  return plan
}

/** Why a gateway that other VPNs use would get another autonomous system number; undefined when none would. */
function harmTo(others: readonly Vpn[], { asns }: Agreed, plan: Plan): string | undefined {
  for (const { name, sites } of others) {
    for (const { uid, vnet } of sites) {
      const [before, now] = [asns[uid], plan.agreed.asns[uid]]
      if (before === undefined || now === before) continue
      const why = plan.sites.find((site) => site.name === uid)?.reasons.find(({ about }) => about === 'asn')?.because ?? ''
      return `bgpAsn: VPN ${name} would go down, because the gateway of vNet ${vnet} has the autonomous system number ${before} and would need ${now} (${why}); give the ends of the new VPN numbers that fit, or delete VPN ${name} first`
    }
  }
  return undefined
}

/** Blocks that clients wanted are kept like those of an earlier plan, so that they never stand in the way of a later one. */
function withWishes(agreed: Agreed, component: readonly Vpn[]): Agreed {
  const wished = component.flatMap((vpn) => (vpn.inside === undefined ? [] : [[linkOf(vpn), { ...vpn.inside, ...agreed.inside[linkOf(vpn)] }]]))
  return { ...agreed, inside: { ...agreed.inside, ...Object.fromEntries(wished) } }
}

/** Name of a VPN's link in the order of its namespace. */
export function linkOf({ sites: [a, b] }: Vpn): string {
  return linkName(a.uid, b.uid)
}

/** Stacks of the vNets and gateways at the two ends of a VPN, and of its link. */
export function stacksOf(vpn: Vpn): string[] {
  return [...vpn.sites.flatMap(({ uid }) => [stackOfNetwork(uid), stackOfGateway(uid)]), stackOfLink(linkOf(vpn))]
}
