import type { Suite } from '../ipsec/vocabulary.ts'
import type { RoutingMode } from '../provider/offer.ts'
import type { AnyProvider } from '../provider/provider.ts'
import { linkFragment } from '../provider/site.ts'
import { planOrder, type Plan, type Refused } from './plan.ts'

/** Two clouds, and what a link between them comes to. */
export interface PairRow {
  /** Ids of the two providers; equal where a cloud is linked with itself. */
  readonly a: string
  readonly b: string
  /** Of a cloud with itself: whether both sites are in one region or in two. Both rows are there where that makes a difference. */
  readonly regions?: 'one' | 'two'
  /** What is chosen where nobody asks for a routing mode; undefined where the two cannot be linked at all. */
  readonly chosen: RoutingMode | undefined
  readonly modes: Readonly<Record<RoutingMode, PairCell>>
}

/** A pair in one routing mode. */
export type PairCell = PossiblePair | ImpossiblePair

/** How a pair is linked. */
export interface PossiblePair {
  readonly possible: true
  readonly tunnels: number
  /** Which address talks to which. */
  readonly wiring: string
  /** Why that wiring. */
  readonly reason: string
  /** True when the link survives the loss of an address at either end. */
  readonly redundant: boolean
  readonly suite: Suite
  /** Resources that the link adds at each end, data sources left out, by type and sorted by it; gateways, which links share, do not count. */
  readonly resources: { readonly a: Readonly<Record<string, number>>; readonly b: Readonly<Record<string, number>> }
}

/** Why a pair cannot be linked. */
export interface ImpossiblePair {
  readonly possible: false
  readonly why: string
  readonly instead: string
}

/** Every pair of the given clouds, each with itself included, worked out by planning it in its first regions. */
export function tabulatePairs(providers: readonly AnyProvider[]): PairRow[] {
  return [...eachPair(providers)]
}

/** The rows of {@link tabulatePairs} one by one: each takes some milliseconds, and a service has others to serve in between. */
export function* eachPair(providers: readonly AnyProvider[]): Generator<PairRow> {
  const sorted = [...providers].sort((x, y) => (x.id < y.id ? -1 : 1))
  for (const [index, one] of sorted.entries()) {
    yield* rowsOfOne(one)
    for (const other of sorted.slice(index + 1)) yield rowOf(siteOf(one, one.id, 0), siteOf(other, other.id, 0))
  }
}

/** A cloud with itself: in two regions where it has them, and in one where that is different. */
function rowsOfOne(cloud: AnyProvider): PairRow[] {
  const near = { ...rowOf(siteOf(cloud, `${cloud.id}-1`, 0), siteOf(cloud, `${cloud.id}-2`, 0)), regions: 'one' as const }
  if (Object.keys(cloud.facts.network.regions.value).length < 2) return [near]
  const far = { ...rowOf(siteOf(cloud, `${cloud.id}-1`, 0), siteOf(cloud, `${cloud.id}-2`, 1)), regions: 'two' as const }
  const outcome = ({ chosen, modes: { bgp, static: fixed } }: PairRow): string => JSON.stringify([chosen, ...[bgp, fixed].map((cell) => (cell.possible ? cell.wiring : ''))])
  return outcome(near) === outcome(far) ? [far] : [far, near]
}

interface PairSite {
  readonly provider: AnyProvider
  readonly name: string
  readonly region: string
}

/** A site in one of the first regions that the cloud's facts list. */
function siteOf(provider: AnyProvider, name: string, region: number): PairSite {
  return { provider, name, region: Object.keys(provider.facts.network.regions.value)[region] ?? '' }
}

function rowOf(a: PairSite, b: PairSite): PairRow {
  const free = plan(a, b, undefined)
  return { a: a.provider.id, b: b.provider.id, chosen: free.ok ? free.deals[0]?.routing : undefined, modes: { bgp: cellOf(plan(a, b, 'bgp')), static: cellOf(plan(a, b, 'static')) } }
}

function plan(a: PairSite, b: PairSite, routing: RoutingMode | undefined): Plan | Refused {
  const sites = Object.fromEntries([a, b].map(({ provider, name, region }, index) => [name, { cloud: provider.id, region, cidr: `10.${index}.0.0/16` }]))
  return planOrder({ name: 'pair', sites, ...(routing ? { defaults: { routing } } : {}) }, { providers: a.provider === b.provider ? [a.provider] : [a.provider, b.provider] })
}

function cellOf(planned: Plan | Refused): PairCell {
  const deal = planned.ok ? planned.deals[0] : undefined
  if (!planned.ok || !deal) {
    // Each tunnel may have a finding of its own that differs in its addresses only.
    const errors = planned.findings.filter((item, index, all) => item.severity === 'error' && all.findIndex(({ code }) => code === item.code) === index)
    return { possible: false, why: unique(errors.flatMap((item) => [item.title, sentence(item.why)])), instead: unique(errors.map((item) => sentence(item.hint))) }
  }
  const wiring = deal.reasons.find((reason) => reason.about === 'wiring')
  return {
    possible: true,
    tunnels: deal.tunnels.length,
    wiring: deal.tunnels.map(({ slots }) => `${slots.a}–${slots.b}`).join(', '),
    reason: wiring?.because ?? '',
    redundant: !planned.findings.some((item) => item.code === 'LINK_NOT_REDUNDANT'),
    suite: deal.suite,
    resources: { a: resourcesOf(planned, linkFragment(deal.link, deal.a.site)), b: resourcesOf(planned, linkFragment(deal.link, deal.b.site)) },
  }
}

function resourcesOf(planned: Plan, fragment: string): Record<string, number> {
  const types = planned.fragments.filter((item) => item.id === fragment).flatMap((item) => item.resources).filter((resource) => resource.mode !== 'data').map((resource) => resource.type)
  return Object.fromEntries([...new Set(types)].sort().map((type) => [type, types.filter((item) => item === type).length]))
}

function unique(texts: readonly string[]): string {
  return [...new Set(texts)].join(' ')
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
