import type { Attributes, Behaviour, Context } from '../../behaviour/behaviour.ts'
import { readCidr } from '../addresses.ts'
import { checked } from '../checked.ts'
import { fill } from '../fill.ts'
import { apiError, demand, invalidValue, shortId, since } from './resource.ts'

/** Arguments with few values, which only the API checks. */
const allowed: Readonly<Record<string, readonly unknown[]>> = { priority: [0, 100], status: ['ENABLE', 'DISABLE'], instance_type: ['VPNCONN', 'CCN'] }

export const vpnGatewayRoute: Behaviour = checked(() => [], {
  id: (object, context) => `${String(object['vpn_gateway_id'])}#${routeId(object, context)}`,
  create(object, context) {
    checkValues(object)
    const gateway = demand(context, 'tencentcloud_vpn_gateway', object, 'vpn_gateway_id')
    if (object['instance_type'] === 'VPNCONN') checkConnection(object, gateway.id, context)
    fill(object, { create_time: since, update_time: since, type: 'Static', route_id: routeId(object, context) })
  },
  update: (_prior, object) => { checkValues(object) },
})

/** A destination leads into one tunnel once. */
function routeId(object: Attributes, context: Context): string {
  return shortId('vpnr', JSON.stringify([object['vpn_gateway_id'], object['destination_cidr_block'], object['instance_id']]), context)
}

function checkValues(object: Attributes): void {
  for (const [name, values] of Object.entries(allowed)) {
    if (!values.includes(object[name])) throw invalidValue('', object, name, `it must be one of ${values.join(', ')}.`)
  }
  if (!readCidr(object['destination_cidr_block'])) throw invalidValue('Malformed', object, 'destination_cidr_block', 'it must be a network address with its prefix length.')
}

function checkConnection(object: Attributes, gateway: string, context: Context): void {
  const connection = demand(context, 'tencentcloud_vpn_connection', object, 'instance_id')
  if (connection.attributes['vpn_gateway_id'] !== gateway) throw invalidValue('', object, 'instance_id', `it is no connection of ${gateway}.`)
  if (connection.attributes['route_type'] !== 'StaticRoute') {
    throw apiError('UnsupportedOperation', `The connection ${connection.id} has the route type ${String(connection.attributes['route_type'])}; only StaticRoute takes routes.`, 'instance_id')
  }
}
