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
 * @throws Problem CONFLICT when its connection is not known any more, or nobody knows how a VPN could use the network
 */
export function siteOf(vnet: Vnet, clouds: CloudCatalogue, settings: Readonly<Record<string, unknown>> = {}): VnetSite {
  const connection = clouds.connection(vnet.connection)
  if (!connection) throw new Problem('CONFLICT', `the connection ${vnet.connection} of vNet ${vnet.name} does not exist; is the provider of its cloud loaded?`)
  const { cloud, region } = connection
  if (vnet.origin === 'registered' && !vnet.adopted) throw new Problem('CONFLICT', `vNet ${vnet.name} cannot have a VPN: ${vnet.unsuitable ?? 'it is being registered'}`)
  const gateway = clouds.networkFacts(cloud)?.gatewaySubnet?.value
  const forGateway = vnet.gatewaySubnet === undefined || !gateway ? [] : [{ name: gateway.name ?? 'gateway', cidr: vnet.gatewaySubnet, purpose: 'gateway' }]
  if (vnet.adopted) {
    const found: unknown = vnet.adopted['subnets']
    return { name: vnet.uid, site: { cloud, region, ...vnet.adopted, ...(forGateway.length > 0 && Array.isArray(found) ? { subnets: [...found, ...forGateway] } : {}), ...settings } }
  }
  const subnets = vnet.subnets.map(({ uid, cidr, zone }) => ({ name: uid, cidr, purpose: 'workload', ...(zone === '' ? {} : { zone }) }))
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
