import { type Fragment, gatewayExport, type Half, type HalfConnection, type HalfTunnel, IsthmusError, networkExport, ref, type Resource, type Site, type Value } from '@isthmus/core'
import type { OpenstackOptions } from './options.ts'
import { type Policies, writePolicies } from './policies.ts'

/** Of the time-out of dead peer detection, the part between two probes: three of them fit. */
const probesPerTimeout = 3

/**
 * A site's half of a link: its policies, the subnets and blocks that it joins, and a site connection for each address of the peer.
 *
 * The group of the site's own subnets is made for each link, although all say the same: the subnets of a group cannot be changed,
 * and a group that a connection uses cannot go, so a shared one would stand in the way of every later subnet.
 */
export function link(site: Site<OpenstackOptions>, half: Half): Fragment {
  if (half.routing.mode !== 'static') throw new IsthmusError('CONTRACT_BROKEN', `${half.name} asks for ${half.routing.mode} routing, which no VPN service offers.`)
  const policies = writePolicies(half)
  return {
    resources: [
      ...policies.resources,
      endpointGroup(half, 'local', { type: 'subnet', endpoints: networkExport(site, 'subnet_ids') }),
      endpointGroup(half, 'peer', { type: 'cidr', endpoints: half.routing.peerPrefixes.map(String) }),
      ...half.connections.map((connection) => siteConnection(site, half, connection, policies)),
    ],
    exports: {},
  }
}

function endpointGroup(half: Half, side: 'local' | 'peer', body: Readonly<Record<string, Value>>): Resource {
  return { type: 'openstack_vpnaas_endpoint_group_v2', name: `${half.name}--${side}`, body: { name: `${half.label}--${side}`, ...body } }
}

function groupAddress(half: Half, side: 'local' | 'peer'): string {
  return `openstack_vpnaas_endpoint_group_v2.${half.name}--${side}`
}

function onlyTunnel(half: Half, { id, tunnels }: HalfConnection): HalfTunnel {
  const [tunnel, ...others] = tunnels
  if (!tunnel || others.length > 0) throw new IsthmusError('CONTRACT_BROKEN', `Connection ${half.name}--${id} has ${tunnels.length} tunnels, and a site connection is one.`)
  return tunnel
}

function siteConnection(site: Site<OpenstackOptions>, half: Half, connection: HalfConnection, { ike, ipsec }: Policies): Resource {
  const tunnel = onlyTunnel(half, connection)
  return {
    type: 'openstack_vpnaas_site_connection_v2',
    name: `${half.name}--${connection.id}`,
    body: {
      name: `${half.label}--${connection.id}`,
      vpnservice_id: gatewayExport(site, 'service_id'),
      ikepolicy_id: ike,
      ipsecpolicy_id: ipsec,
      local_ep_group_id: ref(groupAddress(half, 'local'), 'id'),
      peer_ep_group_id: ref(groupAddress(half, 'peer'), 'id'),
      peer_address: tunnel.peerAddress,
      peer_id: tunnel.peerAddress,
      psk: tunnel.key,
      initiator: half.initiates ? 'bi-directional' : 'response-only',
      admin_state_up: true,
      ...deadPeerDetection(half),
    },
    // A group that takes another one's place can only do so after the connection has let go of it.
    replacedWith: [groupAddress(half, 'local'), groupAddress(half, 'peer')],
  }
}

function deadPeerDetection({ dpdTimeout, initiates }: Half): Readonly<Record<string, Value>> {
  if (dpdTimeout === undefined) return {}
  return { dpd: [{ action: initiates ? 'restart' : 'clear', interval: Math.max(1, Math.floor(dpdTimeout / probesPerTimeout)), timeout: dpdTimeout }] }
}
