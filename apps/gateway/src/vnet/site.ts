import type { CloudCatalogue } from '../cloud/catalogue.ts'
import { Problem } from '../http/problem.ts'
import type { Vnet } from './vnet.ts'

/** A vNet as a site of an order, named after its uid. */
export interface VnetSite {
  readonly name: string
  readonly site: Readonly<Record<string, unknown>>
}

/**
 * A vNet as a site of an order.
 *
 * @param settings what a VPN says of this end: ASN and options of the cloud
 * @throws Problem CONFLICT when its connection is not known any more
 */
export function siteOf(vnet: Vnet, clouds: CloudCatalogue, settings: Readonly<Record<string, unknown>> = {}): VnetSite {
  const connection = clouds.connection(vnet.connection)
  if (!connection) throw new Problem('CONFLICT', `the connection ${vnet.connection} of vNet ${vnet.name} does not exist; is the provider of its cloud loaded?`)
  const { cloud, region } = connection
  if (vnet.adopted) return { name: vnet.uid, site: { cloud, region, ...vnet.adopted, ...settings } }
  const subnets = vnet.subnets.map(({ uid, cidr, zone }) => ({ name: uid, cidr, purpose: 'workload', ...(zone === '' ? {} : { zone }) }))
  const gateway = clouds.networkFacts(cloud)?.gatewaySubnet?.value
  const forGateway = vnet.gatewaySubnet === undefined || !gateway ? [] : [{ name: gateway.name ?? 'gateway', cidr: vnet.gatewaySubnet, purpose: 'gateway' }]
  return {
    name: vnet.uid,
    site: {
      cloud,
      region,
      ...(vnet.cidr === '' ? { cidrs: vnet.subnets.map(({ cidr }) => cidr) } : { cidr: vnet.cidr }),
      subnets: [...subnets, ...forGateway],
      ...settings,
    },
  }
}

/** An order of one vNet that is linked to nothing. */
export function orderOfVnet(order: string, vnet: Vnet, clouds: CloudCatalogue): object {
  const { name, site } = siteOf(vnet, clouds)
  return { name: order, topology: { links: [] }, sites: { [name]: site } }
}
