import { type Cidr, type Half, type HalfConnection, IsthmusError, networkExport, ref, type Resource, type Site } from '@isthmus/core'
import { cloudName } from './cloud-name.ts'
import { routePriorities } from './facts.ts'
import { workloadZones } from './network.ts'
import type { IbmOptions } from './options.ts'

/** Where a route leads. */
interface Way {
  readonly connection: HalfConnection
  /** Address of its resource. */
  readonly address: string
  readonly priority: number
}

/**
 * The static routes of a half: per zone, prefix and connection. Each waits for the one before it, because a routing table takes
 * one change at a time; and the first waits for all connections, so that on removal every route is gone before a connection
 * is, which a route to its destination would hold.
 */
export function staticRoutes(site: Site<IbmOptions>, half: Half, addressOf: (connection: HalfConnection) => string): Resource[] {
  const ways = waysOf(half, addressOf)
  const resources = workloadZones(site).flatMap((zone) => half.routing.peerPrefixes.flatMap((prefix) => ways.map((way) => route(site, half, zone, prefix, way))))
  return resources.map((resource, index) => {
    const before = resources[index - 1]
    return { ...resource, dependsOn: before ? [`${before.type}.${before.name}`] : ways.map((way) => way.address) }
  })
}

/** Two routes over VPN connections cannot share a destination and a priority, so each connection has one of its own. */
function waysOf(half: Half, addressOf: (connection: HalfConnection) => string): Way[] {
  const { first, last } = routePriorities.value
  const connections = half.connections.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  if (connections.length > last - first + 1) {
    throw new IsthmusError('CONTRACT_BROKEN', `${half.name} has ${connections.length} connections, and static routes have ${last - first + 1} priorities.`)
  }
  return connections.map((connection, index) => ({ connection, address: addressOf(connection), priority: first + index }))
}

function route(site: Site<IbmOptions>, half: Half, zone: string, prefix: Cidr, { connection, address, priority }: Way): Resource {
  const suffix = `${connection.id}--${zone}--${prefix.toString().replaceAll(/[.:/]/g, '-')}`
  return {
    type: 'ibm_is_vpc_routing_table_route',
    name: `${half.name}--${suffix}`,
    body: {
      name: cloudName(`${half.label}--${suffix}`),
      vpc: networkExport(site, 'vpc_id'),
      routing_table: networkExport(site, 'routing_table_id'),
      zone,
      destination: prefix.toString(),
      action: 'deliver',
      next_hop: ref(address, 'gateway_connection'),
      priority,
      timeouts: { create: '30m', delete: '30m' },
    },
  }
}
