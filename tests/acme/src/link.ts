import { gatewayExport, networkExport, ref, spell, type Fragment, type Half, type HalfTunnel, type Resource, type Site, type Value } from '@isthmus/core'
import { facts } from './facts.ts'
import type { AcmeOptions } from './options.ts'

/** A far end and a tunnel for each tunnel of the half, and where nothing is learned a route for each block of the peer. */
export function link(site: Site<AcmeOptions>, half: Half): Fragment {
  const tunnels = half.connections.flatMap((connection) => connection.tunnels)
  return { resources: tunnels.flatMap((tunnel) => [peer(half, tunnel), connection(site, half, tunnel), ...routes(site, half, tunnel)]), exports: {} }
}

const nameOf = (half: Half, tunnel: HalfTunnel): string => `${half.name}--${tunnel.id}`

function peer(half: Half, tunnel: HalfTunnel): Resource {
  const asn = half.routing.mode === 'bgp' ? { asn: half.routing.peerAsn } : {}
  return { type: 'acme_far_end', name: nameOf(half, tunnel), body: { name: `${half.label}--${tunnel.id}`, address: tunnel.peerAddress, ...asn } }
}

function connection(site: Site<AcmeOptions>, half: Half, tunnel: HalfTunnel): Resource {
  const { cidr, local, peer: far } = tunnel.inside
  return {
    type: 'acme_tunnel',
    name: nameOf(half, tunnel),
    body: {
      name: `${half.label}--${tunnel.id}`,
      gateway_id: gatewayExport(site, 'gateway_id'),
      interface: tunnel.localSlot,
      far_end_id: ref(`acme_far_end.${nameOf(half, tunnel)}`, 'id'),
      shared_key: tunnel.key,
      initiate: half.initiates,
      ...(half.dpdTimeout === undefined ? {} : { dpd_seconds: half.dpdTimeout }),
      ...ciphers(half),
      ...(half.routing.mode === 'bgp' ? { bgp: [{ inside_cidr: cidr.toString(), local_ip: local.toString(), far_ip: far.toString() }] } : {}),
    },
  }
}

function ciphers({ suite: { phase1, phase2 }, lifetimes }: Half): Record<string, Value> {
  const [first, second] = [facts.ciphers.phase1.value, facts.ciphers.phase2.value]
  return {
    ike: [{
      encryption: spell(first.encryption, phase1.encryption), ...(phase1.integrity ? { integrity: spell(first.integrity, phase1.integrity) } : {}),
      prf: spell(first.prf, phase1.prf), group: spell(first.dhGroup, phase1.dhGroup), lifetime: lifetimes.phase1,
    }],
    esp: [{
      encryption: spell(second.encryption, phase2.encryption), ...(phase2.integrity ? { integrity: spell(second.integrity, phase2.integrity) } : {}),
      group: spell(second.pfs, phase2.pfs), lifetime: lifetimes.phase2,
    }],
  }
}

function routes(site: Site<AcmeOptions>, half: Half, tunnel: HalfTunnel): Resource[] {
  if (half.routing.mode === 'bgp') return []
  return half.routing.peerPrefixes.map((prefix): Resource => ({
    type: 'acme_route',
    name: `${nameOf(half, tunnel)}--${prefix.toString().replaceAll(/[./]/g, '-')}`,
    body: { network_id: networkExport(site, 'network_id'), destination: prefix.toString(), tunnel_id: ref(`acme_tunnel.${nameOf(half, tunnel)}`, 'id') },
  }))
}
