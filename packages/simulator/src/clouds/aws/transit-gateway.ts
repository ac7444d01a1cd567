import type { Behaviour, CloudObject, Context } from '../../behaviour/behaviour.ts'
import { readCidr } from '../addresses.ts'
import { flag, having, isSet, text, texts } from '../attributes.ts'
import { fill } from '../fill.ts'
import { account, apiError, demand, ec2, hexId, unused } from './account.ts'

export const transitGateway: Behaviour = ec2({
  prefix: 'tgw', arn: 'transit-gateway', owner: true, tags: true, key: ['amazon_side_asn', 'description'],
}, {
  create(object, context) {
    const table = hexId('tgw-rtb', String(object['id']), context)
    fill(object, {
      association_default_route_table_id: object['default_route_table_association'] === 'disable' ? '' : table,
      encryption_support: 'disable',
      propagation_default_route_table_id: object['default_route_table_propagation'] === 'disable' ? '' : table,
    })
  },
  remove(object, context) {
    const attachments: readonly (readonly [string, CloudObject[]])[] = [
      ['VPC', having(context.list('aws_ec2_transit_gateway_vpc_attachment'), 'transit_gateway_id', object['id'])],
      ['VPN', having(context.list('aws_vpn_connection'), 'transit_gateway_id', object['id'])],
    ]
    for (const [kind, found] of attachments) {
      if (found.length === 0) continue
      const ids = found.map(({ id, attributes }) => text(attributes, 'transit_gateway_attachment_id') ?? id).join(', ')
      throw apiError('DeleteTransitGateway', 'IncorrectState', `${String(object['id'])} has non-deleted ${kind} Attachments: ${ids}.`)
    }
  },
})

export const transitGatewayVpcAttachment: Behaviour = ec2({
  prefix: 'tgw-attach', arn: 'transit-gateway-attachment', tags: true, key: ['transit_gateway_id', 'vpc_id'],
}, {
  create(object, context) {
    const operation = 'CreateTransitGatewayVpcAttachment'
    const gateway = demand(context, 'aws_ec2_transit_gateway', object, 'transit_gateway_id', 'transitGateway', operation)
    const vpc = demand(context, 'aws_vpc', object, 'vpc_id', 'vpc', operation)
    const present = having(context.list('aws_ec2_transit_gateway_vpc_attachment'), 'transit_gateway_id', gateway.id)
    if (having(present, 'vpc_id', vpc.id).length > 0) {
      throw apiError(operation, 'DuplicateTransitGatewayAttachment', `${gateway.id} has non-deleted Transit Gateway Attachment with same VPC ID.`, 'vpc_id')
    }
    checkSubnets(texts(object, 'subnet_ids'), vpc.id, context, operation)
    fill(object, {
      security_group_referencing_support: 'enable',
      transit_gateway_default_route_table_association: true,
      transit_gateway_default_route_table_propagation: true,
      vpc_owner_id: account,
    })
  },
  update(_prior, object, context) {
    checkSubnets(texts(object, 'subnet_ids'), String(object['vpc_id']), context, 'ModifyTransitGatewayVpcAttachment')
  },
})

export const transitGatewayRoute: Behaviour = {
  id: (object, context) => unused(`${String(object['transit_gateway_route_table_id'])}_${String(object['destination_cidr_block'])}`, context, () =>
    apiError('CreateTransitGatewayRoute', 'RouteAlreadyExists', `Route ${String(object['destination_cidr_block'])} already exists in Transit Gateway Route Table ${String(object['transit_gateway_route_table_id'])}.`, 'destination_cidr_block')),
  create(object, context) {
    const operation = 'CreateTransitGatewayRoute'
    const table = String(object['transit_gateway_route_table_id'])
    const gateway = context.list('aws_ec2_transit_gateway').find(({ attributes }) => attributes['association_default_route_table_id'] === table || attributes['propagation_default_route_table_id'] === table)
    const owner = gateway ?? context.find('aws_ec2_transit_gateway_route_table', table)
    if (!owner) throw apiError(operation, 'InvalidRouteTableID.NotFound', `Transit Gateway Route Table ${table} was deleted or does not exist.`, 'transit_gateway_route_table_id')
    const attachment = text(object, 'transit_gateway_attachment_id')
    if (attachment === undefined ? !flag(object, 'blackhole') : !hasAttachment(attachment, context)) {
      throw apiError(operation, 'InvalidTransitGatewayAttachmentID.NotFound', `Transit Gateway Attachment ${attachment ?? '(none)'} was deleted or does not exist.`, 'transit_gateway_attachment_id')
    }
    if (!readCidr(object['destination_cidr_block'])) {
      throw apiError(operation, 'InvalidParameterValue', `Invalid CIDR block ${String(object['destination_cidr_block'])}.`, 'destination_cidr_block')
    }
    fill(object, { region: text(owner.attributes, 'region') })
  },
}

function checkSubnets(subnets: readonly string[], vpc: string, context: Context, operation: string): void {
  const zones = new Set<unknown>()
  for (const id of subnets) {
    const subnet = context.find('aws_subnet', id)
    if (!subnet || subnet.attributes['vpc_id'] !== vpc) throw apiError(operation, 'InvalidSubnetID.NotFound', `The subnet ID '${id}' does not exist in ${vpc}`, 'subnet_ids')
    const zone = subnet.attributes['availability_zone']
    if (zones.has(zone)) throw apiError(operation, 'DuplicateSubnetsInSameZone', `Duplicate Subnets for same AZ: ${String(zone)}`, 'subnet_ids')
    if (isSet(subnet.attributes, 'availability_zone')) zones.add(zone)
  }
}

function hasAttachment(id: string, context: Context): boolean {
  if (context.find('aws_ec2_transit_gateway_vpc_attachment', id)) return true
  return having(context.list('aws_vpn_connection'), 'transit_gateway_attachment_id', id).length > 0
}
