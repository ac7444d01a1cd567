import type { Cidr, IpAddress } from '../address/cidr.ts'
import type { Suite } from '../ipsec/vocabulary.ts'
import type { KeyRules } from '../provider/facts.ts'
import type { RoutingMode } from '../provider/offer.ts'

/** Everything two ends must share for one link, and the reasons. Made from two offers without knowing whose they are. */
export interface Deal {
  /** Name of the link. */
  readonly link: string
  readonly a: DealEnd
  readonly b: DealEnd
  readonly routing: RoutingMode
  readonly suite: Suite
  readonly tunnels: readonly DealTunnel[]
  /** Why each thing is as it is, in the order of decision. */
  readonly reasons: readonly Reason[]
}

/** What a deal says of one end. */
export interface DealEnd {
  readonly site: string
  readonly asn: number
  /** Blocks the other end routes here: the site's own, and what its gateway passes on. */
  readonly prefixes: readonly Cidr[]
  /** Those of them that are networks of other sites; present where a hub passes them on. */
  readonly passedOn?: readonly Cidr[]
  /** Seconds. */
  readonly lifetimes: { readonly phase1: number; readonly phase2: number }
  /** Seconds; undefined where this end cannot be told. */
  readonly dpdTimeout: number | undefined
  readonly initiates: boolean
}

/** One tunnel of a deal. */
export interface DealTunnel {
  /** Slots of `a` and `b`, such as `01`; unique in the link. */
  readonly id: string
  readonly slots: { readonly a: number; readonly b: number }
  readonly inside: { readonly cidr: Cidr; readonly a: IpAddress; readonly b: IpAddress }
  /** Name and version of its pre-shared key. */
  readonly key: string
}

/** A decision in words, for `explain`. */
export interface Reason {
  /** What was decided: `routing`, `wiring`, `phase1.encryption`, `asn`, `inside`, ... */
  readonly about: string
  readonly chosen: string
  readonly because: string
}

/** A pre-shared key that tunnels of an order need, with the rules of every end that uses it. */
export interface NeededKey {
  /** As in {@link DealTunnel.key}. */
  readonly name: string
  /** The name without its version. */
  readonly tunnel: string
  readonly version: number
  readonly rules: readonly KeyRules[]
}

/**
 * Numbers of an earlier plan of the same order that must stay as they are, so that a new site or link changes nothing that
 * exists. Kept by whoever keeps the order.
 */
export interface Agreed {
  /** Autonomous system numbers by site. */
  readonly asns: Readonly<Record<string, number>>
  /** Inside blocks by link and tunnel id. */
  readonly inside: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** By link: how small it was made because a gateway was short of quota. Links that are as large as they can be are left out. */
  readonly fitted?: Readonly<Record<string, FittedLink>>
}

/** What a link that was made smaller takes, in the routing mode it had: connection objects at its two ends, and tunnels. */
export interface FittedLink {
  readonly routing: RoutingMode
  readonly a: number
  readonly b: number
  readonly tunnels: number
}
