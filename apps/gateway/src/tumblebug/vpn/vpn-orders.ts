import type { z } from 'zod'
import type { CloudCatalogue } from '../../cloud/catalogue.ts'
import { Problem } from '../../http/problem.ts'
import type { Stored } from '../../store/index.ts'
import type { Vnet } from '../../vnet/vnet.ts'
import type { VpnEndOrder, VpnOrder } from '../../vpn/draft-vpn.ts'
import { wishesFor, type InsideWish } from '../../vpn/inside-wishes.ts'
import type { siteProperty, vpnEnd, vpnRequest } from './vpn-models.ts'

/**
 * An order for a VPN from the body of any generation of clients: ends by vNet id, or as the list of sites shows them.
 *
 * @throws Problem NOT_FOUND for a vNet that is not there, PARAMETER_INVALID for one that is in another cloud
 */
export function vpnOrderOf({ name, site1, site2 }: z.output<typeof vpnRequest>, vnets: readonly Stored<Vnet>[], clouds: CloudCatalogue): VpnOrder {
  const [one, other] = [readEnd('site1', site1, vnets, clouds), readEnd('site2', site2, vnets, clouds)]
  const insideWishes = [...wishesOf('site1', one, other), ...wishesOf('site2', other, one)]
  return { name, ends: [one.order, other.order], generation: 'vNetId' in site1 ? 'vnet' : 'site', ...(insideWishes.length > 0 ? { insideWishes } : {}) }
}

/** An end of the order, and what its client says of its cloud. */
interface ReadEnd {
  readonly order: VpnEndOrder
  readonly cloud: string
  readonly own: z.output<typeof siteProperty> | undefined
}

function readEnd(site: string, end: z.output<typeof vpnEnd>, vnets: readonly Stored<Vnet>[], clouds: CloudCatalogue): ReadEnd {
  const found = 'vNetId' in end
    ? vnets.find(({ id }) => id === end.vNetId)
    : vnets.find(({ id, doc }) => [id, doc.csp.id, doc.csp.name].includes(end.vnet) && (end.connectionName === undefined || doc.connection === end.connectionName))
  if (!found) throw new Problem('NOT_FOUND', `does not exist, vNet: ${'vNetId' in end ? end.vNetId : end.vnet}`)
  const cloud = clouds.connection(found.doc.connection)?.cloud ?? ''
  if (!('vNetId' in end) && cloud !== '' && end.csp.toLowerCase() !== cloud) throw new Problem('PARAMETER_INVALID', `${site}.csp: vNet ${found.id} is in ${cloud} and not in ${end.csp}; give ${cloud}, or another vNet`)
  if (!('vNetId' in end)) return { cloud, own: undefined, order: { vnet: found.id, settings: {}, gatewaySubnet: end.gatewaySubnetCidr } }
  // Clients send properties for other clouds too, mostly empty ones; only those of the vNet's own cloud count.
  const own = Object.entries(end.cspSpecificProperty ?? {}).find(([name]) => name.toLowerCase() === cloud)?.[1]
  const settings = { ...(own?.bgpAsn ? { asn: Number(own.bgpAsn) } : {}), ...(own?.vpnSku ? { sku: own.vpnSku } : {}) }
  return { cloud, own, order: { vnet: found.id, settings, gatewaySubnet: own?.gatewaySubnetCidr } }
}

function wishesOf(site: string, { cloud, own }: ReadEnd, opposite: ReadEnd): InsideWish[] {
  return wishesFor(opposite.cloud, own?.bgpPeeringCidrs, `${site}.cspSpecificProperty.${cloud}.bgpPeeringCidrs`)
}
