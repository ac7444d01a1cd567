import { z } from 'zod'

const existing = z
  .strictObject({
    vpcId: z.string().regex(/^vpc-[0-9a-f]+$/).describe('Id of the VPC to use instead of a new one.'),
    routeTableIds: z
      .array(z.string().regex(/^rtb-[0-9a-f]+$/))
      .min(1)
      .describe('Route tables of that VPC that are to learn the routes of the links.'),
    subnetIds: z
      .array(z.string().regex(/^subnet-[0-9a-f]+$/))
      .min(1)
      .optional()
      .describe('Subnets for the attachment of a new transit gateway, one per zone.'),
    vpnGatewayId: z
      .string()
      .regex(/^vgw-[0-9a-f]+$/)
      .optional()
      .describe('Virtual private gateway to use instead of a new one; attached to the VPC, its routes propagated to the route tables.'),
    transitGatewayId: z
      .string()
      .regex(/^tgw-[0-9a-f]+$/)
      .optional()
      .describe('Transit gateway to use instead of a new one; the VPC is attached to it.'),
    transitGatewayRouteTableId: z
      .string()
      .regex(/^tgw-rtb-[0-9a-f]+$/)
      .optional()
      .describe('Default association route table of that transit gateway; without it links cannot be static.'),
  })
  .describe('What is there already and is used as it is. The site’s asn must be that of an existing gateway.')

/** What a user may set for a site in AWS. */
export const options = z
  .strictObject({
    gateway: z
      .enum(['vgw', 'tgw'])
      .default('vgw')
      .describe('Gateway to make: a virtual private gateway (no charge of its own) or a transit gateway (ECMP over all tunnels, charged per attachment).'),
    existing: existing.optional(),
    tags: z.record(z.string().min(1).max(128), z.string().max(256)).default({}).describe('Tags for every resource that can have them; `Name` is set by Isthmus.'),
  })
  .superRefine((value, context) => {
    const refuse = (field: string, message: string): void => context.addIssue({ code: 'custom', path: ['existing', field], message })
    const { gateway, existing: given } = value
    if (!given) return
    if (gateway === 'tgw' && given.vpnGatewayId) refuse('vpnGatewayId', 'needs gateway: vgw')
    if (gateway === 'vgw' && given.transitGatewayId) refuse('transitGatewayId', 'needs gateway: tgw')
    if (given.transitGatewayRouteTableId && !given.transitGatewayId) refuse('transitGatewayRouteTableId', 'belongs to an existing transitGatewayId')
    if (gateway === 'tgw' && !given.transitGatewayId && !given.subnetIds) refuse('subnetIds', 'a new transit gateway is attached to subnets: name one per zone')
  })

/** Options of a site in AWS, defaults filled in. */
export type AwsOptions = z.output<typeof options>
