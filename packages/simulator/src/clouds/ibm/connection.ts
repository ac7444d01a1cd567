import type { Attributes, Behaviour, Context } from '../../behaviour/behaviour.ts'
import { block, having, text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { checkConnection, checkQuota, validateConnection } from './connection-rules.ts'
import { statusOf } from './connection-status.ts'
import { apiError, demand, href, ibm, lastPart } from './resource.ts'

export const vpnGatewayConnection: Behaviour = ibm({
  noun: 'vpn-gateway-connection', operation: 'CreateVPNGatewayConnectionWithContext', scope: ['vpn_gateway'], parent: (object) => String(object['vpn_gateway']),
}, validateConnection, {
  recompute: () => ['peer_address', 'status', 'status_reasons', 'tunnels'],
  create(object, context) {
    checkQuota(object, context)
    fillConnection(object, context)
    checkConnection(object, context, 'CreateVPNGatewayConnectionWithContext')
  },
  update(prior, object, context) {
    fillConnection(object, context)
    checkPeerKind(prior, object)
    checkConnection(object, context, 'UpdateVPNGatewayConnectionWithContext')
  },
  read: (object, context) => ({ ...object, ...statusOf(object, context) }),
  remove(object, context) {
    const [user] = having(context.list('ibm_is_vpc_routing_table_route'), 'next_hop', object['gateway_connection'])
    if (!user) return
    const message = `VPN connection ${String(object['id'])} cannot be deleted while route ${user.id} leads to it.`
    throw apiError('DeleteVPNGatewayConnectionWithContext', 'vpn_connection_not_deleted_route_exist', message)
  },
})

function fillConnection(object: Attributes, context: Context): void {
  const gateway = demand(context, 'ibm_is_vpn_gateway', object, 'vpn_gateway', 'CreateVPNGatewayConnectionWithContext')
  const own = lastPart(object['id'])
  const peerAddress = block(object, 'peer')?.['address'] ?? text(object, 'peer_address')
  fill(object, { peer: [{}] })
  const peer = block(object, 'peer')
  if (peer) fillPeer(peer, peerAddress)
  fill(object, { local: [{}] })
  const local = block(object, 'local')
  if (local) fill(local, { cidrs: [], ike_identities: [gateway.attributes['public_ip_address'], gateway.attributes['public_ip_address2']].map((value) => ({ type: 'ipv4_address', value })) })
  fill(object, {
    admin_state_up: true, authentication_mode: 'psk', gateway_connection: own, href: href(`vpn_gateways/${gateway.id}/connections/${own}`, context), local_cidrs: [],
    mode: gateway.attributes['mode'], peer_address: peerAddress ?? '', peer_cidrs: [], related_crn: gateway.attributes['crn'], resource_type: 'vpn_gateway_connection',
    routing_protocol: 'none',
  })
  Object.assign(object, statusOf(object, context))
}

function fillPeer(peer: Attributes, address: unknown): void {
  const isNamed = typeof peer['fqdn'] === 'string' && peer['fqdn'] !== ''
  fill(peer, {
    address: isNamed ? '' : address ?? '', asn: 0, cidrs: [], fqdn: '', ike_identity: [{ type: isNamed ? 'fqdn' : 'ipv4_address', value: isNamed ? peer['fqdn'] : address ?? '' }],
    type: isNamed ? 'fqdn' : 'address',
  })
}

/** Whether a peer is named by address or by FQDN is decided once. */
function checkPeerKind(prior: Attributes, object: Attributes): void {
  const isNamed = (connection: Attributes): boolean => text(block(connection, 'peer') ?? {}, 'fqdn') !== ''
  if (isNamed(prior) === isNamed(object)) return
  throw apiError('UpdateVPNGatewayConnectionWithContext', 'vpn_connection_peer_type_immutable', 'The peer of a VPN connection cannot change between an IP address and an FQDN.', 'peer')
}
