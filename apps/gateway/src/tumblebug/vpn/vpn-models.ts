import { z } from 'zod'
import { conditionSchema } from '../../condition/condition.ts'
import { nameSchema } from '../../identity/name.ts'
import { connectionModel } from '../connection/connection-models.ts'

/** What a client says of one end in the words of its cloud. Numbers are texts in this API; empty means a default. */
export const siteProperty = z.looseObject({
  bgpAsn: z.union([z.string().regex(/^\d{0,10}$/, 'an ASN is a number'), z.int().transform(String)]).optional(),
  vpnSku: z.string().optional(),
  gatewaySubnetCidr: z.string().optional(),
  bgpPeeringCidrs: z.record(z.string(), z.array(z.string())).optional().describe('Blocks for the insides of the tunnels, in lists by the cloud opposite. One that either end refuses is passed over, and `systemMessage` says why'),
})

/** An end by the id of its vNet. */
const vnetEnd = z.object({ vNetId: z.string().min(1, 'the id of a vNet is missing'), cspSpecificProperty: z.record(z.string(), siteProperty).optional() })

/** An end as the list of sites shows it, which the oldest clients send back. */
const siteEnd = z.object({
  csp: z.string().min(1),
  vnet: z.string().min(1, 'the id of a vNet is missing'),
  region: z.string().optional(),
  connectionName: z.string().optional(),
  subnet: z.string().optional(),
  gatewaySubnetCidr: z.string().optional(),
  resourceGroup: z.string().optional(),
})

export const vpnEnd = z.union([vnetEnd, siteEnd])
export const vpnRequest = z.object({ name: nameSchema, site1: vpnEnd, site2: vpnEnd }).meta({ id: 'RestPostVpnRequest' })

const resourceDetail = z.object({ cspResourceName: z.string(), cspResourceId: z.string(), cspResourceDetail: z.unknown(), status: z.string() })

const base = {
  resourceType: z.literal('vpn'),
  id: z.string(),
  uid: z.string(),
  name: z.string(),
  description: z.string(),
  status: z.string(),
  systemMessage: z.string(),
  conditions: z.array(conditionSchema),
}

/** A VPN as answers show it. Those that the oldest clients made have their gateways listed as well. */
export const vpnInfo = z.object({
  ...base,
  vpnSites: z.array(z.object({ connectionName: z.string(), connectionConfig: connectionModel, resourceDetails: z.array(resourceDetail) })),
  vpnGatewayInfo: z.array(z.object({
    connectionName: z.string(),
    connectionConfig: connectionModel,
    cspResourceName: z.string(),
    cspResourceId: z.string(),
    status: z.string(),
    description: z.string(),
    details: z.unknown(),
  })).optional(),
}).meta({ id: 'VpnInfo' })

/** What a comparison of record and clouds came to. */
export const reconcileAnswer = z.object({
  vpnId: z.string(),
  metadataStatus: z.enum(['Found', 'NotFound']),
  cspResourceStatus: z.enum(['Exists', 'NotFound', 'Skipped']),
  action: z.enum(['NoActionNeeded', 'MetadataRemoved', 'StatusRestored']),
  message: z.string(),
}).meta({ id: 'VpnReconcileResponse' })

/** What a ping would be made with. Nobody logs in anywhere and pings, so any numbers will do. */
export const healthRequest = z.object({
  userName: z.string().default('cb-user'),
  pingCount: z.int().default(4),
  intervalSec: z.int().default(15),
  maxAttempts: z.int().default(20),
}).meta({ id: 'VpnHealthCheckRequest' })

const node = z.object({ nodeId: z.string(), privateIp: z.string(), csp: z.string() })

export const healthAnswer = z.object({
  vpnId: z.string(),
  reachable: z.boolean(),
  message: z.string(),
  results: z.array(z.object({
    direction: z.string(),
    sourceNode: node,
    targetNode: node,
    reachable: z.boolean(),
    attempts: z.int(),
    pingStats: z.object({ packetLoss: z.string(), minRtt: z.string(), avgRtt: z.string(), maxRtt: z.string() }),
    message: z.string(),
  })),
}).meta({ id: 'VpnHealthCheckResponse' })
