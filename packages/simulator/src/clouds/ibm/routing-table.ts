import type { Attributes, Behaviour, CloudObject, Context, Refusal } from '../../behaviour/behaviour.ts'
import { readAddress, readCidr } from '../addresses.ts'
import { having, number, text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { vpcOfGateway } from './gateway.ts'
import { checkZone } from './network.ts'
import { apiError, demand, href, ibm, invalid, lastPart } from './resource.ts'

const operation = 'CreateVPCRoutingTableRouteWithContext'

/** Routes to one destination in a zone that may share a priority, where their next hops are addresses. */
const equalRoutes = 2

export const routingTable: Behaviour = ibm({ noun: 'routing-table', operation: 'CreateVPCRoutingTableWithContext', scope: ['vpc'], parent: (object) => String(object['vpc']) }, () => [], {
  create(object, context) {
    demand(context, 'ibm_is_vpc', object, 'vpc', 'CreateVPCRoutingTableWithContext')
    fill(object, {
      accept_routes_from_resource_type: [], advertise_routes_to: [], href: href(`vpcs/${String(object['vpc'])}/routing_tables/${lastPart(object['id'])}`, context), is_default: false,
      lifecycle_state: 'stable', name: `table-${lastPart(object['id']).slice(-6)}`, resource_group: [], resource_type: 'routing_table', routing_table: lastPart(object['id']), subnets: [],
    })
  },
  remove(object, context) {
    const [user] = having(context.list('ibm_is_subnet'), 'routing_table', object['routing_table'])
    if (user) throw apiError('DeleteVPCRoutingTableWithContext', 'routing_table_in_use', `Routing table ${String(object['id'])} is in use by subnet ${user.id}.`)
  },
})

export const route: Behaviour = ibm({
  noun: 'route', operation, scope: ['routing_table'], parent: (object) => `${String(object['vpc'])}/${String(object['routing_table'])}`,
}, validateRoute, {
  create(object, context) {
    checkRoute(object, context)
    fill(object, {
      creator: [], href: href(`vpcs/${String(object['vpc'])}/routing_tables/${String(object['routing_table'])}/routes/${lastPart(object['id'])}`, context), lifecycle_state: 'stable',
      name: `route-${lastPart(object['id']).slice(-6)}`, origin: 'user', priority: 2, route_id: lastPart(object['id']),
    })
    checkRivals(object, context)
  },
  update(_prior, object, context) {
    checkRoute(object, context)
    checkRivals(object, context)
  },
})

/** The connection that a next hop names. */
export function connectionAt(nextHop: unknown, context: Context): CloudObject | undefined {
  return having(context.list('ibm_is_vpn_gateway_connection'), 'gateway_connection', nextHop)[0]
}

function validateRoute(config: Attributes): Refusal[] {
  const action = text(config, 'action')
  const priority = number(config, 'priority')
  return [
    ...(action !== undefined && !['delegate', 'delegate_vpc', 'deliver', 'drop'].includes(action) ? [invalid('action', 'one of [delegate delegate_vpc deliver drop]', action)] : []),
    ...(priority !== undefined && (priority < 0 || priority > 4) ? [invalid('priority', 'in the range (0 - 4)', priority)] : []),
  ]
}

function checkRoute(object: Attributes, context: Context): void {
  const network = demand(context, 'ibm_is_vpc', object, 'vpc', operation)
  const table = object['routing_table']
  const known = table === network.attributes['default_routing_table'] || having(context.list('ibm_is_vpc_routing_table'), 'routing_table', table).some(({ attributes }) => attributes['vpc'] === network.id)
  if (!known) throw apiError(operation, 'not_found', `Routing table ${String(table)} was not found in VPC ${network.id}.`, 'routing_table')
  checkZone(object, context, operation)
  if (!readCidr(object['destination'])) throw apiError(operation, 'validation_invalid_cidr', `${String(object['destination'])} is no network.`, 'destination')
  if (object['action'] !== 'deliver') return
  const connection = connectionAt(object['next_hop'], context)
  if (!connection && !readAddress(object['next_hop'])) {
    throw apiError(operation, 'invalid_next_hop', `${String(object['next_hop'])} is neither an address nor a VPN connection.`, 'next_hop')
  }
  if (!connection) return
  const gateway = context.find('ibm_is_vpn_gateway', connection.attributes['vpn_gateway'])
  if (gateway && vpcOfGateway(gateway.attributes, context)?.id !== network.id) {
    throw apiError(operation, 'invalid_next_hop', `VPN connection ${String(connection.attributes['name'])} is in another VPC.`, 'next_hop')
  }
}

/** Equal routes share traffic only where the next hops are addresses, and only two of them. */
function checkRivals(object: Attributes, context: Context): void {
  const equals = having(context.list('ibm_is_vpc_routing_table_route'), 'routing_table', object['routing_table']).filter(({ id, attributes }) => id !== object['id']
    && (['zone', 'destination', 'priority'] as const).every((name) => attributes[name] === object[name]))
  const overConnection = [object, ...equals.map(({ attributes }) => attributes)].some((each) => connectionAt(each['next_hop'], context))
  if (equals.length === 0 || (!overConnection && equals.length < equalRoutes)) return
  const message = `Zone ${String(object['zone'])} has a route to ${String(object['destination'])} with priority ${String(object['priority'])} already.`
  throw apiError(operation, 'route_conflict', message, 'destination')
}
