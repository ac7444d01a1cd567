import { z } from 'zod'
import { conditionSchema } from '../../condition/condition.ts'
import { statusWords, uidField } from '../answer-fields.ts'
import { connectionModel } from '../connection/connection-models.ts'
import { nameOf } from '../request-fields.ts'

const gatewaySubnetField = z.string().optional().describe('Block for the subnet of the gateway, where the cloud needs one; a free one is chosen when empty or left out. Another one than the vNet has from an earlier VPN answers 409. One that does not fit answers 400 in a vNet that was made here; in a registered network it is passed over, and `systemMessage` says why. Not read where the network brought such a subnet along')

/** What a client says of one end in the words of its cloud. Numbers are texts in this API; empty means a default. */
export const siteProperty = z.looseObject({
  bgpAsn: z.union([z.string().regex(/^\d{0,10}$/, 'an ASN is a number'), z.int().transform(String)]).optional()
    .describe('Autonomous system number of the gateway at this end, 1 to 4294967295, as text or number. One is allocated when empty or left out. A gateway has one for all its VPNs: another one answers 409. Where the cloud opposite does not take it, routes are static'),
  vpnSku: z.string().optional().describe('Size of the gateway as the cloud names it, where gateways of the cloud have sizes; the default size of the cloud when empty or left out'),
  gatewaySubnetCidr: gatewaySubnetField,
  bgpPeeringCidrs: z.record(z.string(), z.array(z.string())).optional().describe('Blocks for the insides of the tunnels, /30, in lists by the cloud opposite: `toCloud` or `to_cloud`. Each tunnel gets the first one that both ends take. One that either end refuses is passed over, and `systemMessage` says why. Chosen when left out'),
})

/** An end by the id of its vNet. */
const vnetEnd = z.object({
  vNetId: z.string().min(1, 'the id of a vNet is missing').describe('Id of a vNet of the namespace'),
  cspSpecificProperty: z.record(z.string(), siteProperty).optional().describe('Settings by cloud, in any case. Only those for the cloud of the vNet are read; others may stand there'),
})

/** An end as the list of sites shows it, which the oldest clients send back. */
const siteEnd = z.object({
  csp: z.string().min(1).describe('Cloud of the vNet, in any case'),
  vnet: z.string().min(1, 'the id of a vNet is missing').describe('Id of a vNet of the namespace, or what its cloud calls it: its id or its name there'),
  region: z.string().optional().describe('Not read: the region is that of the vNet'),
  connectionName: z.string().optional().describe('Connection of the vNet, where what its cloud calls it is not unique'),
  subnet: z.string().optional().describe('Not read: the VPN is for the whole vNet'),
  gatewaySubnetCidr: gatewaySubnetField,
  resourceGroup: z.string().optional().describe('Not read: the gateway is put where the vNet is'),
})

const endForms = 'By `vNetId`, or as an entry of the list of sites, as the oldest generation of clients sends it'
export const vpnEnd = z.union([vnetEnd, siteEnd])
export const vpnRequest = z.object({
  name: nameOf('VPN'),
  site1: vpnEnd.describe(`One end. ${endForms}`),
  site2: vpnEnd.describe(`The other end, in whichever order; of another vNet, and of the same credential holder. ${endForms}`),
}).meta({ id: 'RestPostVpnRequest' })

const resourceDetail = z.object({ cspResourceName: z.string(), cspResourceId: z.string(), cspResourceDetail: z.unknown().describe('The resource as its cloud shows it, without keys'), status: z.string().describe('In the words of the cloud; empty where it says none') })

const base = {
  resourceType: z.literal('vpn'),
  id: z.string(),
  uid: uidField,
  name: z.string(),
  description: z.string().describe('`VPN between` the two clouds'),
  status: z.string().describe(`${statusWords}. \`Available\` means that all tunnels are there, alike at both ends, and none is down`),
  systemMessage: z.string().describe('What went wrong last, how many tunnels no cloud reports the state of, and which wishes of the request were passed over and why; empty when there is nothing to say'),
  conditions: z.array(conditionSchema),
}

/** A VPN as answers show it. Those that the oldest clients made have their gateways listed as well. */
export const vpnInfo = z.object({
  ...base,
  vpnSites: z.array(z.object({ connectionName: z.string(), connectionConfig: connectionModel, resourceDetails: z.array(resourceDetail).describe('Gateway, connections and what belongs to them at this end, as they were last read') })).describe('The two ends, in the order of the request'),
  vpnGatewayInfo: z.array(z.object({
    connectionName: z.string(),
    connectionConfig: connectionModel,
    cspResourceName: z.string(),
    cspResourceId: z.string(),
    status: z.string(),
    description: z.string(),
    details: z.unknown(),
  })).optional().describe('The first resource of each end, for a VPN whose request described its ends as sites; else not there'),
}).meta({ id: 'VpnInfo' })

/** What a comparison of record and clouds came to. */
export const reconcileAnswer = z.object({
  vpnId: z.string(),
  metadataStatus: z.enum(['Found', 'NotFound']).describe('Whether the VPN is on record'),
  cspResourceStatus: z.enum(['Exists', 'NotFound', 'Skipped']).describe('Whether the clouds hold something of it; `Skipped` where they were not asked, because it is not on record or a run is changing it'),
  action: z.enum(['NoActionNeeded', 'MetadataRemoved', 'StatusRestored']).describe('`MetadataRemoved`: the clouds hold nothing, so the record was removed. `StatusRestored`: it is `Available` again'),
  message: z.string(),
}).meta({ id: 'VpnReconcileResponse' })

const notPinged = 'Not read: nobody pings'

/** What a ping would be made with. Nobody logs in anywhere and pings, so any numbers will do. */
export const healthRequest = z.object({
  userName: z.string().default('cb-user').describe('Not read: nobody logs in'),
  pingCount: z.int().default(4).describe(notPinged),
  intervalSec: z.int().default(15).describe(notPinged),
  maxAttempts: z.int().default(20).describe(notPinged),
}).meta({ id: 'VpnHealthCheckRequest' })

const node = z.object({ nodeId: z.string().describe('A node of the infra on the vNet; the id of the vNet where there is none'), privateIp: z.string().describe('Empty where there is no node'), csp: z.string() })

export const healthAnswer = z.object({
  vpnId: z.string(),
  reachable: z.boolean().describe('Whether the VPN is available, or some tunnel is not down'),
  message: z.string(),
  results: z.array(z.object({
    direction: z.string().describe('`site1→site2` or `site2→site1`; both say the same'),
    sourceNode: node,
    targetNode: node,
    reachable: z.boolean(),
    attempts: z.int().describe('Always 1'),
    pingStats: z.object({ packetLoss: z.string(), minRtt: z.string(), avgRtt: z.string(), maxRtt: z.string() }).describe('`0%` or `100%` as it is reachable or not, and no times: nobody pinged'),
    message: z.string(),
  })),
}).meta({ id: 'VpnHealthCheckResponse' })
