import { gatewayExport, networkExport, ref, type Fragment, type Half, type HalfTunnel, type Resource, type Site, type Value } from '@isthmus/core'
import { writeCiphers } from './ciphers.ts'
import { cloudName } from './cloud-name.ts'
import { customerGateways } from './customer-gateway.ts'
import { addressExport, gatewayIdExport } from './gateway.ts'
import { tagged } from './network.ts'
import type { TencentOptions } from './options.ts'
import { dashed, gatewayRoutes, tableRoutes } from './routes.ts'

/** A site's half of a link: a connection per tunnel, with a BGP session or static routes, and the network's routes to the gateways. */
export function link(site: Site<TencentOptions>, half: Half): Fragment {
  const tunnels = half.connections.flatMap((connection) => connection.tunnels).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const customers = customerGateways(site, half, tunnels)
  const connections = tunnels.map((tunnel) => vpnConnection(site, half, tunnel, customers.of(tunnel)))
  const isStatic = half.routing.mode === 'static'
  const tables = tableRoutes(site, half, tunnels, (slot, prefix) => tunnels.filter(({ localSlot }) => localSlot === slot).map(({ id }) =>
    isStatic ? `tencentcloud_vpn_gateway_route.${half.name}--${id}--${dashed(prefix)}` : `tencentcloud_vpn_connection.${half.name}--${id}`))
  return { resources: [...customers.resources, ...connections, ...(isStatic ? gatewayRoutes(site, half, tunnels) : []), ...tables], exports: {} }
}

function vpnConnection(site: Site<TencentOptions>, half: Half, tunnel: HalfTunnel, customerGateway: string): Resource {
  return {
    type: 'tencentcloud_vpn_connection',
    name: `${half.name}--${tunnel.id}`,
    body: {
      name: cloudName(`${half.label}--${tunnel.id}`),
      vpc_id: networkExport(site, 'vpc_id'),
      vpn_gateway_id: gatewayExport(site, gatewayIdExport(half.routing.mode, tunnel.localSlot)),
      customer_gateway_id: ref(customerGateway, 'id'),
      pre_share_key: tunnel.key,
      // The provider does not take the addresses from the gateways, although it demands them.
      ike_local_identity: 'ADDRESS',
      ike_local_address: gatewayExport(site, addressExport(half.routing.mode, tunnel.localSlot)),
      ike_remote_identity: 'ADDRESS',
      ike_remote_address: tunnel.peerAddress,
      ...writeCiphers(half),
      negotiation_type: half.initiates ? 'active' : 'passive',
      ...deadPeerDetection(half),
      // A check needs a peer that answers on an inside address; one that fails takes the routes of the tunnel away.
      enable_health_check: false,
      ...routingOf(half, tunnel),
      ...tagged(site),
    },
  }
}

function deadPeerDetection({ dpdTimeout, initiates }: Half): Readonly<Record<string, Value>> {
  return dpdTimeout === undefined ? { dpd_enable: 0 } : { dpd_enable: 1, dpd_timeout: dpdTimeout, dpd_action: initiates ? 'restart' : 'clear' }
}

function routingOf({ routing }: Half, { inside }: HalfTunnel): Readonly<Record<string, Value>> {
  if (routing.mode === 'static') return { route_type: 'StaticRoute' }
  const bgp = { tunnel_cidr: inside.cidr.toString(), local_bgp_ip: inside.local.toString(), remote_bgp_ip: inside.peer.toString() }
  return { route_type: 'Bgp', bgp_config: [bgp] }
}
