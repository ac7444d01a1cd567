import { designLimits, designNetworks, finding, readCidrAt, type DesignedNetwork, type Finding, type WantedNetwork } from '@isthmus/core'
import { z } from 'zod'
import type { CloudCatalogue } from '../../cloud/catalogue.ts'
import { refuseErrors } from '../../http/findings-text.ts'
import { nothing, type Api } from '../../http/operation.ts'
import { vnetRequest } from '../vnet/vnet-models.ts'

/** Numbers of this body are numbers in one generation of clients and texts in the other. */
const count = z.union([z.int(), z.string().regex(/^\d{1,9}$/, 'a whole number is wanted').transform(Number)])

const wantedVnet = z.object({
  subnetCount: count.describe('Subnets, at least 1, as number or text. The next power of two is made, two at least, and those beyond the count are called `…-reserved`'),
  hostsPerSubnet: count.describe('Hosts that each subnet has room for, at least 1, as number or text, beside the addresses that the cloud keeps'),
  useFirstNZones: count.default(0).describe('The subnets take turns in so many zones of the region, the first ones; a number or a text. With 0, which is the default, no zone is said'),
})

const designRequest = z.object({
  desiredPrivateNetwork: z.string().optional().describe('Block that all vNets come from, such as `10.0.0.0/8`. The private blocks of RFC 1918 when empty or left out'),
  supernettingEnabled: z.union([z.enum(['true', 'false', '']), z.boolean()]).default('false').describe('`true` adds `rootNetworkCIDR` to the answer, the smallest block that covers all vNets, where they share one of the private blocks. `false` when empty or left out'),
  mcNetConfigurations: z.array(z.object({
    csp: z.string().describe('Id of a cloud, in any case'),
    regions: z.array(z.object({
      name: z.string().describe('Region as the cloud names it'),
      vNets: z.array(wantedVnet).default([]).describe('vNets to design there'),
    })).default([]).describe('Regions of the cloud'),
  })).default([]).describe('What is wanted, by cloud and region: at most 1,000 vNets with 10,000 subnets in all'),
}).meta({ id: 'VNetDesignRequest' })

const designAnswer = z.object({ rootNetworkCIDR: z.string().optional().describe('The smallest block that covers all vNets, where it was asked for'), vNetReqList: z.array(vnetRequest).describe('Bodies that create the vNets, as they are or under other names') }).meta({ id: 'VNetDesign' })

/** A vNet to design and the connection it is for. */
interface Wanted {
  /** Where it stands in the body. */
  readonly path: string
  readonly connection: string
  readonly network: WantedNetwork
}

/** `POST /util/vNet/design`: gives vNets of several clouds addresses that do not overlap. */
export function addVnetDesign(api: Api, clouds: CloudCatalogue): void {
  api.add({
    id: 'designVnet', method: 'post', paths: ['/util/vNet/design'], tag: 'Network design', scope: 'read',
    summary: 'Design vNets in several clouds',
    description: 'Gives them addresses that do not overlap and that their clouds take. Nothing is made, and vNets that exist are not looked at.',
    params: nothing, query: nothing, body: designRequest, answers: { 201: designAnswer },
  }, async ({ body }) => {
    refuseErrors(tooMany(body))
    const findings: Finding[] = []
    const wanted = body.mcNetConfigurations.flatMap(({ csp, regions }, c) => regions.flatMap((region, r) => region.vNets.map((vnet, v) => {
      const path = `mcNetConfigurations[${c}].regions[${r}]`
      return wantedOf(clouds, csp, region.name, vnet, { path, vnetPath: `${path}.vNets[${v}]`, findings })
    })))
    const within = body.desiredPrivateNetwork ? readCidrAt('desiredPrivateNetwork', body.desiredPrivateNetwork) : undefined
    if (within && 'finding' in within) findings.push(within.finding)
    refuseErrors(findings)
    const numbered = wanted.map((item, index) => ({ ...item, network: { ...item.network, name: `vnet${twoDigits(index)}` } }))
    const designed = designNetworks({ networks: numbered.map((item) => item.network), ...(within && 'cidr' in within ? { supernet: within.cidr } : {}) })
    if ('findings' in designed) {
      refuseErrors(designed.findings.map((item) => ({ ...item, path: item.path.replace(/^networks\[(\d+)\]/, (all, index: string) => numbered[Number(index)]?.path ?? all) })))
      return { status: 201, body: { vNetReqList: [] } }
    }
    const asked = body.supernettingEnabled === true || body.supernettingEnabled === 'true'
    return {
      status: 201,
      body: {
        ...(asked && designed.supernet ? { rootNetworkCIDR: designed.supernet.toString() } : {}),
        vNetReqList: designed.networks.map((network, index) => requestOf(network, numbered[index]?.connection ?? '')),
      },
    }
  })
}

