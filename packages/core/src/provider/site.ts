import type { Cidr } from '../address/cidr.ts'
import { Import, type FragmentId } from '../stack/value.ts'

/** A subnet of a site. */
export interface Subnet {
  readonly name: string
  readonly cidr: Cidr
  /** Zone as the cloud names it; absent where subnets span the region. */
  readonly zone?: string
  /** `gateway` for the subnet that only the VPN gateway may use. */
  readonly purpose: 'workload' | 'gateway'
}

/** One vNet in one cloud and region, with every default filled in. `O` is what the provider's options parse to. */
export interface Site<O = unknown> {
  /** Name inside the order: `north`. */
  readonly name: string
  /** Name that is unique in an account: order and site, `mesh-north`. At most 37 characters of `[a-z0-9-]`. */
  readonly label: string
  /** Id of the provider. */
  readonly cloud: string
  readonly region: string
  /** Zones to spread over, in the order of the region's facts; empty where the region has none, or none are known. */
  readonly zones: readonly string[]
  /** Address blocks of the network, not overlapping each other. */
  readonly cidrs: readonly Cidr[]
  readonly subnets: readonly Subnet[]
  /** Present where no link ends at the site: it gets a network and no gateway, nor anything that only a gateway needs. */
  readonly unlinked?: true
  /** Autonomous system number of the gateway. */
  readonly asn: number
  readonly options: O
}

/** An exported value of a site's network fragment. */
export function networkExport(site: Pick<Site, 'name'>, name: string): Import {
  return new Import(networkFragment(site.name), name)
}

/** An exported value of a site's gateway fragment. */
export function gatewayExport(site: Pick<Site, 'name'>, name: string): Import {
  return new Import(gatewayFragment(site.name), name)
}

/** Id of a site's network fragment. */
export function networkFragment(site: string): FragmentId {
  return `network/${site}`
}

/** Id of a site's gateway fragment. */
export function gatewayFragment(site: string): FragmentId {
  return `gateway/${site}`
}

/** Id of the half of a link that a site's provider makes. */
export function linkFragment(link: string, site: string): FragmentId {
  return `link/${link}/${site}`
}
