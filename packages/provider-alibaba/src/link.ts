import {
  gatewayExport, IsthmusError, ref, type Fragment, type Half, type HalfConnection, type HalfTunnel, type Reference, type Resource, type Site, type Value,
} from '@isthmus/core'
import { writePhases } from './cryptography.ts'
import { customerGateways } from './customer-gateways.ts'
import { addressOf, chained, dashed, tagged } from './network.ts'
import type { AlibabaOptions } from './options.ts'

/** The cloud configures one connection of a gateway at a time, so those of other links make this one wait. */
const timeouts = { create: '30m', update: '30m', delete: '30m' }

/** Destination-route mode: routes decide what enters a tunnel. */
const everything = ['0.0.0.0/0']

/** Of two routes to one destination the gateway uses the heavier; no other weights exist. */
const weights = { active: 100, standby: 0 } as const

/** A site's half of a link: the peer's addresses, connections of two tunnels each, and where the routing is static the routes. */
export function link(site: Site<AlibabaOptions>, half: Half): Fragment {
  const peers = customerGateways(site, half)
  const connections = chained(half.connections.map((connection) => connectionOf(site, half, connection, peers.idFor)))
  const ready = connections.slice(-1).map(addressOf)
  return { resources: [...peers.resources, ...connections, ...gatewayRoutes(site, half, ready), ...tableRoutes(site, half, ready)], exports: {} }
}

function nameOf(half: Half, connection: HalfConnection): string {
  return `${half.name}--${connection.id}`
}

function connectionOf(site: Site<AlibabaOptions>, half: Half, connection: HalfConnection, customerGateway: (tunnel: HalfTunnel) => Reference): Resource {
  const [master, slave] = pairOf(half, connection)
  return {
    type: 'alicloud_vpn_connection',
    name: nameOf(half, connection),
    body: {
      vpn_connection_name: `${half.label}--${connection.id}`,
      vpn_gateway_id: gatewayExport(site, 'gateway_id'),
      network_type: 'public',
      local_subnet: everything,
      remote_subnet: everything,
      auto_config_route: false,
      effect_immediately: half.initiates,
      enable_tunnels_bgp: half.routing.mode === 'bgp',
      tunnel_options_specification: [
        tunnelOptions('master', half, master, customerGateway(master)),
        tunnelOptions('slave', half, slave, customerGateway(slave)),
      ],
      ...tagged(site),
      timeouts,
    },
  }
}

/**
 * The two tunnels of a connection. Static routing may want only one: the other then tries the same address of the peer with
 * the same key and stands idle, because a connection has two whatever happens.
 */
function pairOf(half: Half, connection: HalfConnection): readonly [HalfTunnel, HalfTunnel] {
  const [first, second, third] = connection.tunnels.toSorted((a, b) => a.localSlot - b.localSlot)
  if (first?.localSlot === 0 && second?.localSlot === 1 && !third) return [first, second]
  if (first && !second && half.routing.mode === 'static') return [first, first]
  throw new IsthmusError('CONTRACT_BROKEN', `Connection ${nameOf(half, connection)} is not one tunnel from each of the two addresses.`)
}

function tunnelOptions(role: 'master' | 'slave', half: Half, tunnel: HalfTunnel, customerGateway: Reference): Readonly<Record<string, Value>> {
  const { cidr, local } = tunnel.inside
  const session = { local_asn: String(half.routing.localAsn), local_bgp_ip: local.toString(), tunnel_cidr: cidr.toString() }
  return {
    role,
    customer_gateway_id: customerGateway,
    enable_dpd: true,
    // Some peers take only ESP inside UDP.
    enable_nat_traversal: true,
    ...writePhases(half, tunnel.key),
    ...(half.routing.mode === 'bgp' ? { tunnel_bgp_config: [session] } : {}),
  }
}

/** Routes of the gateway into its connections; published, they are in the system route table of the VPC too. */
function gatewayRoutes(site: Site<AlibabaOptions>, half: Half, ready: readonly string[]): Resource[] {
  if (half.routing.mode === 'bgp') return []
  const { peerPrefixes } = half.routing
  const [active] = half.connections.map(({ id }) => id).toSorted()
  return half.connections.flatMap((connection) => peerPrefixes.map((prefix): Resource => ({
    type: 'alicloud_vpn_route_entry',
    name: `${nameOf(half, connection)}--${dashed(prefix.toString())}`,
    body: {
      vpn_gateway_id: gatewayExport(site, 'gateway_id'),
      next_hop: ref(`alicloud_vpn_connection.${nameOf(half, connection)}`, 'id'),
      route_dest: prefix.toString(),
      publish_vpc: true,
      weight: connection.id === active ? weights.active : weights.standby,
      timeouts,
    },
    // While a connection is being configured, the gateway takes no routes either.
    dependsOn: ready,
  })))
}

/** Custom route tables learn nothing from the gateway, whatever the routing mode. */
function tableRoutes(site: Site<AlibabaOptions>, half: Half, ready: readonly string[]): Resource[] {
  const tables = site.options.existing?.routeTableIds ?? []
  return tables.flatMap((table) => half.routing.peerPrefixes.map((prefix): Resource => ({
    type: 'alicloud_route_entry',
    name: `${half.name}--${dashed(prefix.toString())}--${table}`,
    body: { route_table_id: table, destination_cidrblock: prefix.toString(), nexthop_type: 'VpnGateway', nexthop_id: gatewayExport(site, 'gateway_id') },
    dependsOn: ready,
  })))
}
