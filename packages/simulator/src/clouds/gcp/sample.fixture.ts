import type { Attributes } from '../../behaviour/behaviour.ts'
import { InMemoryCloud } from '../../behaviour/in-memory-cloud.ts'
import { gcpCloud } from './index.ts'

/** A network with an HA VPN gateway, a router and an external gateway of two interfaces. For tests only. */
export interface Sample {
  readonly cloud: InMemoryCloud
  readonly network: Attributes
  readonly subnetwork: Attributes
  readonly gateway: Attributes
  readonly router: Attributes
  readonly peer: Attributes
  make(type: string, config: Attributes): Attributes
  /** Creates a tunnel of the HA VPN gateway with arguments changed. */
  tunnel(name: string, change?: Attributes): Attributes
}

export function sample(): Sample {
  const cloud = new InMemoryCloud(gcpCloud, { project: 'p', region: 'asia-northeast3' })
  const make = (type: string, config: Attributes): Attributes => cloud.create(`google_compute_${type}`, config)
  const network = make('network', { name: 'net', auto_create_subnetworks: false })
  const subnetwork = make('subnetwork', { name: 'work', network: network['id'], ip_cidr_range: '10.30.1.0/24' })
  const gateway = make('ha_vpn_gateway', { name: 'gw', network: network['id'] })
  const router = make('router', { name: 'router', network: network['id'], bgp: [{ asn: 64603 }] })
  const peer = external(make, 'peer', ['198.51.100.1', '198.51.100.2'])
  return {
    cloud, network, subnetwork, gateway, router, peer, make,
    tunnel: (name, change = {}) => make('vpn_tunnel', {
      name, vpn_gateway: gateway['id'], vpn_gateway_interface: 0, peer_external_gateway: peer['id'], peer_external_gateway_interface: 0,
      router: 'router', shared_secret: 'the-secret', ike_version: 2, ...change,
    }),
  }
}

const redundancyTypes = ['', 'SINGLE_IP_INTERNALLY_REDUNDANT', 'TWO_IPS_REDUNDANCY', '', 'FOUR_IPS_REDUNDANCY']

/** Creates an external gateway of one, two or four addresses. */
export function external(make: Sample['make'], name: string, addresses: readonly unknown[], change: Attributes = {}): Attributes {
  const interfaces = addresses.map((ip_address, id) => ({ id, ip_address }))
  return make('external_vpn_gateway', { name, redundancy_type: redundancyTypes[addresses.length], interface: interfaces, ...change })
}
