import { Cidr, type IpAddress } from '@isthmus/core'
import { type Attributes, type CloudObject, type Context, Refusal } from '../../behaviour/behaviour.ts'
import { readAddress, readCidr } from '../addresses.ts'
import { block, blocks, having, isSet, number, text } from '../attributes.ts'
import { isUsableAsn } from './asn.ts'
import { attachmentOf, vpcOfGateway } from './gateway.ts'
import { prefixesOf } from './network.ts'
import { apiError, demand, invalid } from './resource.ts'

/** Connections of a gateway. */
const connectionsPerGateway = 10

const choices = [
  ['action', ['restart', 'clear', 'hold', 'none']], ['establish_mode', ['bidirectional', 'peer_only']], ['routing_protocol', ['bgp', 'none']],
] as const

/** Plan-time checks. Messages never repeat the key. */
export function validateConnection(config: Attributes): Refusal[] {
  const key = text(config, 'preshared_key')
  return [
    ...choices.flatMap(([name, allowed]) => {
      const word = text(config, name)
      return word === undefined || allowed.some((item) => item === word) ? [] : [invalid(name, `one of [${allowed.join(' ')}]`, word)]
    }),
    ...(['interval', 'timeout'] as const).flatMap((name) => {
      const value = number(config, name)
      const least = name === 'interval' ? 1 : 2
      return value === undefined || (value >= least && value <= 86399) ? [] : [invalid(name, `in the range (${least} - 86399)`, value)]
    }),
    ...(key !== undefined && !isKey(key) ? [new Refusal('Invalid preshared_key', 'The pre-shared key must have 6 to 128 letters, digits or -+&!@#$%^*().,: and must not start with 0x or 0s.', ['preshared_key'])] : []),
  ]
}

function isKey(key: string): boolean {
  return /^[-A-Za-z0-9+&!@#$%^*().,:]{6,128}$/.test(key) && !/^0[xs]/.test(key)
}

/** Refuses one connection more than a gateway takes. */
export function checkQuota(object: Attributes, context: Context): void {
  const siblings = having(context.list('ibm_is_vpn_gateway_connection'), 'vpn_gateway', object['vpn_gateway'])
  if (siblings.length < connectionsPerGateway) return
  throw apiError('CreateVPNGatewayConnectionWithContext', 'over_quota', `VPN gateway ${String(object['vpn_gateway'])} has ${siblings.length} connections, which is its quota.`, 'vpn_gateway')
}

/** Checks a connection whose computed values are filled. */
export function checkConnection(object: Attributes, context: Context, operation: string): void {
  const gateway = demand(context, 'ibm_is_vpn_gateway', object, 'vpn_gateway', operation)
  for (const [name, type] of [['ike_policy', 'ibm_is_ike_policy'], ['ipsec_policy', 'ibm_is_ipsec_policy']] as const) if (isSet(object, name)) demand(context, type, object, name, operation)
  checkPeer(object, operation)
  const tunnels = blocks(object, 'tunnel')
  if (object['routing_protocol'] !== 'bgp') {
    if (tunnels.length > 0) throw apiError(operation, 'vpn_connection_tunnel_without_bgp', 'Tunnel addresses can be given only with routing protocol bgp.', 'tunnel')
    return
  }
  if (gateway.attributes['mode'] === 'policy') throw apiError(operation, 'vpn_connection_bgp_needs_route_mode', 'Dynamic routing needs a route-based VPN gateway.', 'routing_protocol')
  checkPeerAsn(object, operation)
  checkTunnels(object, gateway, context, operation)
}

function checkPeer(object: Attributes, operation: string): void {
  const peer = block(object, 'peer') ?? {}
  const address = text(peer, 'address')
  if (text(peer, 'fqdn') || (address && readAddress(address)?.family === 4)) return
  throw apiError(operation, 'validation_invalid_peer', `${address || 'A peer without address and FQDN'} cannot be the peer of a VPN connection.`, 'peer', 0, 'address')
}

function checkPeerAsn(object: Attributes, operation: string): void {
  const asn = number(block(object, 'peer') ?? {}, 'asn') ?? 0
  if (isUsableAsn(asn)) return
  const message = asn === 0 ? 'Dynamic routing needs the ASN of the peer.' : `ASN ${asn} is reserved and cannot be the ASN of a peer.`
  throw apiError(operation, 'vpn_connection_peer_asn_invalid', message, 'peer', 0, 'asn')
}

function checkTunnels(object: Attributes, gateway: CloudObject, context: Context, operation: string): void {
  const tunnels = blocks(object, 'tunnel')
  if (tunnels.length !== 2) throw apiError(operation, 'vpn_connection_tunnels_missing', 'Dynamic routing needs tunnel addresses for both members of the gateway.', 'tunnel')
  const siblings = having(context.list('ibm_is_vpn_gateway_connection'), 'vpn_gateway', gateway.id).filter(({ id }) => id !== object['id'])
  const taken = siblings.flatMap(({ attributes }) => blocks(attributes, 'tunnel').flatMap((tunnel) => insideBlock(tunnel) ?? []))
  const networks = networksAround(gateway, context)
  for (const [index, tunnel] of tunnels.entries()) {
    const inside = insideBlock(tunnel)
    const [own, peer] = [String(tunnel['tunnel_interface_ip']), String(tunnel['neighbor_ip'])]
    if (!inside) throw apiError(operation, 'vpn_connection_tunnel_invalid', `${own} and ${peer} are not the two hosts of one /30.`, 'tunnel', index)
    if (taken.some((other) => other.overlaps(inside))) throw apiError(operation, 'vpn_connection_tunnel_overlap', `Tunnel block ${inside} is in use on the gateway already.`, 'tunnel', index)
    const network = networks.find((other) => other.overlaps(inside))
    if (network) throw apiError(operation, 'vpn_connection_tunnel_overlap', `Tunnel block ${inside} overlaps ${network}.`, 'tunnel', index)
    taken.push(inside)
  }
}

/** Address prefixes of the gateway's VPC, and the block of its transit gateway. */
function networksAround(gateway: CloudObject, context: Context): Cidr[] {
  const prefixes = prefixesOf(vpcOfGateway(gateway.attributes, context)?.id, context)
  return [...prefixes, ...[attachmentOf(gateway.attributes, context) ?? []].flat()].flatMap(({ attributes }) => readCidr(attributes['cidr']) ?? [])
}

/** The /30 of the two addresses of a tunnel; undefined where they are not its two hosts. */
export function insideBlock(tunnel: Attributes): Cidr | undefined {
  const [own, peer] = [readAddress(tunnel['tunnel_interface_ip']), readAddress(tunnel['neighbor_ip'])]
  if (!own || !peer || own.family !== 4 || peer.family !== 4 || own.equals(peer)) return undefined
  const first = own.value - own.value % 4n
  const isHost = (address: IpAddress): boolean => address.value === first + 1n || address.value === first + 2n
  return isHost(own) && isHost(peer) ? Cidr.from(4, first, 30) : undefined
}
