import { z } from 'zod'
import { customSuiteSchema } from '../ipsec/index.ts'

/** Longest names that still fit, joined, into the 63 characters the strictest cloud allows. */
const orderNameLength = 16
const siteNameLength = 20

/** Lower-case letters, digits and single hyphens: `--` joins the two sites of a link. */
const namePattern = /^[a-z](?:-?[a-z0-9])*$/

/** Name of an order. */
export const orderName = z.string().max(orderNameLength).regex(namePattern)
/** Name of a site; not the one name of this form that every object has a member of already, here and in the programs that read stacks. */
export const siteName = z.string().max(siteNameLength).regex(namePattern).refine((name) => name !== 'constructor')

const subnetSchema = z.strictObject({
  name: z.string().min(1).max(40).describe('Name of the subnet, unique in its site'),
  cidr: z.string().describe('Address block inside the network of the site, such as 10.10.1.0/24'),
  zone: z.string().optional().describe('Zone as the cloud names it; spread over the zones when left out'),
  purpose: z.enum(['workload', 'gateway']).optional().describe('`gateway` for the subnet that only the VPN gateway may use; found by its name when left out'),
})

/** Fields that every site has whatever its cloud. */
export const siteFields = {
  cloud: z.string().describe('Cloud of the site: the id of a loaded provider'),
  region: z.string().describe('Region as the cloud names it'),
  cidr: z.string().optional().describe('Address block of the network, such as 10.10.0.0/16'),
  cidrs: z.array(z.string()).min(1).optional().describe('Several address blocks instead of one'),
  subnets: z.array(subnetSchema).optional().describe('Subnets; designed from the network when left out'),
  zones: z.array(z.string()).min(1).optional().describe('Zones to use, in order; the first ones of the region when left out'),
  asn: z.int().min(1).max(4294967295).optional().describe('Autonomous system number of the gateway; allocated when left out'),
  limits: z
    .strictObject({
      connections: z.int().min(1).optional().describe('VPN connections per gateway that your account allows'),
      tunnels: z.int().min(1).optional().describe('Tunnels per gateway that your account allows'),
    })
    .optional()
    .describe('Quotas of your account where they differ from the defaults of the cloud'),
} as const

const lifetimesSchema = z.strictObject({
  phase1: z.int().min(300).max(604800).optional().describe('Lifetime of the IKE SA in seconds'),
  phase2: z.int().min(180).max(604800).optional().describe('Lifetime of the CHILD SA in seconds'),
})

const linkFields = {
  routing: z.enum(['bgp', 'static']).optional().describe('How routes reach the other end; negotiated when left out'),
  lifetimes: lifetimesSchema.optional().describe('Lifetimes of the security associations; 28800 s and 3600 s when left out'),
  dpdTimeout: z.int().min(5).max(86400).optional().describe('Seconds without an answer after which a peer counts as dead; 45 when left out'),
  keyVersion: z.int().min(1).max(1_000_000).optional().describe('Version of the pre-shared keys; raise it to rotate them'),
} as const

const linkSchema = z.strictObject({
  ...linkFields,
  initiator: z.string().optional().describe('The one site that starts IKE, or `both`'),
  insideCidrs: z.record(z.string(), z.string()).optional().describe('Inside /30 blocks by tunnel, such as {"00": "169.254.10.0/30"}'),
})

const topologySchema = z.union([
  z.literal('full-mesh').describe('Every site with every other'),
  z.strictObject({ hub: z.string().describe('Site in the middle; every other site is linked to it') }),
  z.strictObject({ links: z.array(z.tuple([z.string(), z.string()])).describe('Pairs of sites; none for networks that stand alone') }),
])

/** An order as written, apart from what only the providers can check. */
export const orderSchema = z.strictObject({
  name: orderName.describe('Name of the order; part of every name in every cloud'),
  topology: topologySchema.default('full-mesh').describe('Which sites are linked'),
  security: z.enum(['baseline', 'strong', 'custom']).default('strong').describe('`baseline`: one suite that every cloud takes; `strong`: the strongest each pair has in common; `custom`: the suite you give'),
  suite: customSuiteSchema.optional().describe('Algorithms you accept, each list from most to least wanted; only with `security: custom`'),
  defaults: z.strictObject(linkFields).optional().describe('Settings of all links'),
  links: z.record(z.string(), linkSchema).optional().describe('Settings of single links, by name such as north--south'),
  sites: z.record(siteName, z.looseObject(siteFields)).describe('The networks to connect, by name'),
})

/** What {@link orderSchema} parses to. */
export type OrderDocument = z.infer<typeof orderSchema>
/** One site of it; fields beyond the common ones belong to the provider. */
export type SiteDocument = OrderDocument['sites'][string]
/** Settings of one link. */
export type LinkDocument = z.infer<typeof linkSchema>
