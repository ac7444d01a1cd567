import { z } from 'zod'

/** Bandwidths of a public VPN gateway in Mbit/s (alicloud_vpn_gateway, bandwidth). */
export const bandwidths = [5, 10, 20, 50, 100, 200, 500, 1000] as const

const vswitchId = z.string().regex(/^vsw-[0-9a-z]+$/, 'expected the id of a vSwitch, such as vsw-0xi1')

const existing = z.strictObject({
  vpcId: z.string().regex(/^vpc-[0-9a-z]+$/, 'expected the id of a VPC, such as vpc-0xi1').describe('Id of the VPC to use instead of a new one.'),
  vswitchIds: z.tuple([vswitchId, vswitchId])
    .describe('The two vSwitches of that VPC that the gateway takes an address in each of, in two zones. A region with one zone may name the same vSwitch twice.'),
  routeTableIds: z.array(z.string().regex(/^vtb-[0-9a-z]+$/, 'expected the id of a route table, such as vtb-0xi1'))
    .min(1)
    .refine((ids) => new Set(ids).size === ids.length, 'a route table may be named only once')
    .optional()
    .describe('Custom route tables of that VPC that are to know where the links lead; the gateway itself writes only to the system route table.'),
})

/** What a user may set for a site in Alibaba Cloud. Accepts `{}`; unknown keys are refused. */
export const options = z.strictObject({
  bandwidth: z.literal(bandwidths).default(100).describe('Bandwidth of the VPN gateway in Mbit/s, shared by all its tunnels. It cannot be changed later without a new gateway.'),
  existing: existing.optional().describe('What is there already and is used as it is.'),
  tags: z.record(z.string().min(1).max(128), z.string().max(128)).optional().describe('Tags of every resource that can have them.'),
})

/** Options of a site in Alibaba Cloud, with every default filled in. */
export type AlibabaOptions = z.output<typeof options>
