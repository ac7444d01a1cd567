import { type Attributes, type Behaviour, type CloudObject, type Context, Refusal } from '../../behaviour/behaviour.ts'
import { isPublic, readAddress } from '../addresses.ts'
import { block, blocks, isSet, number, text, texts } from '../attributes.ts'
import { fill } from '../fill.ts'
import { cipherProblem } from './cipher-suite.ts'
import { interfaceAddress, localAddress, rulesOf } from './gateway.ts'
import { apiError, compute, demand, digits, fingerprint, inUse, invalidValue, lastSegment, region, resolve, userOf } from './resource.ts'
import { statusOf, waiting } from './tunnel-status.ts'

const action = 'creating VpnTunnel'

/** What a Classic VPN gateway must be able to receive before it can have a tunnel. */
const neededRules = [['ESP', ''], ['UDP', '500'], ['UDP', '4500']] as const

export const vpnTunnel: Behaviour = compute({ title: 'VpnTunnel', collection: 'vpnTunnels', scope: 'region' }, validate, {
  create(object, context) {
    if (isSet(object, 'vpn_gateway') === isSet(object, 'target_vpn_gateway')) {
      throw apiError(action, 'Exactly one of vpnGateway and targetVpnGateway must be specified.', 'vpn_gateway')
    }
    checkCiphers(object)
    const peer = isSet(object, 'vpn_gateway') ? checkHighAvailability(object, context) : checkClassic(object, context)
    checkTwin(object, peer, context)
    fill(object, {
      local_traffic_selector: ['0.0.0.0/0'],
      peer_ip: peer,
      remote_traffic_selector: ['0.0.0.0/0'],
      // Derived from the id: a hash of the secret would let it be guessed.
      shared_secret_hash: fingerprint(`${String(object['id'])}/secret`, context),
      detailed_status: waiting,
      tunnel_id: digits(String(object['id']), 19, context),
    })
  },
  read: (object, context) => ({ ...object, detailed_status: statusOf(object, context) }),
  remove(object, context) {
    const user = userOf(context, object, context.type, [['google_compute_router_interface', 'vpn_tunnel'], ['google_compute_route', 'next_hop_vpn_tunnel']])
      ?? context.list('google_network_connectivity_spoke').find(({ attributes }) => blocks(attributes, 'linked_vpn_tunnels').some((linked) => texts(linked, 'uris').some((uri) => resolve(context, context.type, uri, attributes)?.id === object['id'])))
    if (user) throw inUse('VpnTunnel', object, user)
  },
})

function validate(config: Attributes): Refusal[] {
  const peer = text(config, 'peer_ip')
  const version = number(config, 'ike_version')
  return [
    ...(peer !== undefined && !readAddress(peer) ? [new Refusal('Invalid peer_ip', `"peer_ip" (${peer}) is not a valid IP address`, ['peer_ip'])] : []),
    ...(version !== undefined && version !== 1 && version !== 2 ? [new Refusal('Invalid ike_version', `ike_version must be 1 or 2, got ${version}`, ['ike_version'])] : []),
  ]
}

function checkCiphers(object: Attributes): void {
  const suite = block(object, 'cipher_suite')
  if (!suite) return
  if (number(object, 'ike_version') === 1) {
    throw invalidValue(action, 'cipherSuite', 'ike_version 1', 'A cipher suite can only be given for IKEv2.', 'cipher_suite')
  }
  const problem = cipherProblem(suite)
  if (problem) throw invalidValue(action, `cipherSuite.${problem.path.join('.')}`, texts(block(suite, problem.path[0]) ?? {}, problem.path[1]).join(','), problem.message, 'cipher_suite', 0, problem.path[0], 0, problem.path[1])
}

/** Checks a tunnel of an HA VPN gateway and gives the address of its peer. */
function checkHighAvailability(object: Attributes, context: Context): string {
  const gateway = demand(context, 'google_compute_ha_vpn_gateway', object, 'vpn_gateway', action)
  const local = number(object, 'vpn_gateway_interface')
  if (local === undefined || interfaceAddress(gateway, local) === undefined) {
    throw invalidValue(action, 'vpnGatewayInterface', local ?? '', `The VPN gateway ${lastSegment(gateway.id)} has the interfaces 0 and 1.`, 'vpn_gateway_interface')
  }
  checkRegion(object, gateway, 'vpn_gateway', context)
  if (!isSet(object, 'router')) throw apiError(action, 'A Cloud Router must be specified for a tunnel of an HA VPN gateway.', 'router')
  // A router is looked up by name in its own region, so one of another region is not found here.
  const router = demand(context, 'google_compute_router', object, 'router', action)
  checkRegion(object, router, 'router', context)
  if (networkOf(router, context) !== networkOf(gateway, context)) {
    throw invalidValue(action, 'router', object['router'], 'The router and the VPN gateway must be in one network.', 'router')
  }
  return isSet(object, 'peer_gcp_gateway') ? gcpPeer(object, local, gateway, context) : externalPeer(object, context)
}

