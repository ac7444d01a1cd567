import type { Fact, NetworkFacts } from './facts.ts'

/** Things every cloud has, or lacks, under a name of its own; with what each is, for the head of a table. */
export const networkConcepts = {
  vNet: 'private network of a site',
  subnet: 'part of a vNet that machines are put into',
  routeTable: 'where a subnet learns its next hops',
  internetGateway: 'way from a vNet to the internet and back',
  natGateway: 'way from private addresses out to the internet',
  publicAddress: 'public address that can be kept and moved',
  securityGroup: 'stateful filter at a machine',
  networkAcl: 'stateless filter at a subnet',
  peering: 'direct link of two vNets of the same cloud',
  transit: 'router in the middle of many vNets and sites',
  vpnGateway: 'the cloud’s own end of IPsec tunnels',
  peerGateway: 'what the cloud is told about the other end',
  vpnConnection: 'object that stands for the tunnels to one peer',
  dedicatedLine: 'private line from the cloud to a site',
} as const

/** A thing in the matching table of terms. */
export type NetworkConcept = keyof typeof networkConcepts

/** A cloud's own words, as its console and documents write them; null where it has no such thing, or none is known. */
export type NetworkTerms = Readonly<Record<NetworkConcept, string | null>>

/** Where a region is, to be shown on a map. */
export interface Location {
  /** City or area, with its country: `Seoul, South Korea`. */
  readonly display: string
  /** Degrees north of the equator, of the city and not of a data centre. */
  readonly latitude: number
  /** Degrees east of Greenwich. */
  readonly longitude: number
}

/** Locations by region. */
export type Locations = Fact<Readonly<Record<string, Location>>>

/** Locations from rows of name, latitude and longitude, which are easier to read side by side. */
export function locationsFrom(rows: Readonly<Record<string, readonly [display: string, latitude: number, longitude: number]>>): Record<string, Location> {
  return Object.fromEntries(Object.entries(rows).map(([region, [display, latitude, longitude]]) => [region, { display, latitude, longitude }]))
}

/**
 * A cloud that Isthmus knows but cannot build in: its networks are designed and checked like any other's, and what cannot be
 * ordered is refused with the reason.
 */
export interface CloudFacts {
  /** Short lower-case name that orders use as `cloud`. */
  readonly id: string
  /** Name for people. */
  readonly title: string
  readonly network: NetworkFacts
  readonly terms: Fact<NetworkTerms>
  readonly locations?: Locations
  /** Why no VPN can be ordered there, as one clause without a full stop, and what to do instead, as one imperative clause. */
  readonly vpn: Fact<{ readonly reason: string; readonly instead: string }>
}
