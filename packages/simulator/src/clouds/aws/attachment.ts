import type { Attributes, Context } from '../../behaviour/behaviour.ts'
import { having, text } from '../attributes.ts'
import { apiError, demand } from './account.ts'

/** The VPC that a virtual private gateway is attached to, by its own argument or by an attachment of its own. */
export function vpcOf(gateway: string, context: Context): string | undefined {
  const inline = context.find('aws_vpn_gateway', gateway)?.attributes ?? {}
  const [attachment] = having(context.list('aws_vpn_gateway_attachment'), 'vpn_gateway_id', gateway)
  return text(inline, 'vpc_id') || (attachment ? text(attachment.attributes, 'vpc_id') : undefined)
}

/** Refuses what cannot be attached: a VPC takes one virtual private gateway, and a gateway goes into one VPC. */
export function checkAttachment(gateway: string, object: Attributes, context: Context): void {
  const vpc = demand(context, 'aws_vpc', object, 'vpc_id', 'vpc', 'AttachVpnGateway')
  const present = vpcOf(gateway, context)
  if (present !== undefined && present !== vpc.id) {
    const message = `You have reached the limit on the number of VPCs that can be attached to the specified virtual private gateway: ${gateway} is attached to ${present}.`
    throw apiError('AttachVpnGateway', 'VpnGatewayAttachmentLimitExceeded', message, 'vpc_id')
  }
  const other = context.list('aws_vpn_gateway').find(({ id }) => id !== gateway && vpcOf(id, context) === vpc.id)
  if (other) {
    throw apiError('AttachVpnGateway', 'InvalidVpcState', `VPC ${vpc.id} is currently attached to the Virtual Private Gateway ${other.id}.`, 'vpc_id')
  }
}
