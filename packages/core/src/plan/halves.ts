import { KeyReference, Import, type Value } from '../stack/value.ts'
import type { Half, HalfTunnel } from '../provider/half.ts'
import type { Grouping, RoutingOffer } from '../provider/offer.ts'
import { gatewayFragment, linkFragment } from '../provider/site.ts'
import type { Deal, DealTunnel } from './deal.ts'
import type { Leg } from './wiring.ts'

type End = 'a' | 'b'

const opposite: Readonly<Record<End, End>> = { a: 'b', b: 'a' }

/** Id of a tunnel as one end writes it: own slot first. */
export function tunnelId(leg: Leg, end: End): string {
  return `${leg[end]}${leg[opposite[end]]}`
}

/** The half of a deal that one end's provider makes. */
export function halfOf(deal: Deal, end: End, order: string, offers: { readonly a: RoutingOffer; readonly b: RoutingOffer }): Half {
  const own = deal[end]
  const peer = deal[opposite[end]]
  const name = `${own.site}--${peer.site}`
  const { kin } = offers[opposite[end]]
  const routing = { mode: deal.routing, localAsn: own.asn, peerAsn: peer.asn, peerPrefixes: peer.prefixes }
  return {
    link: deal.link,
    name,
    label: `${order}-${name}`,
    routing,
    suite: deal.suite,
    lifetimes: own.lifetimes,
    dpdTimeout: own.dpdTimeout,
    initiates: own.initiates,
    ...(kin ? { kin: new Import(gatewayFragment(peer.site), kin.export) } : {}),
    connections: groupLegs(deal.tunnels.map((tunnel) => tunnel.slots), end, offers).map(({ id, legs }) => ({
      id,
      tunnels: legs.flatMap((leg) => deal.tunnels.filter((tunnel) => tunnel.slots === leg).map((tunnel) => halfTunnel(deal, tunnel, end, offers))),
    })),
  }
}

function halfTunnel(deal: Deal, tunnel: DealTunnel, end: End, offers: { readonly a: RoutingOffer; readonly b: RoutingOffer }): HalfTunnel {
  const other = opposite[end]
  return {
    id: tunnelId(tunnel.slots, end),
    localSlot: tunnel.slots[end],
    peerSlot: tunnel.slots[other],
    peerAddress: outsideAddress(deal, tunnel.slots, other, offers[other]),
    inside: { cidr: tunnel.inside.cidr, local: tunnel.inside[end], peer: tunnel.inside[other] },
    key: new KeyReference(tunnel.key),
  }
}

function outsideAddress(deal: Deal, leg: Leg, end: End, offer: RoutingOffer): Value {
  const { site } = deal[end]
  if (offer.outside.known === 'connection') return new Import(linkFragment(deal.link, site), `address_${tunnelId(leg, end)}`)
  return new Import(gatewayFragment(site), offer.outside.exports[leg[end]] ?? '')
}

/** A connection object and the legs in it. */
interface LegGroup {
  readonly id: string
  readonly legs: readonly Leg[]
}

/** How the legs of a wiring fall into connection objects at one end. */
export function groupLegs(legs: readonly Leg[], end: End, offers: { readonly a: RoutingOffer; readonly b: RoutingOffer }): LegGroup[] {
  const grouping: Grouping = offers[end].grouping
  if (grouping === 'tunnel') return legs.map((leg) => ({ id: tunnelId(leg, end), legs: [leg] }))
  if (grouping === 'pair') return pairsOf(legs, end)
  if (grouping === 'link') return [{ id: 'all', legs }]
  const peerIsFresh = offers[opposite[end]].outside.known === 'connection'
  const groups = new Map<string, Leg[]>()
  for (const leg of legs) {
    const id = peerIsFresh ? tunnelId(leg, end) : `${leg[opposite[end]]}`
    groups.set(id, [...(groups.get(id) ?? []), leg])
  }
  return [...groups].map(([id, members]) => ({ id, legs: members }))
}

/** Legs from different local addresses, two by two, to different peer addresses where possible; what finds no partner stands alone. */
function pairsOf(legs: readonly Leg[], end: End): LegGroup[] {
  const first = Math.min(...legs.map((leg) => leg[end]))
  const other = opposite[end]
  const rest = legs.filter((leg) => leg[end] !== first)
  const pairs = legs
    .filter((leg) => leg[end] === first)
    .map((leg) => {
      const partner = rest.find((item) => item[other] !== leg[other]) ?? rest[0]
      if (partner) rest.splice(rest.indexOf(partner), 1)
      return partner ? [leg, partner] : [leg]
    })
  return [...pairs, ...rest.map((leg) => [leg])].map((members) => ({ id: members.map((leg) => tunnelId(leg, end)).join('-'), legs: members }))
}

/** Tunnels that share a key because one connection object of an end, and so one key, covers them: leg to name of its group. */
export function keyGroups(legs: readonly Leg[], offers: { readonly a: RoutingOffer; readonly b: RoutingOffer }, shares: { readonly a: boolean; readonly b: boolean }): Map<Leg, string> {
  const group = new Map(legs.map((leg) => [leg, tunnelId(leg, 'a')]))
  for (const end of ['a', 'b'] as const) {
    if (!shares[end]) continue
    for (const { legs: members } of groupLegs(legs, end, offers)) {
      const names = new Set(members.map((leg) => group.get(leg)))
      const [name] = [...names].sort()
      if (name !== undefined) for (const [leg, current] of group) if (names.has(current)) group.set(leg, name)
    }
  }
  return group
}
