import type { DhGroup, Encryption, Integrity, PfsGroup, Prf } from '../ipsec/vocabulary.ts'
import type { RoutingMode } from '../provider/offer.ts'

/**
 * A value that may not be known yet. Before an apply many attributes are unknown; what is known then is which attribute of
 * which resource they will be, so `token` names it (`acme_connection.a--b--0.address`) and two ends can still be
 * compared: equal tokens are equal values.
 */
export type Known<T> = T | Token

/** Stands for an attribute whose value OpenTofu has not computed yet, or for a key whose value must not be shown. */
export interface Token {
  /** Address and attribute path, dotted: `acme_address.north-0.ip`. */
  readonly token: string
}

/** One resource, wherever it was read from. */
export interface ResourceView {
  /** Full address, such as `acme_connection.north--south--0`; with `data.` in front for a data source. */
  readonly address: string
  /** Resource type; with `data.` in front for a data source. */
  readonly type: string
  readonly name: string
  /**
   * Attributes as plain JSON values. A nested block is always an array of objects. Where a value is not known yet a
   * {@link Token} stands in its place: for a computed attribute of the resource itself, or of the one it refers to.
   */
  readonly values: Readonly<Record<string, unknown>>
  /** Which of the values OpenTofu calls sensitive: `true` for a whole value, else an object or list with its sensitive members. Only states say so. */
  readonly sensitive?: unknown
}

/** Resources to read ends from, indexed so that a reader can follow ids. */
export interface ResourceSet {
  readonly all: readonly ResourceView[]
  /** Resources of one type. */
  ofType(type: string): readonly ResourceView[]
  /**
   * The resource that a value points to: by token (`type.name.id`), or by the value of its `id`, `self_link`, `name` or `arn`.
   * `types` limits the search, which a bare name needs. Undefined where nothing fits.
   */
  follow(value: unknown, ...types: string[]): ResourceView | undefined
  /** Attribute of a resource: its value, or a token for it where the resource does not hold the attribute (it is computed). */
  attribute(resource: ResourceView, ...path: (string | number)[]): unknown
}

/** Names of the fields that two ends compare. */
export type EndField =
  | 'outside' | 'inside' | 'insidePrefix' | 'asn' | 'prefixes' | 'selectors' | 'routing' | 'ikeVersion' | 'key'
  | 'phase1.encryption' | 'phase1.integrity' | 'phase1.prf' | 'phase1.dhGroup' | 'phase1.lifetime'
  | 'phase2.encryption' | 'phase2.integrity' | 'phase2.pfs' | 'phase2.lifetime'
  | 'initiation'

/** Fields of which each end states two values: its own, and what it expects of the other. */
export type SidedField = 'outside' | 'inside' | 'asn' | 'prefixes' | 'selectors'

/** One side of such a field. */
export type Side = 'local' | 'peer'

/** One end of one tunnel, read back from the resources of one cloud. */
export interface EndView {
  /** Id of the provider that read it. */
  readonly cloud: string
  /** Address of the connection object that the end belongs to. */
  readonly connection: string
  /** Address of the resource that states a field, or one side of it, where it is not the connection itself. */
  readonly at: Readonly<Partial<Record<EndField | `${SidedField}.${Side}`, string>>>
  readonly outside: { readonly local: Known<string>; readonly peer: Known<string> }
  /** Inside addresses without prefix length; absent where this end has none. */
  readonly inside?: { readonly local: Known<string>; readonly peer: Known<string>; readonly prefix?: number }
  readonly routing: RoutingMode
  /** Present under BGP. */
  readonly asn?: { readonly local: Known<number>; readonly peer: Known<number> }
  /**
   * Address blocks: `local` this end's own network where its resources are at hand, empty where the gateway cannot reach it;
   * `peer` those it routes into the tunnel by itself. Under BGP only clouds state them whose networks do not learn, and other
   * tunnels of the gateway may be among them.
   */
  readonly prefixes?: { readonly local?: readonly Known<string>[]; readonly peer?: readonly Known<string>[] }
  /** Traffic selectors: addresses that may pass, on either side; `0.0.0.0/0` for all. Absent where the end does not say. */
  readonly selectors?: { readonly local: readonly string[]; readonly peer: readonly string[] }
  readonly ikeVersion: 1 | 2
  readonly phase1: {
    readonly encryption: readonly Encryption[]
    /** Empty with an AEAD. */
    readonly integrity: readonly Integrity[]
    readonly prf: readonly Prf[]
    readonly dhGroup: readonly DhGroup[]
    readonly lifetime: LifetimeView
  }
  readonly phase2: {
    readonly encryption: readonly Encryption[]
    readonly integrity: readonly Integrity[]
    readonly pfs: readonly PfsGroup[]
    readonly lifetime: LifetimeView
  }
  /** The pre-shared key as found, or the token of the variable it comes from. Never printed: comparisons say only whether two are equal. */
  readonly key: Known<string>
  /** True for an end that starts IKE, and starts it again after a loss. */
  readonly initiates: boolean
  /** True for a leg that the cloud brings up by itself beside the wanted ones and that may stand idle. */
  readonly mayIdle: boolean
  /** What the cloud reports, where it reports anything. */
  readonly status?: 'up' | 'down'
}

/** A lifetime in seconds, and whether this cloud lets it be chosen at all. */
export interface LifetimeView {
  readonly seconds: number
  readonly fixed: boolean
}
