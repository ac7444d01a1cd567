import type { CipherOffer } from '../ipsec/policy.ts'
import type { AsnRules, DpdRules, InitiationRules, InsideRules, KeyRules, LifetimeRules, Quota } from './facts.ts'

/** How routes reach the other end. */
export type RoutingMode = 'bgp' | 'static'

/**
 * What the gateway of one site brings to any link. It never mentions another cloud: the planner turns two offers into a
 * deal without knowing whose they are.
 */
export interface Offer {
  /** One entry per routing mode the gateway can do, in order of preference. */
  readonly routing: readonly RoutingOffer[]
  readonly ciphers: CipherOffer
  readonly lifetimes: LifetimeRules
  readonly dpd: DpdRules
  readonly key: KeyRules
  readonly asn: AsnRules
  readonly inside: InsideOffer
  readonly initiation: InitiationRules
  /** Quotas of the gateway as facts say; a site's `limits` override them. */
  readonly quotas: { readonly connections?: Quota; readonly tunnels?: Quota }
}

/** What a gateway brings in one routing mode. */
export interface RoutingOffer {
  readonly mode: RoutingMode
  readonly outside: OutsideOffer
  readonly grouping: Grouping
  readonly legs: LegRules
  /** True where the cloud puts no addresses inside a tunnel in this mode, so that the other end may choose any. */
  readonly insideUnused?: true
  /** Present where two gateways of this same cloud cannot be linked in this mode: what to do instead. */
  readonly notWithItself?: string
  /** Present where two gateways of this same cloud are linked in a way of their own in this mode. */
  readonly kin?: KinOffer
}

/** How a gateway is linked with another one of its own cloud, in place of what it offers to all others. */
export interface KinOffer {
  /** Two gateways are linked this way only where this is equal at both, such as their region. */
  readonly scope: string
  /** What to do where it is not equal. */
  readonly otherwise: string
  /** Name under which the gateway fragment exports what the other end is told instead of outside addresses: `kin` of its half. */
  readonly export: string
  readonly legs: LegRules
  /** In place of the offer's own. */
  readonly grouping?: Grouping
  /** True where the cloud itself finds the addresses inside such tunnels. */
  readonly insideUnused?: true
}

/**
 * Where outside (public) addresses come from.
 *
 * - `gateway`: they belong to the gateway and are known before any link exists. `exports` are the names under which the
 *   gateway fragment exports them, in slot order.
 * - `connection`: they come into being on a connection object, after the peer's address is known, `perPeerAddress` at a
 *   time. The link fragment exports them as `address_<tunnel id>`, such as `address_00`.
 */
export type OutsideOffer =
  | { readonly known: 'gateway'; readonly exports: readonly string[] }
  | { readonly known: 'connection'; readonly perPeerAddress: number }

/**
 * How tunnels fall into the cloud's connection objects: one object per `tunnel`, one per `peer-address` (with every leg to
 * that address in it), one per `pair` of legs from different local addresses, or one for the whole `link`.
 */
export type Grouping = 'tunnel' | 'peer-address' | 'pair' | 'link'

/** What a set of legs (local address, peer address) must satisfy at this end. */
export interface LegRules {
  /** Every local address tries every peer address it is told of; legs that the deal does not use stand idle. */
  readonly meetsEveryPeer: boolean
  /** At most one leg may end at each peer address. */
  readonly onePerPeerAddress: boolean
  /** At most one leg may start at each local address, because a peer ASN may occur once per local address. */
  readonly onePerLocalAddress: boolean
  /** All legs must end at one peer address. */
  readonly onePeerOnly: boolean
  /** Legs come in pairs that start at different local addresses. */
  readonly inPairs: boolean
}

/** Inside addresses, where a gateway has them: the facts' rules, and the blocks each local address is ready for. */
export interface InsideOffer extends InsideRules {
  /** Usable /30 blocks per local slot where the gateway was made with a fixed pool; free choice when left out. */
  readonly pools?: readonly (readonly string[])[]
}
