import { Cidr, type Fragment, IsthmusError, networkExport, ref, type Resource, type Site, type Value } from '@isthmus/core'
import { transitBlocks } from './facts.ts'
import { grouped, tagged } from './network.ts'
import type { IbmOptions } from './options.ts'

/** Everything a transit gateway does takes minutes, and one change waits for the other. */
const patience = { create: '30m', delete: '30m' } as const

/**
 * The transit gateway that learned routes reach the VPC through, with the VPC and the VPN gateway attached.
 *
 * The attachment of the VPN gateway belongs here and not to a link: a gateway attaches once, to one transit gateway, while links
 * come and go in stacks of their own, and none of them knows whether it is the first or the last.
 */
export function transit(site: Site<IbmOptions>, vpnGateway: string): Resource[] {
  const { transitGateway, attachGateway } = site.options
  const gateway: Value = transitGateway ?? ref(`ibm_tg_gateway.${site.name}`, 'id')
  const vpc = attachment(site, 'vpc', { gateway, network_type: 'vpc', network_id: networkExport(site, 'vpc_crn') })
  const vpn = attachment(site, 'vpn', { gateway, network_type: 'vpn_gateway', network_id: ref(vpnGateway, 'crn'), cidr: transitCidr(site).toString() })
  return [
    ...(transitGateway === undefined ? [transitGatewayOf(site)] : []),
    vpc,
    // A transit gateway takes one change at a time.
    ...(attachGateway ? [{ ...vpn, dependsOn: [`${vpc.type}.${vpc.name}`] }] : []),
  ]
}

/**
 * The block of the GRE tunnels between VPN gateway and transit gateway: the user's, or the first candidate that the site's own
 * network leaves free. The candidates are ends of the private ranges, where designed networks come last.
 *
 * @throws IsthmusError CONTRACT_BROKEN where the site uses all of them
 */
export function transitCidr(site: Pick<Site<IbmOptions>, 'name' | 'cidrs' | 'options'>): Cidr {
  if (site.options.transitCidr !== undefined) return Cidr.of(site.options.transitCidr)
  const free = transitBlocks.value.candidates.map((block) => Cidr.of(block)).find((block) => !site.cidrs.some((cidr) => cidr.overlaps(block)))
  if (!free) throw new IsthmusError('CONTRACT_BROKEN', `Site ${site.name} leaves no block free for its transit gateway; set transitCidr.`)
  return free
}

function transitGatewayOf(site: Site<IbmOptions>): Resource {
  return {
    type: 'ibm_tg_gateway',
    name: site.name,
    body: { name: site.label, location: site.region, global: false, ...grouped(site), ...tagged(site), timeouts: patience },
  }
}

function attachment(site: Site<IbmOptions>, kind: 'vpc' | 'vpn', body: Fragment['exports']): Resource {
  return { type: 'ibm_tg_connection', name: `${site.name}--${kind}`, body: { name: `${site.label}--${kind}`, ...body, timeouts: patience } }
}
