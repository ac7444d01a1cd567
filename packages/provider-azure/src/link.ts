import {
  type Fragment, gatewayExport, type Half, type HalfConnection, type HalfTunnel, IsthmusError, networkExport, ref, type Resource, type Site, type Value,
} from '@isthmus/core'
import { counterpart, type Instance, instances } from './apipa.ts'
import { writePolicy } from './ipsec-policy.ts'
import { placed } from './network.ts'
import type { AzureOptions } from './options.ts'

/** A site's half of a link: a local network gateway and a connection for each address of the peer. */
export function link(site: Site<AzureOptions>, half: Half): Fragment {
  if (half.kin !== undefined) return { resources: half.connections.map((connection) => networkConnection(site, half, connection)), exports: {} }
  const resources = half.connections.flatMap((connection) => {
    const tunnel = leadingTunnel(half, connection)
    return [localNetworkGateway(site, half, connection, tunnel), gatewayConnection(site, half, connection, tunnel)]
  })
  return { resources, exports: {} }
}

/** The tunnel that speaks for its connection: all of one share peer address and key, and under BGP there is only one. */
function leadingTunnel(half: Half, connection: HalfConnection): HalfTunnel {
  const [tunnel, ...others] = connection.tunnels
  const name = connectionName(half, connection)
  if (!tunnel) throw new IsthmusError('CONTRACT_BROKEN', `Connection ${name} has no tunnel.`)
  if (half.routing.mode === 'bgp' && others.length > 0) {
    throw new IsthmusError('CONTRACT_BROKEN', `Connection ${name} has more than one BGP tunnel to one peer address.`)
  }
  if (others.some((other) => other.peerSlot !== tunnel.peerSlot || other.key.key !== tunnel.key.key)) {
    throw new IsthmusError('CONTRACT_BROKEN', `The tunnels of connection ${name} do not share one peer address and one key.`)
  }
  return tunnel
}

function connectionName(half: Half, connection: HalfConnection): string {
  return `${half.name}--${connection.id}`
}

function localNetworkGateway(site: Site<AzureOptions>, half: Half, connection: HalfConnection, tunnel: HalfTunnel): Resource {
  // Under BGP an address space would become static routes beside the learned ones.
  const routing: Readonly<Record<string, Value>> = half.routing.mode === 'bgp'
    ? { bgp_settings: [{ asn: half.routing.peerAsn, bgp_peering_address: tunnel.inside.peer.toString() }] }
    : { address_space: half.routing.peerPrefixes.map(String) }
  return {
    type: 'azurerm_local_network_gateway',
    name: connectionName(half, connection),
    body: {
      name: `${half.label}--${connection.id}`,
      ...placed(site, networkExport(site, 'resource_group_name')),
      gateway_address: tunnel.peerAddress,
      ...routing,
    },
  }
}

function gatewayConnection(site: Site<AzureOptions>, half: Half, connection: HalfConnection, tunnel: HalfTunnel): Resource {
  return connectionTo(site, half, connection, {
    type: 'IPsec',
    local_network_gateway_id: ref(`azurerm_local_network_gateway.${connectionName(half, connection)}`, 'id'),
    shared_key: tunnel.key,
    ...(half.routing.mode === 'bgp' ? { custom_bgp_addresses: [bgpAddresses(tunnel)] } : {}),
  })
}

/** The connection to another gateway of Azure, with tunnels between all instances of both; the other end has one back. */
function networkConnection(site: Site<AzureOptions>, half: Half, connection: HalfConnection): Resource {
  const [first] = connection.tunnels
  if (!first || half.kin === undefined) throw new IsthmusError('CONTRACT_BROKEN', `Connection ${connectionName(half, connection)} leads to no gateway.`)
  return connectionTo(site, half, connection, { type: 'Vnet2Vnet', peer_virtual_network_gateway_id: half.kin, shared_key: first.key })
}

function connectionTo(site: Site<AzureOptions>, half: Half, connection: HalfConnection, peer: Readonly<Record<string, Value>>): Resource {
  return {
    type: 'azurerm_virtual_network_gateway_connection',
    name: connectionName(half, connection),
    body: {
      name: `${half.label}--${connection.id}`,
      ...placed(site, networkExport(site, 'resource_group_name')),
      virtual_network_gateway_id: gatewayExport(site, 'gateway_id'),
      ...peer,
      connection_protocol: 'IKEv2',
      connection_mode: half.initiates ? 'Default' : 'ResponderOnly',
      bgp_enabled: half.routing.mode === 'bgp',
      ...(half.dpdTimeout === undefined ? {} : { dpd_timeout_seconds: half.dpdTimeout }),
      ipsec_policy: [writePolicy(half)],
    },
  }
}

/**
 * Azure wants an address for both instances, although only one has a tunnel here. The idle instance gets the address at the
 * same place in its own pool; that it serves other connections too does no harm, as a guide of Azure does the same: the README
 * links to it.
 */
function bgpAddresses(tunnel: HalfTunnel): Readonly<Record<string, Value>> {
  const address = (instance: Instance): string => {
    const own = instance === tunnel.localSlot ? tunnel.inside.local : counterpart(tunnel.inside.local, instance)
    return own.toString()
  }
  return { primary: address(instances[0]), secondary: address(instances[1]) }
}
