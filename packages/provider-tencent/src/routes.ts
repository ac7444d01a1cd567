import { gatewayExport, ref, type Cidr, type Half, type HalfTunnel, type Resource, type Site } from '@isthmus/core'
import { gatewayIdExport } from './gateway.ts'
import { routeTables } from './network.ts'
import type { TencentOptions } from './options.ts'

/** Priorities of routes to one destination on one gateway: the cloud knows a first choice and a second, and no other. */
const priorities = { first: 0, second: 100 } as const

/** Routes of a gateway into its static tunnels. Of two tunnels of one gateway the second only stands by. */
export function gatewayRoutes(site: Site<TencentOptions>, half: Half, tunnels: readonly HalfTunnel[]): Resource[] {
  return tunnels.flatMap((tunnel) => half.routing.peerPrefixes.map((prefix): Resource => ({
    type: 'tencentcloud_vpn_gateway_route',
    name: `${half.name}--${tunnel.id}--${dashed(prefix)}`,
    body: {
      vpn_gateway_id: gatewayExport(site, gatewayIdExport(half.routing.mode, tunnel.localSlot)),
      destination_cidr_block: prefix.toString(),
      instance_type: 'VPNCONN',
      instance_id: ref(`tencentcloud_vpn_connection.${half.name}--${tunnel.id}`, 'id'),
      priority: tunnels.find(({ localSlot }) => localSlot === tunnel.localSlot) === tunnel ? priorities.first : priorities.second,
      status: 'ENABLE',
    },
  })))
}

/**
 * Routes of the network to each gateway that has a tunnel of the half. Under BGP too: nobody has seen whether learned routes
 * reach the table of a network by themselves.
 *
 * @param inside addresses of the resources that lead on from a gateway; a table points to it only once they are there
 */
export function tableRoutes(site: Site<TencentOptions>, half: Half, tunnels: readonly HalfTunnel[], inside: (slot: number, prefix: Cidr) => readonly string[]): Resource[] {
  const used = [...new Set(tunnels.map(({ localSlot }) => localSlot))]
  return routeTables(site).flatMap((table) => used.flatMap((slot) => half.routing.peerPrefixes.map((prefix): Resource => ({
    type: 'tencentcloud_route_table_entry',
    name: `${half.name}--${slot}--${dashed(prefix)}${table.suffix}`,
    body: {
      route_table_id: table.id,
      destination_cidr_block: prefix.toString(),
      next_type: 'VPN',
      next_hub: gatewayExport(site, gatewayIdExport(half.routing.mode, slot)),
    },
    dependsOn: inside(slot, prefix),
  }))))
}

/** A prefix as part of a resource name: `10.1.0.0/16` becomes `10-1-0-0-16`. */
export function dashed(prefix: Cidr): string {
  return prefix.toString().replace(/[.:/]/g, '-')
}
