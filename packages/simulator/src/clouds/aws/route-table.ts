import type { Attributes, Behaviour, CloudObject, Context } from '../../behaviour/behaviour.ts'
import { readCidr } from '../addresses.ts'
import { having, isSet, text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { apiError, demand, dependency, ec2, unused } from './account.ts'
import { vpcOf } from './attachment.ts'

export const routeTable: Behaviour = ec2({ prefix: 'rtb', arn: 'route-table', owner: true, tags: true, key: ['vpc_id'] }, {
  create(object, context) {
    demand(context, 'aws_vpc', object, 'vpc_id', 'vpc', 'CreateRouteTable')
    fill(object, { propagating_vgws: [], route: [] })
  },
  remove(object, context) {
    if (having(context.list('aws_route_table_association'), 'route_table_id', object['id']).length > 0) {
      throw dependency('DeleteRouteTable', 'routeTable', object['id'])
    }
  },
})

export const routeTableAssociation: Behaviour = ec2({ prefix: 'rtbassoc', key: ['subnet_id', 'gateway_id', 'route_table_id'] }, {
  create(object, context) {
    const table = demandRouteTable(object, context, 'AssociateRouteTable')
    if (!isSet(object, 'subnet_id')) return
    const subnet = demand(context, 'aws_subnet', object, 'subnet_id', 'subnet', 'AssociateRouteTable')
    if (subnet.attributes['vpc_id'] !== table.attributes['vpc_id']) {
      const message = `Route table ${table.id} and subnet ${subnet.id} belong to different networks`
      throw apiError('AssociateRouteTable', 'InvalidParameterValue', message, 'route_table_id')
    }
    if (having(context.list('aws_route_table_association'), 'subnet_id', subnet.id).length > 0) {
      const message = `the specified association for route table ${table.id} conflicts with an existing association`
      throw apiError('AssociateRouteTable', 'Resource.AlreadyAssociated', message, 'subnet_id')
    }
  },
  importId(id, context) {
    const [target, table] = id.split('/')
    return having(context.list('aws_route_table_association'), 'route_table_id', table)
      .find(({ attributes }) => attributes['subnet_id'] === target || attributes['gateway_id'] === target)?.id ?? id
  },
})

export const route: Behaviour = {
  id: (object, context) => unused(`r-${String(object['route_table_id'])}${parseInt(context.digest(destination(object)).slice(0, 8), 16)}`, context, () =>
    apiError('CreateRoute', 'RouteAlreadyExists', `The route identified by ${destination(object)} already exists.`, 'destination_cidr_block')),
  create(object, context) {
    const table = demandRouteTable(object, context, 'CreateRoute')
    checkDestination(object, table.attributes, context)
    checkTarget(object, table.id, table.attributes['vpc_id'], context)
    fill(object, {
      instance_id: '', instance_owner_id: '', network_interface_id: '', origin: 'CreateRoute',
      region: text(table.attributes, 'region'), state: 'active',
    })
  },
  update(_prior, object, context) {
    const table = demandRouteTable(object, context, 'ReplaceRoute')
    checkTarget(object, table.id, table.attributes['vpc_id'], context)
  },
  importId(id, context) {
    const [table, target] = id.split('_')
    return having(context.list('aws_route'), 'route_table_id', table).find(({ attributes }) => destination(attributes) === target)?.id ?? id
  },
}

/** The route table that an argument points to: one that was made, or the one that its VPC was born with. */
export function demandRouteTable(object: Attributes, context: Context, operation: string): CloudObject {
  const id = object['route_table_id']
  const [born] = having(context.list('aws_vpc'), 'main_route_table_id', id)
  if (!born) return demand(context, 'aws_route_table', object, 'route_table_id', 'routeTable', operation)
  return { type: 'aws_route_table', id: String(id), attributes: { vpc_id: born.id, region: born.attributes['region'] } }
}

function destination(object: Attributes): string {
  const names = ['destination_cidr_block', 'destination_ipv6_cidr_block', 'destination_prefix_list_id']
  return names.map((name) => text(object, name)).find((value) => value !== undefined) ?? ''
}

function checkDestination(object: Attributes, table: Attributes, context: Context): void {
  const wanted = readCidr(object['destination_cidr_block'])
  const own = readCidr(context.find('aws_vpc', table['vpc_id'])?.attributes['cidr_block'])
  if (!wanted || !own?.contains(wanted) || isSet(object, 'network_interface_id')) return
  const message = `Destination CIDR block ${wanted.toString()} is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.`
  throw apiError('CreateRoute', 'InvalidParameterValue', message, 'destination_cidr_block')
}

function checkTarget(object: Attributes, table: string, vpc: unknown, context: Context): void {
  const gateway = text(object, 'gateway_id')
  if (gateway?.startsWith('vgw-') && vpcOf(gateway, context) !== vpc) {
    const message = `route table ${table} and network gateway ${gateway} belong to different networks`
    throw apiError('CreateRoute', 'InvalidParameterValue', message, 'gateway_id')
  }
  const transit = text(object, 'transit_gateway_id')
  const attached = having(context.list('aws_ec2_transit_gateway_vpc_attachment'), 'transit_gateway_id', transit)
  if (transit !== undefined && having(attached, 'vpc_id', vpc).length === 0) {
    throw apiError('CreateRoute', 'InvalidTransitGatewayID.NotFound', `The transitGateway ID '${transit}' does not exist.`, 'transit_gateway_id')
  }
}
