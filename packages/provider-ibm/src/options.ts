import { Cidr, parseCidr } from '@isthmus/core'
import { z } from 'zod'
import { attachesBeforeConnections, transitBlocks } from './facts.ts'

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((block) => Cidr.of(block))

const id = z.string().regex(/^[-\w]{1,64}$/, 'expected an id, such as r006-4727d842-f94f-4a2d-824a-9bc9b02c523b')

const existing = z.strictObject({
  vpc: id.describe('Id of the VPC.'),
  vpcCrn: z.string().regex(/^crn:v1:[^\s]+:vpc:[^\s:]+$/, 'expected the CRN of a VPC').describe('CRN of the VPC, by which a transit gateway attaches it.'),
  routingTable: id.describe('Id of the routing table of the workload subnets; static routes go there.'),
  gatewaySubnet: id.describe('Id of an empty subnet of /28 or larger for the VPN gateway.'),
})

const transitCidr = z.string().refine(isTransitBlock, `expected an RFC 1918 block of /${transitBlocks.value.longestPrefix} or larger, such as 192.168.255.224/27`)

/** What a user may set for a site in IBM Cloud. Accepts `{}`; unknown keys are refused. */
export const ibmOptions = z.strictObject({
  resourceGroup: id.optional().describe('Id of the resource group for everything that is made; the default one of the account when left out.'),
  transitGateway: id.optional().describe('Id of an existing transit gateway that BGP links go through; a new one is made when left out.'),
  transitCidr: transitCidr.optional()
    .describe('Block for the GRE tunnels between VPN gateway and transit gateway; no network of the order may use it. The last /27 of 192.168.0.0/16 when left out, or of 172.16.0.0/12 or 10.0.0.0/8 where the site itself uses that.'),
  attachGateway: z.boolean().default(attachesBeforeConnections.value)
    .describe('Whether the VPN gateway is attached to its transit gateway at once. Should IBM Cloud refuse that before the first BGP connection exists, apply with false, then with true.'),
  existing: existing.optional().describe('A network that is there already; nothing but the gateway and its links is then made.'),
  tags: z.array(z.string().regex(/^[\w .:-]{1,128}$/)).optional().describe('Tags of every resource that can have them, such as team:network.'),
}).refine((options) => options.transitGateway === undefined || options.transitCidr !== undefined, {
  path: ['transitCidr'],
  message: 'needed with transitGateway: blocks of other connections of that gateway are not known here',
})

/** Options of a site in IBM Cloud, with every default filled in. */
export type IbmOptions = z.output<typeof ibmOptions>

function isTransitBlock(text: string): boolean {
  const parsed = parseCidr(text)
  return parsed.ok && parsed.cidr.prefix <= transitBlocks.value.longestPrefix && privateRanges.some((range) => range.contains(parsed.cidr))
}
