import { type Attributes, type Behaviour, type CloudObject, type Context, Refusal } from '../../behaviour/behaviour.ts'
import { readCidr } from '../addresses.ts'
import { having, number, text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { defaultAsn, isUsableAsn } from './asn.ts'
import { apiError, demand, href, ibm, invalid } from './resource.ts'

const operation = 'CreateVPNGatewayWithContext'

/** VPN gateways of a zone; the nine of a region follow from its three zones. */
const gatewaysPerZone = 3

/** Addresses of a subnet that a gateway needs for itself; the cloud keeps five more. */
const longestPrefix = 28

export const vpnGateway: Behaviour = ibm({ noun: 'vpn-gateway', operation, scope: ['subnet'] }, validateGateway, {
  create(object, context) {
    const subnet = demand(context, 'ibm_is_subnet', object, 'subnet', operation)
    checkPlace(object, subnet, context)
    fillGateway(object, subnet, context)
  },
  update(prior, object, context) {
    if (prior['local_asn'] === object['local_asn'] || !attachmentOf(object, context)) return
    throw apiError('UpdateVPNGatewayWithContext', 'vpn_gateway_attached', `The local ASN of ${String(object['id'])} cannot be changed while it is attached to a transit gateway.`, 'local_asn')
  },
  remove(object, context) {
    const user = attachmentOf(object, context)
    if (user) throw apiError('DeleteVPNGatewayWithContext', 'vpn_gateway_in_use', `VPN gateway ${String(object['id'])} is attached to transit gateway ${String(user.attributes['gateway'])}.`)
  },
})

/** The VPC that a gateway's subnet is in. */
export function vpcOfGateway(gateway: Attributes, context: Context): CloudObject | undefined {
  return context.find('ibm_is_vpc', context.find('ibm_is_subnet', gateway['subnet'])?.attributes['vpc'])
}

/** Zone that a gateway is in. */
export function zoneOfGateway(gateway: Attributes, context: Context): unknown {
  return context.find('ibm_is_subnet', gateway['subnet'])?.attributes['zone']
}

/** The connection of a transit gateway that a gateway is attached by. */
export function attachmentOf(gateway: Attributes, context: Context): CloudObject | undefined {
  return having(context.list('ibm_tg_connection'), 'network_id', gateway['crn'])[0]
}

function validateGateway(config: Attributes): Refusal[] {
  const mode = text(config, 'mode')
  const asn = number(config, 'local_asn')
  return [
    ...(mode !== undefined && mode !== 'route' && mode !== 'policy' ? [invalid('mode', 'one of [route policy]', mode)] : []),
    ...(asn !== undefined && !isUsableAsn(asn) ? [new Refusal('Invalid local_asn', `ASN ${asn} is reserved and cannot be the local ASN of a VPN gateway.`, ['local_asn'])] : []),
  ]
}

function checkPlace(object: Attributes, subnet: CloudObject, context: Context): void {
  const block = readCidr(subnet.attributes['ipv4_cidr_block'])
  if (block && block.prefix > longestPrefix) {
    throw apiError(operation, 'cannot_reserve_ip_address', `Subnet ${subnet.id} (${block}) is too small for a VPN gateway; use /${longestPrefix} or larger.`, 'subnet')
  }
  const neighbours = context.list('ibm_is_vpn_gateway').filter(({ attributes }) => zoneOfGateway(attributes, context) === subnet.attributes['zone'])
  if (neighbours.length >= gatewaysPerZone) {
    throw apiError(operation, 'over_quota', `Zone ${String(subnet.attributes['zone'])} has ${neighbours.length} VPN gateways, which is its quota.`)
  }
  if (object['mode'] === 'policy') return
  const rival = neighbours.find(({ attributes }) => attributes['mode'] !== 'policy' && vpcOfGateway(attributes, context)?.id === subnet.attributes['vpc'])
  if (rival) throw apiError(operation, 'route_based_vpn_exists', `VPC ${String(subnet.attributes['vpc'])} has route-based VPN gateway ${rival.id} in zone ${String(subnet.attributes['zone'])} already.`, 'subnet')
}

function fillGateway(object: Attributes, subnet: CloudObject, context: Context): void {
  const id = String(object['id'])
  const network = context.find('ibm_is_vpc', subnet.attributes['vpc'])
  const block = readCidr(subnet.attributes['ipv4_cidr_block'])
  // The first four addresses of a subnet are the cloud's own.
  const members = [0, 1].map((slot) => ({ address: context.address(`${id}/${slot}`), private_address: block?.host(4 + slot).toString() ?? '', role: 'active', status: 'available' }))
  const [first, second] = members
  fill(object, {
    advertised_cidrs: [], health_reasons: [], health_state: 'ok', lifecycle_reasons: [], lifecycle_state: 'stable', local_asn: defaultAsn, members,
    private_ip_address: first?.private_address, private_ip_address2: second?.private_address, public_ip_address: first?.address, public_ip_address2: second?.address,
    vpc: [{ crn: network?.attributes['crn'] ?? '', deleted: [], href: href(`vpcs/${network?.id ?? ''}`, context), id: network?.id ?? '', name: network?.attributes['name'] ?? '' }],
  })
}
