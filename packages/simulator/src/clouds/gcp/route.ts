import { type Attributes, type Behaviour, type CloudObject, type Context } from '../../behaviour/behaviour.ts'
import { readCidr } from '../addresses.ts'
import { isSet, text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { compute, demand, invalidValue, resolve } from './resource.ts'

const action = 'creating Route'

export const route: Behaviour = compute({ title: 'Route', collection: 'routes', scope: 'global' }, () => [], {
  create(object, context) {
    const network = demand(context, 'google_compute_network', object, 'network', action)
    checkDestination(object, network, context)
    if (isSet(object, 'next_hop_vpn_tunnel')) checkTunnel(object, network, context)
    fill(object, {
      as_paths: [], next_hop_hub: '', next_hop_instance_zone: '', next_hop_inter_region_cost: '', next_hop_ip: '', next_hop_med: '',
      next_hop_network: '', next_hop_origin: '', next_hop_peering: '', route_status: '', route_type: 'STATIC', warnings: [],
    })
  },
})

/** A subnet route always wins, so a static route inside one would never be used. */
function checkDestination(object: Attributes, network: CloudObject, context: Context): void {
  const destination = readCidr(object['dest_range'])
  if (!destination) throw invalidValue(action, 'destRange', object['dest_range'], 'Must be a CIDR address range without host bits.', 'dest_range')
  const subnetwork = context.list('google_compute_subnetwork').find(({ attributes }) => readCidr(attributes['ip_cidr_range'])?.contains(destination)
    && resolve(context, 'google_compute_network', attributes['network'], attributes)?.id === network.id)
  if (subnetwork) throw invalidValue(action, 'destRange', object['dest_range'], `The range lies inside the subnetwork ${subnetwork.id}.`, 'dest_range')
}

function checkTunnel(object: Attributes, network: CloudObject, context: Context): void {
  const tunnel = demand(context, 'google_compute_vpn_tunnel', object, 'next_hop_vpn_tunnel', action)
  if (!text(tunnel.attributes, 'target_vpn_gateway')) {
    throw invalidValue(action, 'nextHopVpnTunnel', object['next_hop_vpn_tunnel'], 'A tunnel of an HA VPN gateway is routed by BGP and takes no static routes.', 'next_hop_vpn_tunnel')
  }
  const gateway = resolve(context, 'google_compute_vpn_gateway', tunnel.attributes['target_vpn_gateway'], tunnel.attributes)
  if (gateway && resolve(context, 'google_compute_network', gateway.attributes['network'], gateway.attributes)?.id !== network.id) {
    throw invalidValue(action, 'nextHopVpnTunnel', object['next_hop_vpn_tunnel'], 'The tunnel is in another network.', 'next_hop_vpn_tunnel')
  }
}
