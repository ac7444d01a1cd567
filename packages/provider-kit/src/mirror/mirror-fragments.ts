import { gatewayExport, networkExport, ref, type Fragment, type Half, type HalfConnection, type HalfTunnel, type Resource, type Site, type Value } from '@isthmus/core'
import type { MirrorShape } from './mirror.ts'

/** A network and its subnets. */
export function network(id: string, site: Site): Fragment {
  const networkId = ref(`${id}_network.${site.name}`, 'id')
  const subnets = site.subnets.map((subnet): Resource => ({
    type: `${id}_subnet`,
    name: `${site.name}--${subnet.name}`,
    body: { network_id: networkId, name: subnet.name, cidr: subnet.cidr.toString() },
  }))
  return { resources: [{ type: `${id}_network`, name: site.name, body: { label: site.label, cidrs: site.cidrs.map(String) } }, ...subnets], exports: { network_id: networkId } }
}

/** A gateway, with outside addresses of its own where its shape has any. */
export function gateway(id: string, site: Site, addresses: readonly string[]): Fragment {
  const address = `${id}_gateway.${site.name}`
  return {
    resources: [{ type: `${id}_gateway`, name: site.name, body: { network_id: networkExport(site, 'network_id'), asn: site.asn } }],
    exports: { gateway_id: ref(address, 'id'), ...Object.fromEntries(addresses.map((name, slot) => [name, ref(address, 'addresses', slot)])) },
  }
}

/** One object per connection of the half, with a block per tunnel. */
export function link({ id, shape }: { readonly id: string; readonly shape: MirrorShape }, site: Site, half: Half): Fragment {
  const nameOf = (connection: HalfConnection): string => `${half.name}--${connection.id}`
  const fresh = half.connections.flatMap((connection) => connection.tunnels.map((tunnel, index) => [`address_${tunnel.id}`, ref(`${id}_connection.${nameOf(connection)}`, 'tunnel', index, 'address')] as const))
  const resources = half.connections.map((connection): Resource => ({
    type: `${id}_connection`,
    name: nameOf(connection),
    body: {
      label: `${half.label}--${connection.id}`,
      gateway_id: gatewayExport(site, 'gateway_id'),
      fresh: shape === 'fresh',
      ...routingOf(half),
      ...policyOf(half),
      ike_version: 2,
      phase1_lifetime: half.lifetimes.phase1,
      phase2_lifetime: half.lifetimes.phase2,
      ...(half.dpdTimeout === undefined ? {} : { dpd_timeout: half.dpdTimeout }),
      initiates: half.initiates,
      tunnel: [...connection.tunnels.map(tunnelBlock), ...(shape === 'active-active' ? idleLegs(connection) : [])],
    },
  }))
  return { resources, exports: shape === 'fresh' ? Object.fromEntries(fresh) : {} }
}

function routingOf({ routing: { mode, peerAsn, peerPrefixes } }: Half): Record<string, Value> {
  return mode === 'bgp' ? { routing: mode, peer_asn: peerAsn } : { routing: mode, routes: peerPrefixes.map(String) }
}

function policyOf({ suite: { phase1, phase2 } }: Half): Record<string, Value> {
  return {
    phase1: [{ encryption: phase1.encryption, ...(phase1.integrity ? { integrity: phase1.integrity } : {}), prf: phase1.prf, group: String(phase1.dhGroup) }],
    phase2: [{ encryption: phase2.encryption, ...(phase2.integrity ? { integrity: phase2.integrity } : {}), group: String(phase2.pfs) }],
  }
}

function tunnelBlock(tunnel: HalfTunnel): Record<string, Value> {
  const { cidr, local, peer } = tunnel.inside
  return { slot: tunnel.localSlot, peer_address: tunnel.peerAddress, inside_cidr: cidr.toString(), inside_local: local.toString(), inside_peer: peer.toString(), key: tunnel.key }
}

/** Both addresses of an active-active gateway try every peer; the one that the deal does not use stands idle. */
function idleLegs({ tunnels }: HalfConnection): Record<string, Value>[] {
  const used = new Set(tunnels.map((tunnel) => tunnel.localSlot))
  const [first] = tunnels
  if (!first) return []
  return [0, 1].filter((slot) => !used.has(slot)).map((slot) => ({ slot, peer_address: first.peerAddress, key: first.key, idle: true }))
}
