import { type Fragment, gatewayExport, type Half, type HalfConnection, type HalfTunnel, IsthmusError, ref, type Resource, type Site, type Value } from '@isthmus/core'
import { cloudName } from './cloud-name.ts'
import { idleCounterpart } from './idle-leg.ts'
import type { IbmOptions } from './options.ts'
import { writePolicies } from './policies.ts'
import { staticRoutes } from './routes.ts'

/** Members of a gateway, as positions among the `tunnel` blocks of a connection. */
const members = [0, 1] as const

/** Of the time-out of dead peer detection, the part between two probes: three of them fit. */
const probesPerTimeout = 3

/** A site's half of a link: its policies, a connection for each address of the peer, and with static routing the routes over them. */
export function link(site: Site<IbmOptions>, half: Half): Fragment {
  return {
    resources: [
      ...writePolicies(site, half),
      ...half.connections.map((connection) => gatewayConnection(site, half, connection)),
      ...(half.routing.mode === 'static' ? staticRoutes(site, half, (connection) => `ibm_is_vpn_gateway_connection.${connectionName(half, connection)}`) : []),
    ],
    exports: {},
  }
}

function connectionName(half: Half, connection: HalfConnection): string {
  return `${half.name}--${connection.id}`
}

/** The tunnel that speaks for its connection: all of one share peer address and key, and each starts at another member. */
function leadingTunnel(half: Half, connection: HalfConnection): HalfTunnel {
  const [tunnel, ...others] = connection.tunnels
  const name = connectionName(half, connection)
  if (!tunnel) throw new IsthmusError('CONTRACT_BROKEN', `Connection ${name} has no tunnel.`)
  if (others.some((other) => other.peerSlot !== tunnel.peerSlot || other.key.key !== tunnel.key.key)) {
    throw new IsthmusError('CONTRACT_BROKEN', `The tunnels of connection ${name} do not share one peer address and one key.`)
  }
  if (new Set(connection.tunnels.map(({ localSlot }) => localSlot)).size < connection.tunnels.length) {
    throw new IsthmusError('CONTRACT_BROKEN', `Two tunnels of connection ${name} start at one member of the gateway.`)
  }
  return tunnel
}

function gatewayConnection(site: Site<IbmOptions>, half: Half, connection: HalfConnection): Resource {
  const tunnel = leadingTunnel(half, connection)
  const bgp = half.routing.mode === 'bgp'
  return {
    type: 'ibm_is_vpn_gateway_connection',
    name: connectionName(half, connection),
    body: {
      name: cloudName(`${half.label}--${connection.id}`),
      vpn_gateway: gatewayExport(site, 'gateway_id'),
      preshared_key: tunnel.key,
      peer: [{ address: tunnel.peerAddress, ...(bgp ? { asn: half.routing.peerAsn } : {}) }],
      ike_policy: ref(`ibm_is_ike_policy.${half.name}`, 'id'),
      ipsec_policy: ref(`ibm_is_ipsec_policy.${half.name}`, 'id'),
      establish_mode: half.initiates ? 'bidirectional' : 'peer_only',
      admin_state_up: true,
      routing_protocol: bgp ? 'bgp' : 'none',
      ...deadPeerDetection(half),
      ...(bgp ? { tunnel: members.map((member) => tunnelOf(connection, tunnel, member)) } : {}),
      // Under static routing a gateway otherwise sends everything through the member with the lower address.
      distribute_traffic: !bgp && connection.tunnels.length > 1,
      timeouts: { delete: '30m' },
    },
  }
}

function deadPeerDetection({ dpdTimeout, initiates }: Half): Readonly<Record<string, Value>> {
  if (dpdTimeout === undefined) return {}
  return { action: initiates ? 'restart' : 'clear', interval: Math.max(1, Math.floor(dpdTimeout / probesPerTimeout)), timeout: dpdTimeout }
}

/**
 * IBM Cloud wants inside addresses for both members, also where the deal has a tunnel for only one. The idle leg gets a /30 that
 * is kept for idle legs and that no link is ever given.
 */
function tunnelOf({ tunnels }: HalfConnection, leading: HalfTunnel, member: number): Readonly<Record<string, Value>> {
  const own = tunnels.find(({ localSlot }) => localSlot === member)
  const { local, peer } = own?.inside ?? { local: idleCounterpart(leading.inside.local), peer: idleCounterpart(leading.inside.peer) }
  return { tunnel_interface_ip: local.toString(), neighbor_ip: peer.toString() }
}
