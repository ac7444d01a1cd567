import type { z } from 'zod'
import { statusOf } from '../../condition/condition.ts'
import type { Stored } from '../../store/index.ts'
import type { Vpn } from '../../vpn/vpn.ts'
import type { VnetAnswers } from '../vnet/vnet-answers.ts'
import type { healthAnswer, vpnInfo } from './vpn-models.ts'

/** A VPN as clients of this API read it. */
export function vpnInfoOf({ id, doc }: Stored<Vpn>, answers: VnetAnswers): z.input<typeof vpnInfo> {
  const status = statusOf(doc.conditions)
  const sites = doc.sites.map(({ connection, resources }) => ({
    connectionName: connection,
    connectionConfig: answers.connection(connection),
    resourceDetails: resources.map((resource) => ({ cspResourceName: resource.name, cspResourceId: resource.id, cspResourceDetail: resource.detail, status: resource.status })),
  }))
  return {
    resourceType: 'vpn',
    id,
    uid: doc.uid,
    name: doc.name,
    description: doc.description,
    status,
    systemMessage: [doc.message, ...(status === 'Available' ? unreported(doc).map((text) => `${text}.`) : []), ...(doc.remarks ?? [])].filter((text) => text !== '').join(' '),
    conditions: doc.conditions,
    vpnSites: sites,
    ...(doc.generation === 'site' ? { vpnGatewayInfo: sites.map(({ connectionName, connectionConfig, resourceDetails: [first] }) => ({ connectionName, connectionConfig, cspResourceName: first?.cspResourceName ?? '', cspResourceId: first?.cspResourceId ?? '', status, description: doc.description, details: first?.cspResourceDetail ?? {} })) } : {}),
  }
}

/** Where a site's end of a ping is: a node on its vNet, or the vNet itself where there is none. */
export interface PingEnd {
  readonly nodeId: string
  readonly privateIp: string
  readonly csp: string
}

/** Tunnels that no cloud reports the state of; nothing where there are none. */
function unreported({ tunnels }: Vpn): string[] {
  const count = tunnels.filter(({ state }) => state === 'agreed').length
  return count === 0 ? [] : [`${count} of ${tunnels.length} tunnels are made alike at both ends, and no cloud reports whether they are up`]
}

const unknownTime = '0 ms'

/** Health as the tunnels tell it: nobody pings anything. */
export function healthOf(id: string, vpn: Vpn, [one, other]: readonly [PingEnd, PingEnd], attempts: number): z.input<typeof healthAnswer> {
  const reachable = statusOf(vpn.conditions) === 'Available' || vpn.tunnels.some(({ state }) => state !== 'down')
  const count = vpn.tunnels.length
  const reported = vpn.tunnels.filter(({ state }) => state !== 'agreed')
  const up = count === 0 ? ['there are no tunnels'] : reported.length === 0 ? [] : [`${reported.filter(({ state }) => state === 'up').length} of ${count} tunnels are up, as the clouds report them`]
  const why = vpn.message === '' ? [] : [vpn.message.replace(/\.$/, '')]
  const message = [...up, ...unreported(vpn), ...why, 'no node was pinged'].join('; ')
  const direction = (from: PingEnd, to: PingEnd, name: string) => ({
    direction: name,
    sourceNode: from,
    targetNode: to,
    reachable,
    attempts,
    pingStats: { packetLoss: reachable ? '0%' : '100%', minRtt: unknownTime, avgRtt: unknownTime, maxRtt: unknownTime },
    message,
  })
  return { vpnId: id, reachable, message, results: [direction(one, other, 'site1→site2'), direction(other, one, 'site2→site1')] }
}
