import type { Cidr } from '@isthmus/core'
import type { Attributes, Behaviour, CloudObject, Context, Refusal } from '../../behaviour/behaviour.ts'
import { readAddress, readCidr } from '../addresses.ts'
import { block, blocks, having, isSet, number, text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { isUsableAsn } from './asn.ts'
import { insideBlock } from './connection-rules.ts'
import { vpcOfGateway, zoneOfGateway } from './gateway.ts'
import { prefixesOf } from './network.ts'
import { apiError, demand, ibm, inRegion, invalid, lastPart, since } from './resource.ts'

const operation = 'CreateTransitGatewayConnectionWithContext'

/** Transit gateways of a region; attachments of VPN gateways to one of them, and those in one zone. */
const quota = { gateways: 5, attachments: 4, zone: 2 } as const

/** The block of the GRE tunnels of an attachment has this length or a shorter one. */
const longestPrefix = 27

const networkTypes = ['classic', 'directlink', 'gre_tunnel', 'power_virtual_server', 'redundant_gre', 'unbound_gre_tunnel', 'vpc', 'vpn_gateway']

export const transitGateway: Behaviour = ibm({ noun: 'gateway', service: 'transit', operation: 'CreateTransitGatewayWithContext' }, () => [], {
  create(_object, context) {
    if (inRegion(context, 'ibm_tg_gateway').length >= quota.gateways) throw apiError('CreateTransitGatewayWithContext', 'over_quota', `The region has ${quota.gateways} transit gateways, which is its quota.`)
  },
  remove(object, context) {
    const [user] = connectionsOf(object['id'], context)
    if (user) throw apiError('DeleteTransitGatewayWithContext', 'gateway_in_use', `Transit gateway ${String(object['id'])} still has connection ${user.id}.`)
  },
})

export const transitConnection: Behaviour = ibm({ noun: 'connection', service: 'transit', operation, scope: ['gateway'], parent: (object) => String(object['gateway']) }, validate, {
  create(object, context) {
    const gateway = demand(context, 'ibm_tg_gateway', object, 'gateway', operation)
    if (object['network_type'] === 'vpc') checkVpc(object, gateway, context)
    if (object['network_type'] === 'vpn_gateway') checkVpnGateway(object, gateway, context)
    fill(object, {
      base_connection_id: '', base_network_type: '', connection_id: lastPart(object['id']), default_prefix_filter: 'permit', network_account_id: '', network_id: '',
      related_crn: object['network_id'] ?? '', request_status: '', updated_at: since,
    })
    object['status'] = 'attached'
  },
})

function validate(config: Attributes): Refusal[] {
  const type = text(config, 'network_type')
  return type === undefined || networkTypes.includes(type) ? [] : [invalid('network_type', `one of [${networkTypes.join(' ')}]`, type)]
}

function connectionsOf(gateway: unknown, context: Context): CloudObject[] {
  return having(context.list('ibm_tg_connection'), 'gateway', gateway)
}

function attached(object: Attributes, type: string, context: Context): CloudObject {
  const [network] = having(context.list(type), 'crn', object['network_id'])
  if (network) return network
  throw apiError(operation, 'network_not_found', `No network has the CRN ${String(object['network_id'])}.`, 'network_id')
}

function checkVpc(object: Attributes, gateway: CloudObject, context: Context): void {
  const network = attached(object, 'ibm_is_vpc', context)
  const place = String(network.attributes['crn']).split(':')[5]
  if (gateway.attributes['global'] !== true && gateway.attributes['location'] !== place) {
    throw apiError(operation, 'local_gateway', `Transit gateway ${gateway.id} is local to ${String(gateway.attributes['location'])} and the VPC is in ${place}.`, 'network_id')
  }
  if (having(connectionsOf(gateway.id, context), 'network_id', object['network_id']).length > 0) {
    throw apiError(operation, 'connection_exists', `VPC ${network.id} is connected to transit gateway ${gateway.id} already.`, 'network_id')
  }
}

function checkVpnGateway(object: Attributes, gateway: CloudObject, context: Context): void {
  const vpn = attached(object, 'ibm_is_vpn_gateway', context)
  if (vpn.attributes['mode'] === 'policy') throw apiError(operation, 'bad_request', 'Invalid VPN gateway connection mode.', 'network_id')
  if (!isUsableAsn(number(vpn.attributes, 'local_asn') ?? 0)) throw apiError(operation, 'bad_request', `The local ASN of VPN gateway ${vpn.id} is reserved.`, 'network_id')
  const all = having(context.list('ibm_tg_connection'), 'network_type', 'vpn_gateway')
  const other = having(all, 'network_id', object['network_id'])[0]
  if (other) throw apiError(operation, 'connection_exists', `VPN gateway ${vpn.id} is attached to transit gateway ${String(other.attributes['gateway'])} already.`, 'network_id')
  const own = having(all, 'gateway', gateway.id)
  const zone = zoneOfGateway(vpn.attributes, context)
  const near = own.filter(({ attributes }) => having(context.list('ibm_is_vpn_gateway'), 'crn', attributes['network_id']).some((each) => zoneOfGateway(each.attributes, context) === zone))
  if (own.length >= quota.attachments || near.length >= quota.zone) {
    throw apiError(operation, 'over_quota', `Transit gateway ${gateway.id} has ${own.length} VPN gateways, ${near.length} of them in zone ${String(zone)}; ${quota.attachments} and ${quota.zone} are allowed.`, 'network_id')
  }
  checkBlock(object, vpn, own, context)
}

function checkBlock(object: Attributes, vpn: CloudObject, others: readonly CloudObject[], context: Context): void {
  const gre = readCidr(object['cidr'])
  if (!isSet(object, 'cidr') || !gre || gre.prefix > longestPrefix) throw apiError(operation, 'bad_request', `A VPN gateway needs a CIDR of /${longestPrefix} or larger for its GRE tunnels.`, 'cidr')
  const rival = others.find(({ attributes }) => readCidr(attributes['cidr'])?.overlaps(gre))
  if (rival) throw apiError(operation, 'bad_request', `The CIDR ${gre} overlaps that of connection ${rival.id}.`, 'cidr')
  const prefixes = prefixesOf(vpcOfGateway(vpn.attributes, context)?.id, context).flatMap(({ attributes }) => readCidr(attributes['cidr']) ?? [])
  if (prefixes.some((prefix) => prefix.overlaps(gre))) throw apiError(operation, 'bad_request', 'Tunnel IP range overlaps with VPN gateway subnets. Specify a non-overlapping CIDR block.', 'cidr')
  const connections = having(context.list('ibm_is_vpn_gateway_connection'), 'vpn_gateway', vpn.id).map(({ attributes }) => attributes)
  if (connections.flatMap(tunnelBlocks).some((inside) => inside.overlaps(gre))) {
    throw apiError(operation, 'bad_request', 'Tunnel IPs overlap with VPN gateway connection tunnel IPs. Specify a valid CIDR block.', 'cidr')
  }
  const peers = connections.flatMap((connection) => readAddress(block(connection, 'peer')?.['address']) ?? [])
  if (peers.some((peer) => gre.contains(peer))) throw apiError(operation, 'bad_request', 'Tunnel IP overlaps with the VPN gateway peer address. Specify a different CIDR block.', 'cidr')
}

function tunnelBlocks(connection: Attributes): Cidr[] {
  return blocks(connection, 'tunnel').flatMap((tunnel) => insideBlock(tunnel) ?? [])
}
