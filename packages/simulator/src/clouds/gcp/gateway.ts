import type { Attributes, Behaviour, CloudObject, Context } from '../../behaviour/behaviour.ts'
import { blocks, number, text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { compute, demand, digits, inUse, resolve, userOf } from './resource.ts'

const tunnel = 'google_compute_vpn_tunnel'

export const haVpnGateway: Behaviour = compute({ title: 'HaVpnGateway', collection: 'vpnGateways', scope: 'region' }, () => [], {
  create(object, context) {
    demand(context, 'google_compute_network', object, 'network', 'creating HaVpnGateway')
    fill(object, { vpn_interfaces: [0, 1].map((id) => ({ id, interconnect_attachment: '' })) })
    for (const [index, entry] of blocks(object, 'vpn_interfaces').entries()) {
      fill(entry, { ip_address: context.address(`${String(object['id'])}/${number(entry, 'id') ?? index}`) })
    }
  },
  remove(object, context) {
    const user = userOf(context, object, 'google_compute_ha_vpn_gateway', [[tunnel, 'vpn_gateway'], [tunnel, 'peer_gcp_gateway']])
    if (user) throw inUse('HaVpnGateway', object, user)
  },
})

export const vpnGateway: Behaviour = compute({ title: 'VpnGateway', collection: 'targetVpnGateways', scope: 'region' }, () => [], {
  create(object, context) {
    demand(context, 'google_compute_network', object, 'network', 'creating VpnGateway')
    fill(object, { gateway_id: Number(digits(String(object['id']), 15, context)) })
  },
  remove(object, context) {
    const user = userOf(context, object, 'google_compute_vpn_gateway', [[tunnel, 'target_vpn_gateway'], ['google_compute_forwarding_rule', 'target']])
    if (user) throw inUse('VpnGateway', object, user)
  },
})

/** Address of one interface of an HA VPN gateway. */
export function interfaceAddress(gateway: CloudObject, id: number): string | undefined {
  const entry = blocks(gateway.attributes, 'vpn_interfaces').find((candidate, index) => (number(candidate, 'id') ?? index) === id)
  return entry && text(entry, 'ip_address')
}

/** Outside address of the end that a tunnel starts at. */
export function localAddress(vpnTunnel: Attributes, context: Context): string | undefined {
  const gateway = resolve(context, 'google_compute_ha_vpn_gateway', vpnTunnel['vpn_gateway'], vpnTunnel)
  if (gateway) return interfaceAddress(gateway, number(vpnTunnel, 'vpn_gateway_interface') ?? 0)
  const classic = resolve(context, 'google_compute_vpn_gateway', vpnTunnel['target_vpn_gateway'], vpnTunnel)
  const rule = classic && rulesOf(classic.id, context).find(({ attributes }) => attributes['ip_protocol'] === 'ESP')
  return rule && text(rule.attributes, 'ip_address')
}

/** Forwarding rules that lead to a Classic VPN gateway. */
export function rulesOf(gateway: string, context: Context): CloudObject[] {
  return context.list('google_compute_forwarding_rule').filter(({ attributes }) => resolve(context, 'google_compute_vpn_gateway', attributes['target'], attributes)?.id === gateway)
}
