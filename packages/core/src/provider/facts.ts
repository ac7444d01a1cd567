import type { DhGroup, Encryption, Integrity, PfsGroup, Prf } from '../ipsec/vocabulary.ts'
import type { Locations, NetworkTerms } from './terms.ts'

/** A statement about a cloud, with where it was read and when. */
export interface Fact<T> {
  readonly value: T
  /** Document, source file or page that says so, precise enough to be found again. */
  readonly source: string
  /** Day it was last checked there, `YYYY-MM-DD`. */
  readonly checked: string
  /** True while nobody has seen it confirmed; such a fact is only used behind a safe default. */
  readonly unverified?: true
}

/** Bounds of a prefix length, both included. `min` is the shortest prefix (the largest network). */
export interface PrefixBounds {
  readonly min: number
  readonly max: number
}

/** Rules of a cloud's virtual networks and subnets. Address blocks are written as CIDR strings. */
export interface NetworkFacts {
  readonly vnet: {
    /** Blocks a network must lie in. */
    readonly ranges: Fact<readonly string[]>
    /** Blocks a network must not touch in either direction. */
    readonly reserved: Fact<readonly string[]>
    readonly prefix: Fact<PrefixBounds>
    /** False where the network itself has no addresses and only its subnets do. */
    readonly hasCidr: Fact<boolean>
  }
  readonly subnet: {
    readonly prefix: Fact<PrefixBounds>
    /** Addresses of each subnet that the cloud keeps for itself. */
    readonly reservedAddresses: Fact<number>
    /** Whether a subnet lives in one zone (`zone`) or spans its region (`region`). */
    readonly scope: Fact<'zone' | 'region'>
  }
  /** Present where the VPN gateway needs a subnet of its own. */
  readonly gatewaySubnet?: Fact<{
    /** Exact, case-sensitive name; absent where any name will do. */
    readonly name?: string
    /** Longest prefix (smallest subnet) that is allowed. */
    readonly maxPrefix: number
  }>
  /** Regions by name, each with its zones as the cloud names them. */
  readonly regions: Fact<Readonly<Record<string, readonly string[]>>>
  /**
   * Present where whoever runs such a cloud names its regions and zones: `regions` are then only what they are called when nobody
   * does, any other name is taken as it is, and a region that is not among them has the zones that the order gives, or none.
   */
  readonly regionsNamedByOperator?: Fact<true>
}

/** A cloud's own spelling of each transform it accepts, by neutral name. A transform that is absent is not offered. */
export interface CipherFacts {
  readonly phase1: Fact<{
    readonly encryption: Readonly<Partial<Record<Encryption, string>>>
    readonly integrity: Readonly<Partial<Record<Integrity, string>>>
    /** How the PRF is named where it can be chosen; with an AEAD some clouds name it by an integrity value. */
    readonly prf: Readonly<Partial<Record<Prf, string>>>
    readonly dhGroup: Readonly<Partial<Record<DhGroup, string | number>>>
  }>
  readonly phase2: Fact<{
    readonly encryption: Readonly<Partial<Record<Encryption, string>>>
    readonly integrity: Readonly<Partial<Record<Integrity, string>>>
    readonly pfs: Readonly<Partial<Record<PfsGroup, string | number>>>
  }>
}

/** A limit of the cloud. */
export interface Quota {
  readonly limit: number
  /** Whether the cloud raises it on request. */
  readonly adjustable: boolean
}

/** Everything Isthmus knows about a cloud as data. */
export interface ProviderFacts {
  /** Name for people: `Acme Cloud`. */
  readonly title: string
  readonly network: NetworkFacts
  /** The cloud's own words for what networks are made of. */
  readonly terms: Fact<NetworkTerms>
  /** Where each of its regions is. */
  readonly locations?: Locations
  readonly ciphers: CipherFacts
  /** Lifetimes in seconds: one number where fixed. */
  readonly lifetimes: Fact<LifetimeRules>
  readonly dpd: Fact<DpdRules>
  readonly key: Fact<KeyRules>
  readonly asn: Fact<AsnRules>
  readonly inside: Fact<InsideRules>
  readonly initiation: Fact<InitiationRules>
  /** Quotas of one gateway; absent where the cloud states none. */
  readonly quotas: { readonly connections?: Fact<Quota>; readonly tunnels?: Fact<Quota> }
  /** Typical durations by resource type, in seconds; the simulator divides them by its speed. */
  readonly durations: Fact<Readonly<Record<string, { readonly create: number; readonly delete: number }>>>
}

/** A lifetime that is fixed (a number of seconds) or that may be chosen inside bounds (seconds, included). */
export type LifetimeRule = number | { readonly min: number; readonly max: number }

/** Lifetimes of the IKE SA and the CHILD SA. */
export interface LifetimeRules {
  readonly phase1: LifetimeRule
  readonly phase2: LifetimeRule
}

/** Dead peer detection: bounds of the time-out in seconds, or `fixed` where the cloud does not let it be set. */
export type DpdRules = { readonly timeout: { readonly min: number; readonly max: number } } | 'fixed'

/** What a cloud accepts as a pre-shared key. */
export interface KeyRules {
  readonly minLength: number
  readonly maxLength: number
  /** Every allowed character, once each. */
  readonly alphabet: string
  /** Characters allowed at the start; the whole alphabet when left out. */
  readonly firstCharacters?: string
  /** `connection` where one object, and so one key, covers several tunnels. */
  readonly per: 'tunnel' | 'connection'
}

/** Inclusive range of autonomous system numbers. */
export type AsnRange = readonly [first: number, last: number]

/** Autonomous system numbers a cloud accepts. */
export interface AsnRules {
  /** For its own gateway. */
  readonly own: readonly AsnRange[]
  /** Never for its own gateway, although inside `own`. */
  readonly ownReserved: readonly AsnRange[]
  /** Never for the peer of a tunnel. */
  readonly peerReserved: readonly AsnRange[]
}

/** Rules for the addresses inside a tunnel. */
export interface InsideRules {
  /** Blocks from which this end's inside addresses may come. */
  readonly ranges: readonly string[]
  /** Blocks inside `ranges` that are refused. */
  readonly reserved: readonly string[]
  /** Which host of the /30 this end takes: the `first` or the `second`, or `any` where both may be told. */
  readonly owner: 'first' | 'second' | 'any'
}

/** Who may start IKE. */
export interface InitiationRules {
  readonly canInitiate: boolean
  /** False where the end always starts by itself and cannot be told to wait. */
  readonly canWait: boolean
}
