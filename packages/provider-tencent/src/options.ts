import { z } from 'zod'

/** Bandwidths a VPN gateway is sold with, in Mbps (TC-D "Use Limits"; 3000 is known to the API only). */
export const bandwidths = [5, 10, 20, 50, 100, 200, 500, 1000, 3000] as const

const routeTableId = z.string().regex(/^rtb-[0-9a-z]+$/, 'expected the id of a route table, such as rtb-1a2b3c4d')

const existing = z
  .strictObject({
    vpcId: z.string().regex(/^vpc-[0-9a-z]+$/, 'expected the id of a VPC, such as vpc-1a2b3c4d').describe('Id of the VPC to use instead of a new one.'),
    routeTableIds: z
      .array(routeTableId)
      .min(1)
      .refine((ids) => new Set(ids).size === ids.length, 'a route table may be named only once')
      .optional()
      .describe('Route tables of that VPC that get a route to each peer; its default route table when left out.'),
  })
  .describe('What is there already and is used as it is.')

/** What a user may set for a site in Tencent Cloud. Accepts `{}`; unknown keys are refused. */
export const options = z.strictObject({
  bandwidth: z
    .literal([...bandwidths])
    .default(200)
    .describe('Bandwidth of each VPN gateway in Mbps: 5, 10, 20, 50, 100, 200, 500, 1000 or 3000. Below 200 a gateway does not speak BGP, and links are static.'),
  apiCiphers: z
    .boolean()
    .default(false)
    .describe('Also offer the algorithms that only the API names (AES-GCM, SHA-384, SHA-512, groups 15, 16, 19, 20, 21). Nobody has been seen to run them.'),
  existing: existing.optional(),
  tags: z.record(z.string().min(1).max(127), z.string().max(255)).optional().describe('Tags of every resource that can have them.'),
})

/** Options of a site in Tencent Cloud, with every default filled in. */
export type TencentOptions = z.output<typeof options>
