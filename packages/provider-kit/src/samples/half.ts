import { Cidr, gatewayFragment, Import, KeyReference, linkFragment, type Half, type HalfConnection, type HalfRouting, type HalfTunnel, type RoutingMode, type Site, type Value } from '@isthmus/core'

/** What a half says of its own site. */
type End = Pick<Site, 'name' | 'asn'>

/** The network opposite: number of its gateway and its blocks. */
export interface SamplePeer {
  readonly asn: number
  readonly prefixes: readonly string[]
}

/** One tunnel by what tests choose of it. */
export interface SampleLeg {
  readonly localSlot: number
  readonly peerSlot: number
  /** Inside block. */
  readonly inside: string
  /** Which address of the inside block is this end's; the second when left out. */
  readonly localHost?: 1 | 2
  /** That of the peer's gateway, imported, when left out. */
  readonly peerAddress?: Value
  /** What follows the link in the name of the key, for a cloud that has one key for several tunnels; the slots of both ends when left out. */
  readonly key?: string
}

/** Name of the site opposite: a sample's order links `north` and `south`. */
export function peerOf({ name }: Pick<Site, 'name'>): string {
  return name === 'north' ? 'south' : 'north'
}

/** Routing of a half to a peer. */
export function routingTo(site: End, mode: RoutingMode, { asn, prefixes }: SamplePeer): HalfRouting {
  return { mode, localAsn: site.asn, peerAsn: asn, peerPrefixes: prefixes.map((text) => Cidr.of(text)) }
}

/** The half of the link `north--south` that a site's provider is given, named as a plan names it, with the lifetimes that a plan takes first. */
export function halfOf(site: End, parts: Pick<Half, 'routing' | 'suite' | 'connections'> & Partial<Half>): Half {
  const name = `${site.name}--${peerOf(site)}`
  return { link: linkOf(site), name, label: `mesh-${name}`, lifetimes: { phase1: 28_800, phase2: 3600 }, dpdTimeout: 45, initiates: true, ...parts }
}

/** One tunnel of a half. */
export function tunnelOf(site: Pick<Site, 'name'>, leg: SampleLeg): HalfTunnel {
  const { localSlot, peerSlot, localHost = 2, peerAddress = gatewayAddress(site, peerSlot) } = leg
  const cidr = Cidr.of(leg.inside)
  return {
    id: `${localSlot}${peerSlot}`,
    localSlot,
    peerSlot,
    peerAddress,
    inside: { cidr, local: cidr.host(localHost), peer: cidr.host(localHost === 1 ? 2 : 1) },
    key: new KeyReference(`${linkOf(site)}--${leg.key ?? slotsInOrder(site, leg)}@v1`),
  }
}

/** One tunnel for each pair of slots, own one first; the inside blocks are the first of `pool`. */
export function tunnelsOf(site: Pick<Site, 'name'>, slots: readonly (readonly [local: number, peer: number])[], pool: string, peerAddress = gatewayAddressOf): HalfTunnel[] {
  return slots.map(([localSlot, peerSlot], index) => tunnelOf(site, { localSlot, peerSlot, inside: String(Cidr.of(pool).child(30, index)), peerAddress: peerAddress(site, peerSlot, localSlot) }))
}

/** The connections of a cloud that makes one for each tunnel. */
export function singly(tunnels: readonly HalfTunnel[]): HalfConnection[] {
  return tunnels.map((tunnel) => ({ id: tunnel.id, tunnels: [tunnel] }))
}

/** Address of a peer that keeps its addresses at its gateway. */
export function gatewayAddress(site: Pick<Site, 'name'>, peerSlot: number): Value {
  return new Import(gatewayFragment(peerOf(site)), `address_${peerSlot}`)
}

/** Address of a peer that makes fresh ones with each connection. */
export function freshAddress(site: Pick<Site, 'name'>, peerSlot: number, localSlot: number): Value {
  return new Import(linkFragment(linkOf(site), peerOf(site)), `address_${peerSlot}${localSlot}`)
}

function gatewayAddressOf(site: Pick<Site, 'name'>, peerSlot: number, _localSlot: number): Value {
  return gatewayAddress(site, peerSlot)
}

/** A link and its keys are named by the ends in alphabetical order. */
function linkOf(site: Pick<Site, 'name'>): string {
  return [site.name, peerOf(site)].sort().join('--')
}

function slotsInOrder(site: Pick<Site, 'name'>, { localSlot, peerSlot }: SampleLeg): string {
  return site.name < peerOf(site) ? `${localSlot}${peerSlot}` : `${peerSlot}${localSlot}`
}
