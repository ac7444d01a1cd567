import type { Attributes, Behaviour, CloudObject, Context, TunnelState } from '../../behaviour/behaviour.ts'
import { readCidr } from '../addresses.ts'
import { block, blocks, flag, having, isSet, same, text, texts } from '../attributes.ts'
import { fill } from '../fill.ts'
import { asnOf } from './gateway.ts'
import { apiError, demand, newId, sinceMilliseconds } from './resource.ts'
import { insideBlock, peerBgpIp, phaseProblem, sessionProblem } from './tunnel-rules.ts'

const type = 'alicloud_vpn_connection'
const specification = 'tunnel_options_specification'

/** IPsec connections of one gateway ("Limits" of VPN Gateway). */
const connectionsPerGateway = 10

const roles = ['master', 'slave'] as const
const addressOfRole: Readonly<Record<string, string>> = { master: 'internet_ip', slave: 'disaster_recovery_internet_ip' }

/** What a connection and its tunnels say of themselves. */
const notUp = 'ike_sa_not_established'
const up = 'ipsec_sa_established'

export const vpnConnection: Behaviour = {
  id: (object, context) => newId('vco', [object['vpn_connection_name'], object['vpn_gateway_id']], context),
  create(object, context) {
    nameRoles(object)
    checkConnection(object, context, 'CreateVpnConnection')
    fillConnection(object, context)
  },
  update(_prior, object, context) {
    nameRoles(object)
    checkConnection(object, context, 'ModifyVpnConnectionAttribute')
    fillConnection(object, context)
    for (const tunnel of blocks(object, specification)) showSession(tunnel, context)
  },
  read(object, context) {
    const states = context.tunnels()
    const tunnels = blocks(object, specification).map((tunnel) => shown(tunnel, states, context))
    return { ...object, status: tunnels.some((tunnel) => tunnel['status'] === up) ? up : notUp, [specification]: tunnels }
  },
  remove(object, context) {
    const [route] = having(context.list('alicloud_vpn_route_entry'), 'next_hop', object['id'])
    if (route) throw apiError(context, 'DeleteVpnConnection', 'VpnRouteEntry.Exist', `${route.id} leads into ${String(object['id'])}.`)
  },
}

/** The first tunnel is the master where nothing says so. */
function nameRoles(object: Attributes): void {
  for (const [index, tunnel] of blocks(object, specification).entries()) fill(tunnel, { role: roles[index] ?? '' })
}

function checkConnection(object: Attributes, context: Context, action: string): void {
  const gateway = demand(context, 'alicloud_vpn_gateway', object, 'vpn_gateway_id', action, 'VpnGatewayInstance')
  const tunnels = blocks(object, specification)
  if (!same(tunnels.map((tunnel) => tunnel['role']).sort(), roles)) {
    throw apiError(context, action, 'InvalidTunnelOptionsSpecification', `A connection of ${gateway.id} has two tunnels, one with the role master and one with the role slave.`, specification)
  }
  for (const name of ['local_subnet', 'remote_subnet']) {
    const wrong = texts(object, name).find((item) => !readCidr(item))
    if (wrong !== undefined) throw apiError(context, action, 'InvalidSubnet', `${wrong} is not a CIDR block.`, name)
  }
  const siblings = having(context.list(type), 'vpn_gateway_id', gateway.id).filter(({ id }) => id !== object['id'])
  if (siblings.length >= connectionsPerGateway) throw apiError(context, action, 'QuotaExceeded.VpnConnection', `The quota of ${connectionsPerGateway} IPsec connections of ${gateway.id} is exceeded.`, 'vpn_gateway_id')
  const twin = siblings.find(({ attributes }) => same(endsOf(attributes), endsOf(object)))
  if (twin) throw apiError(context, action, 'InvalidVpnConnection.AlreadyExists', `Vpn connection already exists: ${twin.id}.`, specification)
  checkTunnels(object, siblings, context, action)
}

function endsOf(object: Attributes): unknown[] {
  return blocks(object, specification).map((tunnel) => [tunnel['role'], tunnel['customer_gateway_id']]).sort()
}

