import { Cidr, Import, KeyReference, type Half, type HalfConnection, type HalfTunnel, type Site } from '@isthmus/core'
import { options, type AlibabaOptions } from '../src/options.ts'

/** A site in Tokyo with a subnet in each of two zones, and whatever options a test wants. */
export function siteWith(given: unknown = {}, change: Partial<Site<AlibabaOptions>> = {}): Site<AlibabaOptions> {
  return {
    name: 'north',
    label: 'mesh-north',
    cloud: 'alibaba',
    region: 'ap-northeast-1',
    zones: ['ap-northeast-1a', 'ap-northeast-1b'],
    cidrs: [Cidr.of('10.4.0.0/16')],
    subnets: [
      { name: 'workload-a', cidr: Cidr.of('10.4.0.0/18'), zone: 'ap-northeast-1a', purpose: 'workload' },
      { name: 'workload-b', cidr: Cidr.of('10.4.64.0/18'), zone: 'ap-northeast-1b', purpose: 'workload' },
    ],
    asn: 64604,
    options: options.parse(given),
    ...change,
  }
}

/** A tunnel from address `localSlot`, its peer address that of the peer's gateway at `peerSlot`. */
export function tunnel(localSlot: number, peerSlot: number, block: string): HalfTunnel {
  const cidr = Cidr.of(block)
  return {
    id: `${localSlot}${peerSlot}`,
    localSlot,
    peerSlot,
    peerAddress: new Import('gateway/south', `address_${peerSlot}`),
    inside: { cidr, local: cidr.host(2), peer: cidr.host(1) },
    key: new KeyReference(`north--south--${localSlot}${peerSlot}@v1`),
  }
}

/** A half with the strongest transforms of this cloud, and whatever a test wants otherwise. */
export function halfWith(connections: readonly HalfConnection[], change: Partial<Half> = {}): Half {
  return {
    link: 'north--south',
    name: 'north--south',
    label: 'mesh-north--south',
    routing: { mode: 'bgp', localAsn: 64604, peerAsn: 64601, peerPrefixes: [Cidr.of('10.2.0.0/16')] },
    suite: {
      phase1: { encryption: 'aes-256-cbc', integrity: 'sha2-512', prf: 'prf-sha2-512', dhGroup: 14 },
      phase2: { encryption: 'aes-256-cbc', integrity: 'sha2-256', pfs: 14 },
    },
    lifetimes: { phase1: 28800, phase2: 3600 },
    dpdTimeout: undefined,
    initiates: true,
    connections,
    ...change,
  }
}

/** Both addresses to both addresses of the peer: two connections. */
export const crossed: readonly HalfConnection[] = [
  { id: '00-11', tunnels: [tunnel(0, 0, '169.254.10.0/30'), tunnel(1, 1, '169.254.10.4/30')] },
  { id: '01-10', tunnels: [tunnel(0, 1, '169.254.10.8/30'), tunnel(1, 0, '169.254.10.12/30')] },
]

/** Static routing to two networks of the peer. */
export const toTwoNetworks: Half['routing'] = { mode: 'static', localAsn: 64604, peerAsn: 64601, peerPrefixes: [Cidr.of('10.2.0.0/16'), Cidr.of('10.3.0.0/24')] }
