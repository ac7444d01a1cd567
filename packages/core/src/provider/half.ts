import type { Cidr, IpAddress } from '../address/cidr.ts'
import type { Suite } from '../ipsec/vocabulary.ts'
import type { KeyReference, Value } from '../stack/value.ts'
import type { RoutingMode } from './offer.ts'

/** What all links of a site together ask of its gateway. */
export interface GatewayNeeds {
  /** Routing modes that links of this site use, sorted. At least one. */
  readonly modes: readonly RoutingMode[]
}

/**
 * One end's half of a deal: all a provider needs to make its side of a link, and nothing about which cloud is opposite.
 */
export interface Half {
  /** Name of the link: `north--south`. */
  readonly link: string
  /** This half's own name, own site first, unique over all halves: `south--north`. Resource names start with it. */
  readonly name: string
  /** The same behind the order's name, unique in an account; at most 59 characters of `[a-z0-9-]`. */
  readonly label: string
  readonly routing: HalfRouting
  readonly suite: Suite
  /** Lifetimes of this end in seconds. */
  readonly lifetimes: { readonly phase1: number; readonly phase2: number }
  /** Time-out of dead peer detection in seconds; undefined where this end cannot be told. */
  readonly dpdTimeout: number | undefined
  /** The other gateway, where both are of one cloud that links its own gateways in a way of their own; as its offer exports it. */
  readonly kin?: Value
  /** True when this end starts IKE; at least one end does. */
  readonly initiates: boolean
  /** The connection objects to make, as this end's grouping asks for. Every tunnel of the half is in exactly one. */
  readonly connections: readonly HalfConnection[]
}

/** Routing as one end sees it. */
export type HalfRouting =
  | { readonly mode: 'bgp'; readonly localAsn: number; readonly peerAsn: number; readonly peerPrefixes: readonly Cidr[] }
  | { readonly mode: 'static'; readonly localAsn: number; readonly peerAsn: number; readonly peerPrefixes: readonly Cidr[] }

/** One connection object of this end. */
export interface HalfConnection {
  /** Name unique in the half, from slots and never from list positions; append it to {@link Half.name}: `0`, `01`. */
  readonly id: string
  readonly tunnels: readonly HalfTunnel[]
}

/** One tunnel as one end sees it. */
export interface HalfTunnel {
  /** Name unique in the half: local slot and peer slot, `01`. Append it to {@link Half.name}. */
  readonly id: string
  /** Which of this end's outside addresses the tunnel starts at (index into the offer's addresses, or among fresh ones). */
  readonly localSlot: number
  /** Which of the peer's outside addresses it ends at; for an end whose addresses are fresh, the address the connection object is made for. */
  readonly peerSlot: number
  /** Outside address of the peer. */
  readonly peerAddress: Value
  /** Inside block and this end's and the peer's address in it. */
  readonly inside: { readonly cidr: Cidr; readonly local: IpAddress; readonly peer: IpAddress }
  readonly key: KeyReference
}
