import type { Behaviour } from '../../behaviour/behaviour.ts'
import { having, text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { apiError, demand, dependency, ec2, region } from './account.ts'
import { checkAttachment, vpcOf } from './attachment.ts'
import { demandRouteTable } from './route-table.ts'

export const vpnGateway: Behaviour = ec2({ prefix: 'vgw', arn: 'vpn-gateway', tags: true, key: ['vpc_id', 'amazon_side_asn'] }, {
  create(object, context) {
    fill(object, { amazon_side_asn: '64512', vpc_id: null })
    if (text(object, 'vpc_id')) checkAttachment(String(object['id']), object, context)
  },
  update(prior, object, context) {
    fill(object, { vpc_id: null })
    if (!text(object, 'vpc_id') || object['vpc_id'] === prior['vpc_id']) return
    demand(context, 'aws_vpc', object, 'vpc_id', 'vpc', 'AttachVpnGateway')
    // The provider detaches the gateway from its former VPC first, so only another gateway can be in the way.
    const other = context.list('aws_vpn_gateway').find(({ id }) => id !== object['id'] && vpcOf(id, context) === object['vpc_id'])
    if (other) throw apiError('AttachVpnGateway', 'InvalidVpcState', `VPC ${String(object['vpc_id'])} is currently attached to the Virtual Private Gateway ${other.id}.`, 'vpc_id')
  },
  remove(object, context) {
    if (having(context.list('aws_vpn_connection'), 'vpn_gateway_id', object['id']).length > 0) {
      throw dependency('DeleteVpnGateway', 'vpnGateway', object['id'])
    }
    if (having(context.list('aws_vpn_gateway_attachment'), 'vpn_gateway_id', object['id']).length > 0) {
      throw apiError('DeleteVpnGateway', 'IncorrectState', `The vpnGateway ID '${String(object['id'])}' is attached to a VPC.`)
    }
  },
})

export const vpnGatewayAttachment: Behaviour = {
  id: (object, context) => `vpn-attachment-${context.digest(`${String(object['vpc_id'])}-${String(object['vpn_gateway_id'])}`).slice(0, 8)}`,
  create(object, context) {
    const gateway = demand(context, 'aws_vpn_gateway', object, 'vpn_gateway_id', 'vpnGateway', 'AttachVpnGateway')
    checkAttachment(gateway.id, object, context)
    fill(object, { region: region(object, context) })
  },
}

export const vpnGatewayRoutePropagation: Behaviour = {
  id: (object) => `${String(object['vpn_gateway_id'])}_${String(object['route_table_id'])}`,
  create(object, context) {
    const operation = 'EnableVgwRoutePropagation'
    const table = demandRouteTable(object, context, operation)
    const gateway = demand(context, 'aws_vpn_gateway', object, 'vpn_gateway_id', 'vpnGateway', operation)
    const vpc = table.attributes['vpc_id']
    if (vpcOf(gateway.id, context) !== vpc) {
      throw apiError(operation, 'Gateway.NotAttached', `resource ${gateway.id} is not attached to network ${String(vpc)}`, 'vpn_gateway_id')
    }
    fill(object, { region: region(object, context) })
  },
}
