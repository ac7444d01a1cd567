import type { Attributes, Behaviour, Context } from '../../behaviour/behaviour.ts'
import { text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { compute, demand, digits, inUse, invalidValue, region, resolve, userOf } from './resource.ts'

/** Ports of IKE and of NAT traversal: all that a VPN gateway takes over UDP. */
const vpnPorts = ['500', '500-500', '4500', '4500-4500']

export const forwardingRule: Behaviour = compute({ title: 'ForwardingRule', collection: 'forwardingRules', scope: 'region' }, () => [], {
  create(object, context) {
    fill(object, {
      base_forwarding_rule: '',
      forwarding_rule_id: Number(digits(String(object['id']), 15, context)),
      ip_address: context.address(String(object['id'])),
      ip_protocol: 'TCP',
      ip_version: '',
      network: '',
      network_tier: 'PREMIUM',
      port_range: '',
      psc_connection_id: '',
      psc_connection_status: '',
      service_directory_registrations: [],
      service_name: '',
      subnetwork: '',
    })
    checkTarget(object, context)
    checkConflict(object, context)
  },
  remove(object, context) {
    const gateway = resolve(context, 'google_compute_vpn_gateway', object['target'], object)
    const user = gateway && userOf(context, gateway.attributes, 'google_compute_vpn_gateway', [['google_compute_vpn_tunnel', 'target_vpn_gateway']])
    if (user) throw inUse('ForwardingRule', object, user)
  },
})

function checkTarget(object: Attributes, context: Context): void {
  const action = 'creating ForwardingRule'
  if (!text(object, 'target')?.includes('targetVpnGateways/')) return
  const gateway = demand(context, 'google_compute_vpn_gateway', object, 'target', action)
  if (gateway.attributes['region'] !== region(object, context)) {
    throw invalidValue(action, 'target', object['target'], 'The target must be in the region of the forwarding rule.', 'target')
  }
  const protocol = text(object, 'ip_protocol')
  const port = text(object, 'port_range') ?? ''
  if (protocol === 'ESP' ? port !== '' : protocol !== 'UDP' || !vpnPorts.includes(port)) {
    throw invalidValue(action, 'portRange', port, 'A VPN gateway takes ESP without ports, and UDP on port 500 or 4500.', 'port_range')
  }
}

function checkConflict(object: Attributes, context: Context): void {
  const occupied = context.list('google_compute_forwarding_rule').some(({ id, attributes }) => id !== object['id']
    && ['ip_address', 'ip_protocol', 'port_range'].every((name) => (attributes[name] ?? '') === (object[name] ?? '')))
  if (!occupied) return
  throw invalidValue('creating ForwardingRule', 'IPAddress', object['ip_address'], 'Specified IP address is in-use and would result in a conflict.', 'ip_address')
}