function externalPeer(object: Attributes, context: Context): string {
  if (!isSet(object, 'peer_external_gateway')) throw apiError(action, 'A peer gateway must be specified for a tunnel of an HA VPN gateway.', 'peer_external_gateway')
  const gateway = demand(context, 'google_compute_external_vpn_gateway', object, 'peer_external_gateway', action)
  const id = number(object, 'peer_external_gateway_interface')
  const entry = blocks(gateway.attributes, 'interface').find((candidate) => number(candidate, 'id') === id)
  if (id === undefined || !entry) {
    throw invalidValue(action, 'peerExternalGatewayInterface', id ?? '', `The external VPN gateway ${lastSegment(gateway.id)} has no such interface.`, 'peer_external_gateway_interface')
  }
  return text(entry, 'ip_address') ?? ''
}

/** Between two gateways of the cloud, interface 0 meets interface 0 and 1 meets 1. */
function gcpPeer(object: Attributes, local: number, own: CloudObject, context: Context): string {
  const gateway = demand(context, 'google_compute_ha_vpn_gateway', object, 'peer_gcp_gateway', action)
  if (gateway.id === own.id) throw invalidValue(action, 'peerGcpGateway', object['peer_gcp_gateway'], 'The peer gateway must be another gateway.', 'peer_gcp_gateway')
  checkRegion(object, gateway, 'peer_gcp_gateway', context)
  return interfaceAddress(gateway, local) ?? ''
}

/** Checks a tunnel of a Classic VPN gateway and gives the address of its peer. */
function checkClassic(object: Attributes, context: Context): string {
  const gateway = demand(context, 'google_compute_vpn_gateway', object, 'target_vpn_gateway', action)
  checkRegion(object, gateway, 'target_vpn_gateway', context)
  if (isSet(object, 'router')) {
    throw invalidValue(action, 'router', object['router'], 'Classic VPN tunnels with dynamic routing can no longer be created; use an HA VPN gateway.', 'router')
  }
  const rules = rulesOf(gateway.id, context)
  for (const [protocol, port] of neededRules) {
    const there = rules.some(({ attributes }) => attributes['ip_protocol'] === protocol && (text(attributes, 'port_range') ?? '').split('-')[0] === port)
    if (!there) throw invalidValue(action, 'targetVpnGateway', object['target_vpn_gateway'], `The target VPN gateway needs a forwarding rule for ${protocol}${port === '' ? '' : ` port ${port}`}.`, 'target_vpn_gateway')
  }
  const peer = readAddress(object['peer_ip'])
  if (!peer || !isPublic(peer)) throw invalidValue(action, 'peerIp', object['peer_ip'] ?? '', 'The peer IP address must be a public IPv4 address.', 'peer_ip')
  return peer.toString()
}

function checkRegion(object: Attributes, other: CloudObject, name: string, context: Context): void {
  if (other.attributes['region'] === region(object, context)) return
  throw invalidValue(action, name, object[name], `It is in region ${String(other.attributes['region'])} and the tunnel in ${region(object, context)}; both must be in one region.`, name)
}

function networkOf(object: CloudObject, context: Context): string | undefined {
  return resolve(context, 'google_compute_network', object.attributes['network'], object.attributes)?.id
}

/** One pair of addresses carries one tunnel. */
function checkTwin(object: Attributes, peer: string, context: Context): void {
  const local = localAddress(object, context)
  const twin = context.list(context.type).find(({ id, attributes }) => id !== object['id'] && attributes['peer_ip'] === peer && localAddress(attributes, context) === local)
  if (twin) throw apiError(action, `The VPN tunnel ${twin.id} joins ${local ?? ''} and the peer IP address ${peer} already.`, 'peer_ip')
}
