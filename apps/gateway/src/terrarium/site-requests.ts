import { z } from 'zod'
import type { CloudCatalogue } from '../cloud/catalogue.ts'
import { Problem } from '../http/problem.ts'
import { wishesFor } from '../vpn/inside-wishes.ts'
import type { TerrariumSite } from './terrarium.ts'

/** Numbers are texts here; empty means a default. */
const asn = z.union([z.string().regex(/^\d{0,10}$/, 'an ASN is a number'), z.int().transform(String)]).optional()
  .describe('Autonomous system number of the gateway, 1 to 4294967295, as text or number. One is allocated when empty or left out. Where the cloud opposite does not take it, routes are static')
const text = z.string().optional()
const notRead = 'Not read: the VPN is for the whole network, and the cloud tells the rest'
const onlyThere = 'Has to be there, and is not read: the VPN is for the whole network'
const vpcId = text.describe('Id of the network in its cloud. Has to be there')

function regionOf(usual: string): typeof text {
  return text.describe(`Region of the network as the cloud names it; \`${usual}\` when empty or left out`)
}

/** Ends by the peer's key of their cloud; what a VPN here does not need is accepted and not read. */
export const siteRequests = {
  aws: z.object({ region: regionOf('ap-northeast-2'), vpc_id: vpcId, subnet_id: text.describe(onlyThere), bgp_asn: asn }).describe('An end in AWS'),
  azure: z.object({
    region: text.describe('Region of the network as the cloud names it. Has to be there'),
    resource_group_name: text.describe('Name of the resource group that the network is in. Has to be there'),
    virtual_network_name: text.describe('Name of the network. Has to be there'),
    gateway_subnet_cidr: text.describe('Block for the subnet of the gateway; a free one is chosen when empty or left out. One that the network has no room for is passed over, and `details` says why. Not read where the network has such a subnet'),
    bgp_asn: asn,
    vpn_sku: text.describe('Size of the gateway, `VpnGw1AZ` to `VpnGw5AZ`; one without `AZ` is taken for the one with it. `VpnGw2AZ` when empty or left out'),
    bgp_peering_cidrs: z.record(z.string(), z.array(z.string())).optional().describe('Blocks for the insides of the tunnels, /30, in lists by the cloud opposite, such as `to_gcp`. Each tunnel gets the first one that both ends take. One that either end refuses is passed over, and `details` says why. Chosen when left out'),
  }).describe('An end in Azure'),
  gcp: z.object({ region: regionOf('asia-northeast3'), vpc_network_name: text.describe('Name of the network. Has to be there'), bgp_asn: asn }).describe('An end in Google Cloud'),
  alibaba: z.object({ region: regionOf('ap-northeast-2'), vpc_id: vpcId, vswitch_id_1: text.describe(onlyThere), vswitch_id_2: text.describe(onlyThere), bgp_asn: asn }).describe('An end in Alibaba Cloud'),
  tencent: z.object({ region: regionOf('ap-seoul'), vpc_id: vpcId, subnet_id: text.describe(notRead) }).describe('An end in Tencent Cloud'),
  ibm: z.object({ region: regionOf('au-syd'), vpc_id: vpcId, vpc_cidr: text.describe(notRead), subnet_id: text.describe(onlyThere) }).describe('An end in IBM Cloud'),
  dcs: z.object({ region: regionOf('RegionOne'), subnet_id: text.describe('Id of any subnet of the network. Has to be there, unless `network_id` is'), network_id: text.describe('Id of the network, in place of `subnet_id`'), router_id: text.describe('Id of the router, behind `network_id`, where the network has several routers with an external gateway'), bgp_asn: asn }).describe('An end in OpenStack'),
} as const
export type SiteKey = keyof typeof siteRequests
type SiteRequest = { readonly [K in SiteKey]?: z.output<typeof siteRequests[K]> | undefined }

interface SiteRule {
  /** Our name of the cloud, where it is another one. */
  readonly cloud?: string
  readonly region?: string
  /** Fields that have to be there. */
  readonly required: readonly string[]
  /** Field that can stand in for all of them. */
  readonly instead?: string
  /** The cloud's id of the network, from the fields. */
  readonly network: (fields: Readonly<Record<string, string>>) => string
}

/** Regions that the peer takes where none is given, and what it calls the network. */
const rules: Readonly<Record<SiteKey, SiteRule>> = {
  aws: { region: 'ap-northeast-2', required: ['vpc_id', 'subnet_id'], network: (fields) => fields['vpc_id'] ?? '' },
  azure: { required: ['region', 'resource_group_name', 'virtual_network_name'], network: (fields) => `${fields['resource_group_name']}/${fields['virtual_network_name']}` },
  gcp: { region: 'asia-northeast3', required: ['vpc_network_name'], network: (fields) => fields['vpc_network_name'] ?? '' },
  alibaba: { region: 'ap-northeast-2', required: ['vpc_id', 'vswitch_id_1', 'vswitch_id_2'], network: (fields) => fields['vpc_id'] ?? '' },
  tencent: { region: 'ap-seoul', required: ['vpc_id'], network: (fields) => fields['vpc_id'] ?? '' },
  ibm: { region: 'au-syd', required: ['vpc_id', 'subnet_id'], network: (fields) => fields['vpc_id'] ?? '' },
  dcs: { cloud: 'openstack', region: 'RegionOne', required: ['subnet_id'], instead: 'network_id', network: ({ network_id: id, router_id: router, subnet_id: subnet }) => (id === undefined ? `subnet/${subnet}` : [id, router].filter(Boolean).join('/')) },
}

export const siteKeys: readonly SiteKey[] = ['aws', 'azure', 'gcp', 'alibaba', 'tencent', 'ibm', 'dcs']

/** Which end of a VPN is read. */
interface EndOfRequest {
  readonly key: SiteKey
  /** Key of the other end. */
  readonly opposite: SiteKey
  /** Where it stands in the body. */
  readonly path: string
}

/**
 * One end of a VPN from a request.
 *
 * @throws Problem BODY_INVALID naming what is missing
 */
export function siteOf({ key, opposite, path }: EndOfRequest, request: SiteRequest, clouds: CloudCatalogue): TerrariumSite {
  const { cloud = key, region: usual = '', required, instead = '', network } = rules[key]
  const fields = Object.fromEntries(Object.entries(request[key] ?? {}).flatMap(([name, value]) => (typeof value === 'string' && value !== '' ? [[name, value]] : [])))
  const missing = fields[instead] === undefined ? required.filter((name) => fields[name] === undefined) : []
  if (missing.length > 0) throw new Problem('BODY_INVALID', missing.map((name) => `${path}.${key}.${name} is missing`).join('; '))
  if (!clouds.provider(cloud)) throw new Problem('BODY_INVALID', `${path}.${key}: no provider for ${cloud} is loaded`)
  const [number, sku] = [fields['bgp_asn'], fields['vpn_sku']]
  if (number !== undefined && !/^\d+$/.test(number)) throw new Problem('BODY_INVALID', `${path}.${key}.bgp_asn: an ASN is a number`)
  const insideWishes = wishesFor(opposite, key === 'azure' ? request.azure?.bgp_peering_cidrs : undefined, `${path}.${key}.bgp_peering_cidrs`)
  return {
    key,
    cloud,
    region: fields['region'] ?? usual,
    network: network(fields),
    settings: { ...(number === undefined ? {} : { asn: Number(number) }), ...(sku === undefined ? {} : { sku }) },
    gatewaySubnet: fields['gateway_subnet_cidr'] ?? '',
    ...(insideWishes.length > 0 ? { insideWishes } : {}),
  }
}
