import type { Attributes, Behaviour, Context } from '../../behaviour/behaviour.ts'
import { readCidr } from '../addresses.ts'
import { having, number, text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { blocksOf } from './network.ts'
import { apiError, demand, newId, since } from './resource.ts'

/** The two weights of a destination-based route: the one that is used, and the one that steps in. */
const weights = [0, 100]

export const vpnRouteEntry: Behaviour = {
  id: (object) => [object['vpn_gateway_id'], object['next_hop'], object['route_dest']].map(String).join(':'),
  create(object, context) {
    checkVpnRoute(object, context, 'CreateVpnRouteEntry')
    fill(object, { route_entry_type: 'custom', status: statusOf(object) })
  },
  update(_prior, object, context) {
    checkVpnRoute(object, context, 'ModifyVpnRouteEntryWeight')
    object['status'] = statusOf(object)
  },
}

export const routeTable: Behaviour = {
  id: (object, context) => newId('vtb', [object['vpc_id'], object['route_table_name']], context),
  create(object, context) {
    demand(context, 'alicloud_vpc', object, 'vpc_id', 'CreateRouteTable', 'Vpc')
    const name = text(object, 'route_table_name') ?? text(object, 'name') ?? ''
    fill(object, { associate_type: 'VSwitch', create_time: since, name, route_table_name: name, resource_group_id: '', route_propagation_enable: true, status: 'Available' })
  },
}

export const routeEntry: Behaviour = {
  id: (object, context) => [object['route_table_id'], routerOf(object, context), object['destination_cidrblock'], object['nexthop_type'], object['nexthop_id']].map(String).join(':'),
  create(object, context) {
    const action = 'CreateRouteEntry'
    const destination = readCidr(object['destination_cidrblock'])
    if (!destination) throw apiError(context, action, 'InvalidCidrBlock.Malformed', `The destination ${String(object['destination_cidrblock'])} is not a CIDR block.`, 'destination_cidrblock')
    const twin = having(context.list('alicloud_route_entry'), 'route_table_id', object['route_table_id']).find(({ attributes }) => attributes['destination_cidrblock'] === object['destination_cidrblock'])
    if (twin) throw apiError(context, action, 'RouterEntryConflict.Duplicated', `The route entry ${destination.toString()} exists in ${String(object['route_table_id'])}.`, 'destination_cidrblock')
    if (object['nexthop_type'] === 'VpnGateway') demand(context, 'alicloud_vpn_gateway', object, 'nexthop_id', action, 'NextHop')
    fill(object, { router_id: routerOf(object, context) })
  },
}

function checkVpnRoute(object: Attributes, context: Context, action: string): void {
  const gateway = demand(context, 'alicloud_vpn_gateway', object, 'vpn_gateway_id', action, 'VpnGatewayInstance')
  const connection = demand(context, 'alicloud_vpn_connection', object, 'next_hop', action, 'VpnConnectionInstance')
  if (connection.attributes['vpn_gateway_id'] !== gateway.id) {
    throw apiError(context, action, 'InvalidNextHop', `The next hop ${connection.id} is no IPsec connection of ${gateway.id}.`, 'next_hop')
  }
  const destination = readCidr(object['route_dest'])
  if (!destination) throw apiError(context, action, 'InvalidRouteDest', `The destination ${String(object['route_dest'])} is not a CIDR block.`, 'route_dest')
  const network = context.find('alicloud_vpc', gateway.attributes['vpc_id'])
  if (network && blocksOf(network, context).some((block) => block.contains(destination))) {
    throw apiError(context, action, 'InvalidRouteDest', `The destination ${destination.toString()} lies inside VPC ${network.id}.`, 'route_dest')
  }
  const weight = number(object, 'weight')
  if (weight === undefined || !weights.includes(weight)) throw apiError(context, action, 'InvalidWeight', `The weight must be 0 or 100, not ${String(weight)}.`, 'weight')
  const rival = having(context.list('alicloud_vpn_route_entry'), 'vpn_gateway_id', gateway.id)
    .find(({ id, attributes }) => id !== object['id'] && attributes['route_dest'] === object['route_dest'] && attributes['weight'] === weight)
  if (rival) throw apiError(context, action, 'VpnRouteEntry.Conflict', `${rival.id} leads to ${destination.toString()} with weight ${weight} already.`, 'weight')
}

function statusOf(object: Attributes): string {
  return object['publish_vpc'] === true ? 'published' : 'normal'
}

/** Router of the VPC whose system table, or one of whose custom tables, it is. */
function routerOf(object: Attributes, context: Context): string {
  const table = object['route_table_id']
  const custom = context.find('alicloud_route_table', table)
  const [network] = custom ? having(context.list('alicloud_vpc'), 'id', custom.attributes['vpc_id']) : having(context.list('alicloud_vpc'), 'route_table_id', table)
  if (!network) throw apiError(context, 'CreateRouteEntry', 'InvalidRouteTableId.NotFound', `Specified route table ${String(table)} does not exist.`, 'route_table_id')
  return String(network.attributes['router_id'])
}
