import type { z } from 'zod'
import type { CloudCatalogue } from '../../cloud/catalogue.ts'
import { Problem } from '../../http/problem.ts'
import type { Stored } from '../../store/index.ts'
import type { Vnet } from '../../vnet/vnet.ts'
import type { VpnEndOrder, VpnOrder } from '../../vpn/vpns.ts'
import type { vpnEnd, vpnRequest } from './vpn-models.ts'

/**
 * An order for a VPN from the body of any generation of clients: ends by vNet id, or as the list of sites shows them.
 *
 * @throws Problem NOT_FOUND for a vNet that is not there
 */
export function vpnOrderOf({ name, site1, site2 }: z.output<typeof vpnRequest>, vnets: readonly Stored<Vnet>[], clouds: CloudCatalogue): VpnOrder {
  return { name, ends: [endOf(site1, vnets, clouds), endOf(site2, vnets, clouds)], generation: 'vNetId' in site1 ? 'vnet' : 'site' }
}

function endOf(end: z.output<typeof vpnEnd>, vnets: readonly Stored<Vnet>[], clouds: CloudCatalogue): VpnEndOrder {
  if (!('vNetId' in end)) {
    const found = vnets.find(({ id, doc }) => [id, doc.csp.id, doc.csp.name].includes(end.vnet) && (end.connectionName === undefined || doc.connection === end.connectionName))
    if (!found) throw new Problem('NOT_FOUND', `does not exist, vNet: ${end.vnet}`)
    return { vnet: found.id, settings: {}, gatewaySubnet: end.gatewaySubnetCidr }
  }
  const found = vnets.find(({ id }) => id === end.vNetId)
  if (!found) throw new Problem('NOT_FOUND', `does not exist, vNet: ${end.vNetId}`)
  const cloud = clouds.connection(found.doc.connection)?.cloud ?? ''
  // Clients send properties for other clouds too, mostly empty ones; only those of the vNet's own cloud count.
  const own = Object.entries(end.cspSpecificProperty ?? {}).find(([name]) => name.toLowerCase() === cloud)?.[1]
  return {
    vnet: found.id,
    settings: { ...(own?.bgpAsn ? { asn: Number(own.bgpAsn) } : {}), ...(own?.vpnSku ? { sku: own.vpnSku } : {}) },
    gatewaySubnet: own?.gatewaySubnetCidr,
  }
}
