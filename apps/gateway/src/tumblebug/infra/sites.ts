import { z } from 'zod'
import type { CloudCatalogue } from '../../cloud/catalogue.ts'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import type { Infras } from '../../infra/infras.ts'
import type { Stored } from '../../store/index.ts'
import { gatewaySubnetOf } from '../../vpn/gateway-subnet.ts'
import type { Vnet } from '../../vnet/vnet.ts'
import { oneInfra } from '../path-parameters.ts'
import { bothEras } from '../vpn/vpns.ts'

const siteDetail = z.object({
  csp: z.string(),
  region: z.string(),
  connectionName: z.string(),
  vnet: z.string().describe('Id of the vNet in the namespace: what `vNetId` of a VPN wants'),
  subnet: z.string().optional().describe('Its first subnet'),
  gatewaySubnetCidr: z.string().optional().describe('Block that a VPN would use for its gateway, where the cloud needs a subnet for that; empty where the vNet has no room'),
  resourceGroup: z.string().optional().describe('The region, where `gatewaySubnetCidr` is; no request reads it'),
})

/** Sites by cloud; the infra is named in the words of both eras. */
const sitesInfo = z.object({ nsId: z.string(), infraId: z.string(), mciId: z.string().describe('The same as `infraId`, as the older generation of clients reads it'), count: z.int().describe('vNets of the infra, also those that can have no VPN and are not listed'), sites: z.record(z.string(), z.array(siteDetail)).describe('By cloud') }).meta({ id: 'SitesInfo' })

/** vNets of an infra's nodes, as ends for a VPN. */
export function addSites(api: Api, infras: Infras, clouds: CloudCatalogue): void {
  api.add({
    id: 'listSites', method: 'get', paths: bothEras('/ns/{nsId}/infra/{infraId}/site'), tag: 'VPNs', scope: 'read', summary: 'List the vNets of an infra as ends for a VPN',
    description: 'Each vNet that one of its nodes is on. Two of the entries make the body of a VPN, as clients of the oldest generation send them.',
    params: oneInfra, query: nothing, body: noBody, answers: { 200: sitesInfo },
  }, async ({ params: { nsId, infraId } }) => {
    const { doc } = await infras.get(nsId, infraId)
    const vnets = await infras.vnetsOf(nsId, doc)
    const details = vnets.flatMap((vnet) => siteOf(vnet, clouds))
    const sites = Object.fromEntries([...new Set(details.map(({ csp }) => csp))].sort().map((csp) => [csp, details.filter((detail) => detail.csp === csp)]))
    return { status: 200, body: { nsId, infraId, mciId: infraId, count: vnets.length, sites } }
  })
}

function siteOf({ id, doc }: Stored<Vnet>, clouds: CloudCatalogue): z.input<typeof siteDetail>[] {
  const connection = clouds.connection(doc.connection)
  const facts = connection && clouds.networkFacts(connection.cloud)
  if (!connection || !facts || !clouds.provider(connection.cloud)) return []
  const { cloud: csp, region, name: connectionName } = connection
  const gateway = facts.gatewaySubnet ? { gatewaySubnetCidr: roomOf(doc, facts), resourceGroup: region } : {}
  return [{ csp, region, connectionName, vnet: id, ...(doc.subnets[0] ? { subnet: doc.subnets[0].name } : {}), ...gateway }]
}

/** The block that a VPN would use, so that a client may send it back; empty when there is no room. */
function roomOf(vnet: Vnet, facts: Parameters<typeof gatewaySubnetOf>[1]): string {
  try {
    return gatewaySubnetOf(vnet, facts) ?? ''
  } catch {
    return ''
  }
}
