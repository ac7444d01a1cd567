import { networkExport, gatewayExport, ref, spell, type Fragment, type Half, type HalfTunnel, type Resource, type Site, type Suite, type Value } from '@isthmus/core'
import { cloudName } from './cloud-name.ts'
import { facts } from './facts.ts'
import type { GcpOptions } from './options.ts'
import { externalGateways, type PeerInterface } from './external-gateway.ts'

const phase1Words = facts.ciphers.phase1.value
const phase2Words = facts.ciphers.phase2.value

/** The cloud's default for both; equal values share the traffic over all tunnels. */
const sessionPriority = 100
const routePriority = 1000

/** This end's half of a link: tunnels on HA VPN with a BGP session each, or on Classic VPN with static routes. */
export function link(site: Site<GcpOptions>, half: Half): Fragment {
  const tunnels = half.connections.flatMap((connection) => connection.tunnels).toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const resources = half.routing.mode === 'bgp' ? dynamic(site, half, tunnels) : tunnels.flatMap((tunnel) => staticTunnel(site, half, tunnel))
  return { resources, exports: {} }
}

function dynamic(site: Site<GcpOptions>, half: Half, tunnels: readonly HalfTunnel[]): Resource[] {
  const { kin } = half
  if (kin !== undefined) return tunnels.flatMap((tunnel) => bgpTunnel(site, half, tunnel, { peer_gcp_gateway: kin }))
  const peers = externalGateways(half, tunnels)
  const peerOf = ({ gateway, id }: PeerInterface): Record<string, Value> => ({ peer_external_gateway: ref(gateway, 'id'), peer_external_gateway_interface: id })
  return [...peers.resources, ...tunnels.flatMap((tunnel) => bgpTunnel(site, half, tunnel, peerOf(peers.interfaceOf(tunnel))))]
}

function bgpTunnel(site: Site<GcpOptions>, half: Half, tunnel: HalfTunnel, peer: Readonly<Record<string, Value>>): Resource[] {
  const { name, label } = naming(half, tunnel)
  const common = { name: label, region: site.region, router: gatewayExport(site, 'router_name') }
  return [
    {
      type: 'google_compute_vpn_tunnel',
      name,
      body: {
        ...common,
        vpn_gateway: gatewayExport(site, 'ha_gateway_id'),
        vpn_gateway_interface: tunnel.localSlot,
        ...peer,
        ...cryptography(half.suite, tunnel),
      },
    },
    {
      type: 'google_compute_router_interface',
      name,
      body: { ...common, ip_range: `${tunnel.inside.local}/${tunnel.inside.cidr.prefix}`, vpn_tunnel: ref(`google_compute_vpn_tunnel.${name}`, 'name') },
      // A new key makes a new tunnel of the same name, and Google lets no tunnel go that an interface uses.
      replacedWith: [`google_compute_vpn_tunnel.${name}`],
    },
    {
      type: 'google_compute_router_peer',
      name,
      body: {
        ...common,
        interface: ref(`google_compute_router_interface.${name}`, 'name'),
        ip_address: tunnel.inside.local.toString(),
        peer_ip_address: tunnel.inside.peer.toString(),
        peer_asn: half.routing.peerAsn,
        advertise_mode: 'DEFAULT',
        advertised_route_priority: sessionPriority,
        enable: true,
      },
      replacedWith: [`google_compute_router_interface.${name}`],
    },
  ]
}

function staticTunnel(site: Site<GcpOptions>, half: Half, tunnel: HalfTunnel): Resource[] {
  const { name, label } = naming(half, tunnel)
  return [
    {
      type: 'google_compute_vpn_tunnel',
      name,
      body: {
        name: label,
        region: site.region,
        target_vpn_gateway: gatewayExport(site, `classic_gateway_${tunnel.localSlot}`),
        peer_ip: tunnel.peerAddress,
        local_traffic_selector: ['0.0.0.0/0'],
        remote_traffic_selector: ['0.0.0.0/0'],
        ...cryptography(half.suite, tunnel),
      },
    },
    ...half.routing.peerPrefixes.map((prefix): Resource => {
      const suffix = `${prefix.first.toString(16).padStart(prefix.family === 4 ? 8 : 32, '0')}-${prefix.prefix}`
      return {
        type: 'google_compute_route',
        name: `${name}--${suffix}`,
        body: {
          name: cloudName(`${label}--${suffix}`),
          network: networkExport(site, 'network_id'),
          dest_range: prefix.toString(),
          next_hop_vpn_tunnel: ref(`google_compute_vpn_tunnel.${name}`, 'id'),
          priority: routePriority,
        },
      }
    }),
  ]
}

function naming(half: Half, tunnel: HalfTunnel): { name: string; label: string } {
  return { name: `${half.name}--${tunnel.id}`, label: cloudName(`${half.label}--${tunnel.id}`) }
}

function cryptography(suite: Suite, tunnel: HalfTunnel): Record<string, Value> {
  const { phase1, phase2 } = suite
  return {
    ike_version: 2,
    shared_secret: tunnel.key,
    cipher_suite: [{
      phase1: [{
        encryption: [spell(phase1Words.encryption, phase1.encryption)],
        ...(phase1.integrity ? { integrity: [spell(phase1Words.integrity, phase1.integrity)] } : {}),
        prf: [spell(phase1Words.prf, phase1.prf)],
        dh: [spell(phase1Words.dhGroup, phase1.dhGroup)],
      }],
      phase2: [{
        encryption: [spell(phase2Words.encryption, phase2.encryption)],
        ...(phase2.integrity ? { integrity: [spell(phase2Words.integrity, phase2.integrity)] } : {}),
        pfs: [spell(phase2Words.pfs, phase2.pfs)],
      }],
    }],
  }
}
