import { type Attributes, type Behaviour, type CloudObject, type Context, Refusal } from '../../behaviour/behaviour.ts'
import { having, number, text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { checkBgp } from './bgp-session.ts'
import { unknownWord } from './cipher-words.ts'
import { apiError, demand, invalidValue, keepWhileUsed, vpcResource } from './resource.ts'

/** Bounds that the provider checks by itself (resource_tc_vpn_connection.go). */
const bounds = {
  dpd_enable: [0, 1], dpd_timeout: [30, 60], ike_sa_lifetime_seconds: [60, 604_800], ipsec_sa_lifetime_seconds: [180, 604_800], ipsec_sa_lifetime_traffic: [2560, Infinity],
} as const
const allowed = { route_type: ['STATIC', 'StaticRoute', 'Policy', 'Bgp'], dpd_action: ['clear', 'restart'] } as const

/** The id depends on the two gateways alone: that is how the provider finds a connection it has no id of. */
export const vpnConnection: Behaviour = vpcResource({
  prefix: 'vpnx',
  key: ['vpn_gateway_id', 'customer_gateway_id'],
  twin: (object, other) => apiError('InvalidParameterValue.Duplicate', `The connection ${other.id} joins ${String(object['vpn_gateway_id'])} and ${String(object['customer_gateway_id'])} already.`, 'customer_gateway_id'),
}, validate, {
  create(object, context) {
    fillDefaults(object)
    checkConnection(object, context)
    fill(object, { is_ccn_type: false, vpn_proto: 'IPsec', encrypt_proto: 'IKE', state: 'AVAILABLE', net_status: netStatus(object, context) })
  },
  update: (_prior, object, context) => { checkConnection(object, context) },
  read: (object, context) => ({ ...object, net_status: netStatus(object, context) }),
  remove(object, context) {
    keepWhileUsed('VPN connection', object, having(context.list('tencentcloud_vpn_gateway_route'), 'instance_id', object['id'])[0])
  },
})

function validate(config: Attributes): Refusal[] {
  const outside = Object.entries(bounds).filter(([name, [min, max]]) => {
    const value = number(config, name)
    return value !== undefined && (value < min || value > max)
  })
  const unknown = Object.entries(allowed).filter(([name, values]) => !values.some((value) => value === (text(config, name) ?? value)))
  return [
    ...outside.map(([name, [min, max]]) => new Refusal(`Invalid ${name}`, `expected ${name} to be in the range (${min} - ${max}), got ${String(config[name])}`, [name])),
    ...unknown.map(([name, values]) => new Refusal(`Invalid ${name}`, `expected ${name} to be one of [${values.join(' ')}], got ${String(config[name])}`, [name])),
  ]
}

function fillDefaults(object: Attributes): void {
  fill(object, {
    bgp_config: [], dpd_action: 'clear', dpd_enable: 0, dpd_timeout: 30, enable_health_check: false, health_check_config: [], health_check_local_ip: '',
    health_check_remote_ip: '', ike_local_fqdn_name: '', ike_remote_fqdn_name: '', negotiation_type: 'active', route_type: 'STATIC',
  })
}

function checkConnection(object: Attributes, context: Context): void {
  const gateway = demand(context, 'tencentcloud_vpn_gateway', object, 'vpn_gateway_id')
  const customer = demand(context, 'tencentcloud_vpn_customer_gateway', object, 'customer_gateway_id')
  if (!text(object, 'vpc_id')) {
    throw new Refusal(`[CRITAL] vpc_id is required for this vpn connection which vpn gateway is in ${String(gateway.attributes['type'])} type`, 'vpc_id is missing.', ['vpc_id'])
  }
  if (gateway.attributes['vpc_id'] !== object['vpc_id']) throw apiError('UnsupportedOperation.VpcMismatch', `The gateway ${gateway.id} is not in the VPC ${String(object['vpc_id'])}.`, 'vpc_id')
  checkIdentities(object)
  const word = unknownWord(object)
  if (word) throw invalidValue('', object, word.name, `it must be one of ${word.values.join(', ')}.`)
  const siblings = having(context.list('tencentcloud_vpn_connection'), 'vpn_gateway_id', gateway.id).filter(({ id }) => id !== object['id'])
  checkRouteType(object, gateway, siblings)
  if (isBgp(object)) checkBgp(object, { gateway, customer, siblings }, context)
}

/** The provider demands the addresses although its schema does not. */
function checkIdentities(object: Attributes): void {
  for (const side of ['local', 'remote']) {
    const kind = object[`ike_${side}_identity`] === 'FQDN' ? 'FQDN' : 'ADDRESS'
    const name = `ike_${side}_${kind === 'FQDN' ? 'fqdn_name' : 'address'}`
    if (!text(object, name)) throw new Refusal(`${name} need to be set when ike_${side}_identity is \`${kind}\`.`, `${name} is missing.`, [name])
  }
}

function checkRouteType(object: Attributes, gateway: CloudObject, siblings: readonly CloudObject[]): void {
  const other = siblings.find(({ attributes }) => isBgp(attributes) !== isBgp(object))
  if (other) throw apiError('UnsupportedOperation.VpnConnRouteTypeMixed', `The gateway ${gateway.id} has ${other.id} of the route type ${String(other.attributes['route_type'])}; BGP and other types do not go together.`, 'route_type')
}

function isBgp(connection: Attributes): boolean {
  return connection['route_type'] === 'Bgp'
}

function netStatus(object: Attributes, context: Context): string {
  const own = context.tunnels().find(({ end }) => end.connection === `tencentcloud_vpn_connection.${String(object['id'])}`)
  return own?.up === true ? 'AVAILABLE' : 'UNAVAILABLE'
}