function checkTunnels(object: Attributes, siblings: readonly CloudObject[], context: Context, action: string): void {
  const tunnels = blocks(object, specification)
  const taken = siblings.flatMap(({ attributes }) => blocks(attributes, specification)).flatMap((tunnel) => insideBlock(tunnel) ?? [])
  for (const [index, tunnel] of tunnels.entries()) {
    const customer = demand(context, 'alicloud_vpn_customer_gateway', tunnel, 'customer_gateway_id', action, 'CustomerGatewayInstance', specification, index)
    const problem = phaseProblem(tunnel) ?? (flag(object, 'enable_tunnels_bgp') ? sessionProblem(tunnel, taken) : undefined)
    if (problem) throw apiError(context, action, problem.code, problem.message, specification, index, ...problem.path)
    taken.push(...[insideBlock(tunnel)].filter((cidr) => cidr !== undefined))
    if (flag(object, 'enable_tunnels_bgp') && asnOf(customer) === undefined) {
      throw apiError(context, action, 'InvalidCustomerGateway.NoAsn', `The customer gateway ${customer.id} has no ASN and cannot be used with BGP.`, specification, index, 'customer_gateway_id')
    }
  }
  const numbers = new Set(tunnels.map((tunnel) => text(block(tunnel, 'tunnel_bgp_config') ?? {}, 'local_asn') ?? ''))
  if (numbers.size > 1) throw apiError(context, action, 'InvalidLocalAsn', 'The two tunnels of a connection have one LocalAsn.', specification)
}

function fillConnection(object: Attributes, context: Context): void {
  const gateway = context.find('alicloud_vpn_gateway', object['vpn_gateway_id'])
  const name = text(object, 'vpn_connection_name') ?? text(object, 'name') ?? ''
  fill(object, {
    bgp_config: [], create_time: sinceMilliseconds, enable_dpd: true, enable_nat_traversal: true, enable_tunnels_bgp: false, health_check_config: [], ike_config: [],
    ipsec_config: [], name, vpn_connection_name: name, resource_group_id: '', status: notUp,
  })
  for (const tunnel of blocks(object, specification)) fillTunnel(object, tunnel, gateway, context)
}

function fillTunnel(object: Attributes, tunnel: Attributes, gateway: CloudObject | undefined, context: Context): void {
  const role = String(tunnel['role'])
  const local = gateway?.attributes[addressOfRole[role] ?? ''] ?? ''
  const vswitch = context.find('alicloud_vswitch', gateway?.attributes[role === 'slave' ? 'disaster_recovery_vswitch_id' : 'vswitch_id'])
  fill(tunnel, { internet_ip: local, state: 'active', status: notUp, tunnel_id: `tun-${context.digest(`${String(object['id'])}/${role}`).slice(0, 20)}`, zone_no: vswitch?.attributes['zone_id'] ?? '' })
  const customer = context.find('alicloud_vpn_customer_gateway', tunnel['customer_gateway_id'])
  const ike = block(tunnel, 'tunnel_ike_config')
  if (ike) fill(ike, { local_id: local, remote_id: customer?.attributes['ip_address'] ?? '' })
  const session = block(tunnel, 'tunnel_bgp_config')
  if (!session) return
  fill(session, { bgp_status: 'false', peer_asn: customer?.attributes['asn'] ?? '', peer_bgp_ip: peerBgpIp(tunnel) })
}

/** A changed block or address has another host opposite. */
function showSession(tunnel: Attributes, context: Context): void {
  const session = block(tunnel, 'tunnel_bgp_config')
  if (!session) return
  session['peer_bgp_ip'] = peerBgpIp(tunnel)
  session['peer_asn'] = context.find('alicloud_vpn_customer_gateway', tunnel['customer_gateway_id'])?.attributes['asn'] ?? ''
}

/** A tunnel as the cloud shows it at this moment. */
function shown(tunnel: Attributes, states: readonly TunnelState[], context: Context): Attributes {
  const peer = context.find('alicloud_vpn_customer_gateway', tunnel['customer_gateway_id'])?.attributes['ip_address']
  const isUp = states.some((state) => state.up && state.end.outside.local === tunnel['internet_ip'] && state.end.outside.peer === peer)
  const sessions = blocks(tunnel, 'tunnel_bgp_config').map((session) => ({ ...session, bgp_status: isUp ? 'success' : 'false' }))
  return { ...tunnel, status: isUp ? up : notUp, ...(isSet(tunnel, 'tunnel_bgp_config') ? { tunnel_bgp_config: sessions } : {}) }
}
