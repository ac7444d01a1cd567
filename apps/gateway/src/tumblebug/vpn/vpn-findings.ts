import type { Finding } from '@isthmus/core'
import type { CloudCatalogue } from '../../cloud/catalogue.ts'
import { refuseErrors } from '../../http/findings-text.ts'
import { isProblem } from '../../http/problem.ts'
import type { Stored } from '../../store/index.ts'
import type { Vnet } from '../../vnet/vnet.ts'
import type { VpnOrder } from '../../vpn/draft-vpn.ts'

/**
 * Work on a VPN that was asked for.
 *
 * @throws Problem FINDINGS that names the fields of the request, and not those of the order that was made of it
 */
export async function inWordsOfRequest<T>(order: VpnOrder, vnets: readonly Stored<Vnet>[], clouds: CloudCatalogue, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const findings = isProblem(error) ? (error.detail.findings ?? []) : []
    const fields = order.ends.flatMap(({ vnet }, index) => fieldsOf(order, `site${index + 1}`, vnets.find(({ id }) => id === vnet)?.doc, clouds))
    const told = findings.map((item) => inFields(item, fields))
    if (told.some(({ path }, index) => path !== findings[index]?.path)) refuseErrors(told)
    throw error
  }
}

/** A field of the order, and that of the request which it comes from. */
type Field = readonly [ofOrder: string, ofRequest: string]

function fieldsOf({ generation }: VpnOrder, site: string, vnet: Vnet | undefined, clouds: CloudCatalogue): Field[] {
  if (!vnet) return []
  const [of, own] = [`sites.${vnet.name}`, generation === 'site' ? site : `${site}.cspSpecificProperty.${clouds.connection(vnet.connection)?.cloud ?? ''}`]
  // The subnet of the gateway comes after all that the vNet has.
  return [[`${of}.asn`, `${own}.bgpAsn`], [`${of}.sku`, `${own}.vpnSku`], [`${of}.subnets[${vnet.subnets.length}].cidr`, `${own}.gatewaySubnetCidr`], [of, site]]
}

function inFields(item: Finding, fields: readonly Field[]): Finding {
  const [, place] = fields.find(([ofOrder]) => item.path === ofOrder || item.path.startsWith(`${ofOrder}.`)) ?? ['', item.path.startsWith('topology.') ? '' : item.path]
  // A sentence that begins with its place would say it twice.
  const said = (text: string): string => fields.reduce((result, [ofOrder, ofRequest]) => (ofOrder.split('.').length > 2 ? result.replaceAll(ofOrder, ofRequest) : result), text)
  const title = said(item.title)
  return { ...item, path: place, title: title.startsWith(`${place}: `) ? title.slice(place.length + 2) : title, hint: said(item.hint) }
}
