import { parseCidr } from '../address/index.ts'
import type { Known, ResourceView } from '../agreement/end-view.ts'
import type { Finding } from '../finding/finding.ts'
import type { Fragment } from '../stack/fragment.ts'

/** A network read back from one cloud's resources or data sources, in neutral form. Plain JSON, so it can be kept. */
export interface NetworkView {
  /** Id of the provider that read it. */
  readonly cloud: string
  /** Name of the resource in its stack; in a stack of Isthmus that is the name of the site. */
  readonly site: string
  /** Address of the resource, or of the data source with `data.` in front. */
  readonly address: string
  /** The cloud's own id; its token while the network is not there. */
  readonly id: Known<string>
  /** The cloud's name of it; empty where it has none. */
  readonly name: Known<string>
  /** Address blocks as CIDR strings; those of the subnets in a cloud whose networks have no blocks of their own. */
  readonly cidrs: readonly string[]
  /** In the order of their addresses. */
  readonly subnets: readonly SubnetView[]
  /** What else {@link ExistingNetworks.adopt} of the same provider needs; nobody else reads it. */
  readonly details: Readonly<Record<string, NetworkDetail>>
}

/** One of the {@link NetworkView.details}; what is not known yet is left out. */
export type NetworkDetail = string | readonly string[] | Readonly<Record<string, string>>

/** A subnet of a {@link NetworkView}. */
export interface SubnetView {
  /** As the order calls it in a network of Isthmus, as the cloud does in any other. */
  readonly name: string
  readonly id: Known<string>
  readonly cidr: string
  /** Zone as the cloud names it; absent where subnets span the region. */
  readonly zone?: string
  /** `gateway` for a subnet that only the VPN gateway uses; absent where nothing tells. */
  readonly purpose?: 'workload' | 'gateway'
}

/** A network that is in a cloud already and is to be looked up. */
export interface NetworkReference<O = unknown> {
  /** Name that the site will have; the data sources get it too. */
  readonly name: string
  readonly region: string
  /** The cloud's own id of the network, in the form that {@link ExistingNetworks.id} describes. */
  readonly id: string
  /** Options of the site, as the provider's schema parsed them. */
  readonly options: O
}

/** How networks are used that are in the cloud already. */
export interface ExistingNetworks<O = unknown> {
  /** What an id looks like: a whole-text pattern, and one example for people. */
  readonly id: { readonly pattern: RegExp; readonly example: string }
  /**
   * Data sources, and nothing but data sources, that find a network with its subnets and all that {@link adopt} needs. The
   * provider's `networks` reads them back from the state. A stack of them owns nothing, so destroying it touches nothing.
   */
  lookup(reference: NetworkReference<O>): Fragment
  /**
   * What the OpenTofu provider says where {@link lookup} finds no network of that id: matched against summary and detail of each error.
   * Without it, a network that is gone cannot be told from a cloud that does not answer.
   */
  readonly missing?: RegExp
  /**
   * Fields of a site that use a network as it is: `cidrs`, `subnets`, `zones` and the provider's own, `existing` among them. They
   * go into an order beside `cloud` and `region`. A network that has no id yet gives `notApplied`.
   *
   * @param view as read by the same provider's `networks` from a state
   */
  adopt(view: NetworkView): Adopted
}

/** Fields of a site, or why the network cannot be used as it is. */
export type Adopted = { readonly ok: true; readonly site: Readonly<Record<string, unknown>> } | { readonly ok: false; readonly findings: readonly Finding[] }

/** What the order calls a subnet that Isthmus made: the resource's name behind that of the network. Undefined for any other. */
export function nameInSite(subnet: ResourceView, network: ResourceView): string | undefined {
  const prefix = `${network.name}--`
  return !subnet.type.startsWith('data.') && subnet.name.startsWith(prefix) ? subnet.name.slice(prefix.length) : undefined
}

/** Subnets in the order of their addresses, those of the other address family and unreadable ones behind. */
export function inAddressOrder(subnets: readonly SubnetView[]): SubnetView[] {
  const rank = ({ cidr }: SubnetView): string => {
    const parsed = parseCidr(cidr)
    return parsed.ok ? `${parsed.cidr.family} ${parsed.cidr.first.toString().padStart(40, '0')} ${parsed.cidr.prefix}` : `9 ${cidr}`
  }
  return [...subnets].sort((a, b) => (rank(a) < rank(b) ? -1 : 1))
}