/** Said before anything is made of the numbers: those of one small body would fill the memory. */
function tooMany({ mcNetConfigurations }: z.output<typeof designRequest>): Finding[] {
  const vnets = mcNetConfigurations.flatMap(({ regions }) => regions.flatMap((region) => region.vNets))
  const subnets = vnets.reduce((sum, { subnetCount }) => sum + Math.max(0, subnetCount), 0)
  if (vnets.length <= designLimits.networks && subnets <= designLimits.subnets) return []
  return [finding('ORDER_INVALID', 'mcNetConfigurations', { title: `${vnets.length} vNets with ${subnets} subnets are more than one design holds.`, hint: `design at most ${designLimits.networks} vNets with ${designLimits.subnets} subnets at once.` })]
}

interface Place {
  readonly path: string
  readonly vnetPath: string
  readonly findings: Finding[]
}

function wantedOf(clouds: CloudCatalogue, csp: string, region: string, vnet: z.output<typeof wantedVnet>, { path, vnetPath, findings }: Place): Wanted {
  const connection = clouds.connections().find((item) => item.cloud === csp.toLowerCase() && item.region === region)
  const facts = clouds.networkFacts(csp.toLowerCase())
  if (!facts) findings.push(finding('CLOUD_UNKNOWN', path, { title: `no cloud is called ${csp}.`, hint: `use one of ${clouds.ids.join(', ')}.` }))
  else if (!connection) findings.push(finding('REGION_UNKNOWN', `${path}.name`, { title: `${csp} has no region ${region}.`, hint: `use one of ${Object.keys(facts.regions.value).join(', ')}.` }))
  if (vnet.subnetCount < 1) findings.push(finding('ORDER_INVALID', `${vnetPath}.subnetCount`, { title: `${vnet.subnetCount} is not a number of subnets.`, hint: 'ask for at least 1.' }))
  // A subnet is smaller than its vNet.
  const rooms = 2 ** Math.ceil(Math.log2(Math.max(vnet.subnetCount, 2)))
  return {
    path: vnetPath,
    connection: connection?.name ?? '',
    network: {
      name: '',
      facts,
      zones: connection?.zones.slice(0, Math.max(vnet.useFirstNZones, 0)),
      subnets: Array.from({ length: rooms }, (_, index) => ({ name: `subnet${twoDigits(index)}${index < vnet.subnetCount ? '' : '-reserved'}`, hosts: vnet.hostsPerSubnet })),
    },
  }
}

function requestOf(network: DesignedNetwork, connectionName: string): z.input<typeof vnetRequest> {
  return {
    name: network.name,
    connectionName,
    cidrBlock: network.cidr.toString(),
    subnetInfoList: network.subnets.map(({ name, cidr, zone }) => ({ name, ipv4_CIDR: cidr.toString(), ...(zone === undefined ? {} : { zone }) })),
  }
}

function twoDigits(index: number): string {
  return String(index).padStart(2, '0')
}
