import type { Cidr } from '../address/cidr.ts'
import { finding, type Finding } from '../finding/finding.ts'
import type { OrderDocument } from '../order/schema.ts'
import type { RoutingMode } from '../provider/offer.ts'
import { isHub, type HubFacts } from '../provider/provider.ts'
import type { Reason } from './deal.ts'
import type { DraftSite } from './sites.ts'
import { linkName } from './topology.ts'

/** What a hub-and-spoke topology means for routes between spokes. */
export interface Transit {
  /** Blocks that `from` routes towards `to` beside the network of `to`: those of other spokes, where `to` is a hub that passes them on. */
  passedOn(to: string, from: string): readonly Cidr[]
  /** What the hub does for its spokes, by its name. */
  readonly reasons: ReadonlyMap<string, Reason>
  readonly findings: readonly Finding[]
}

/** A hub with its spokes, and how each is routed to. */
interface Star {
  readonly hub: DraftSite
  readonly facts: HubFacts | undefined
  readonly spokes: readonly { readonly draft: DraftSite; readonly routing: RoutingMode }[]
}

type Spoke = Star['spokes'][number]

const nothing: Transit = { passedOn: () => [], reasons: new Map(), findings: [] }

/**
 * Decides which spokes reach each other through the hub, if there is one.
 *
 * @param routing mode of each link, by name; a link that could not be agreed has none
 */
export function transitOf(order: OrderDocument, drafts: readonly DraftSite[], routing: ReadonlyMap<string, RoutingMode>): Transit {
  const star = starOf(order, drafts, routing)
  if (!star || star.spokes.length < 2) return nothing
  const apart = star.spokes.flatMap((one, index) => star.spokes.slice(index + 1).filter((other) => !passes(star.facts, one, other)).map((other) => [one, other] as const))
  const pairs = (star.spokes.length * (star.spokes.length - 1)) / 2
  return {
    passedOn: (to, from) => passedOn(star, to, from),
    reasons: new Map([[star.hub.site.name, reasonOf(star, pairs - apart.length, pairs)]]),
    findings: star.facts?.transit.value !== true ? [noTransit(star, drafts)] : apart.length > 0 ? [partlyTransit(star, apart)] : [],
  }
}

function starOf({ topology }: OrderDocument, drafts: readonly DraftSite[], routing: ReadonlyMap<string, RoutingMode>): Star | undefined {
  const hub = typeof topology === 'object' && 'hub' in topology ? drafts.find(({ site }) => site.name === topology.hub) : undefined
  if (!hub) return undefined
  const spokes = drafts.flatMap((draft): Spoke[] => {
    const mode = draft === hub ? undefined : routing.get(linkName(hub.site.name, draft.site.name))
    return mode ? [{ draft, routing: mode }] : []
  })
  return { hub, facts: isHub(hub.provider) ? hub.provider.hub : undefined, spokes }
}

/** Whether two spokes learn of each other: by BGP both, or one of them by BGP and the other by routes that the hub tells its peers. */
function passes(facts: HubFacts | undefined, one: Spoke, other: Spoke): boolean {
  if (facts?.transit.value !== true) return false
  const byBgp = [one, other].filter(({ routing }) => routing === 'bgp').length
  return byBgp === 2 || (byBgp === 1 && facts.staticTransit?.value === true)
}

function passedOn({ hub, facts, spokes }: Star, to: string, from: string): readonly Cidr[] {
  const sender = spokes.find(({ draft }) => draft.site.name === from)
  if (to !== hub.site.name || !sender) return []
  return spokes.filter((spoke) => spoke !== sender && passes(facts, spoke, sender)).flatMap(({ draft }) => draft.site.cidrs)
}

function reasonOf({ facts }: Star, passing: number, pairs: number): Reason {
  const because = facts ? `${facts.transit.source}${facts.transit.unverified ? ' (not confirmed)' : ''}` : 'its provider describes no hub'
  return { about: 'transit', chosen: passing === pairs ? 'its spokes reach each other' : passing === 0 ? 'its spokes do not reach each other' : `${passing} of ${pairs} pairs of spokes reach each other`, because }
}

function noTransit({ hub, facts }: Star, drafts: readonly DraftSite[]): Finding {
  const able = drafts.filter((draft) => isHub(draft.provider) && draft.provider.hub.transit.value).map((draft) => draft.site.name)
  const ways = [...(able.length > 0 ? [`make ${able.join(' or ')} the hub`] : []), 'use topology: full-mesh', ...(facts?.instead === undefined ? [] : [facts.instead])]
  return finding('TRANSIT_NOT_AVAILABLE', 'topology.hub', {
    title: `${hub.site.name} does not pass routes from one spoke to another.`,
    hint: `${ways.join(', or ')}, if spokes are to reach each other.`,
    facts: { able },
  })
}

function partlyTransit({ hub }: Star, apart: readonly (readonly [Spoke, Spoke])[]): Finding {
  const names = (spoke: Spoke): string => spoke.draft.site.name
  const fixed = [...new Set(apart.flat().filter(({ routing }) => routing === 'static').map(names))].sort()
  return finding('TRANSIT_NOT_AVAILABLE', 'topology.hub', {
    title: `${hub.site.name} passes no routes between ${apart.map((pair) => pair.map(names).join(' and ')).join(', nor between ')}.`,
    why: `what spokes with static routing are told does not reach every other: ${fixed.join(', ')}.`,
    hint: `use routing: bgp on the links of ${fixed.join(' and ')}, or link these spokes with each other as well (topology: full-mesh).`,
    facts: { apart: apart.map((pair) => pair.map(names)) },
  })
}
