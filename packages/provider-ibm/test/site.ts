import { Cidr, KeyReference, type Half, type HalfConnection, type HalfTunnel, type Site } from '@isthmus/core'
import { ibmOptions, type IbmOptions } from '../src/options.ts'

/** A site in Tokyo with workload subnets in two zones, and whatever options a test wants. */
export function siteWith(options: unknown = {}, change: Partial<Site<IbmOptions>> = {}): Site<IbmOptions> {
  return {
    name: 'north',
    label: 'mesh-north',
    cloud: 'ibm',
    region: 'jp-tok',
    zones: ['jp-tok-1', 'jp-tok-2'],
    cidrs: [Cidr.of('10.1.0.0/16')],
    subnets: [
      { name: 'apps', cidr: Cidr.of('10.1.0.0/24'), zone: 'jp-tok-1', purpose: 'workload' },
      { name: 'data', cidr: Cidr.of('10.1.1.0/24'), zone: 'jp-tok-2', purpose: 'workload' },
      { name: 'gateway', cidr: Cidr.of('10.1.255.0/27'), purpose: 'gateway' },
    ],
    asn: 64606,
    options: ibmOptions.parse(options),
    ...change,
  }
}

/** A tunnel from member `localSlot`, its peer address written as `198.51.100.<peerSlot>`. */
export function tunnel(localSlot: number, peerSlot: number, block: string): HalfTunnel {
  const cidr = Cidr.of(block)
  return {
    id: `${localSlot}${peerSlot}`,
    localSlot,
    peerSlot,
    peerAddress: `198.51.100.${peerSlot}`,
    inside: { cidr, local: cidr.host(2), peer: cidr.host(1) },
    key: new KeyReference(`north--south--${peerSlot}@v1`),
  }
}

/** A half with modern transforms, and whatever a test wants otherwise. */
export function halfWith(connections: readonly HalfConnection[], change: Partial<Half> = {}): Half {
  return {
    link: 'north--south',
    name: 'north--south',
    label: 'mesh-north--south',
    routing: { mode: 'bgp', localAsn: 64606, peerAsn: 64601, peerPrefixes: [Cidr.of('10.2.0.0/16')] },
    suite: {
      phase1: { encryption: 'aes-256-cbc', integrity: 'sha2-512', prf: 'prf-sha2-512', dhGroup: 21 },
      phase2: { encryption: 'aes-256-gcm-16', pfs: 21 },
    },
    lifetimes: { phase1: 28800, phase2: 3600 },
    dpdTimeout: 45,
    initiates: true,
    connections,
    ...change,
  }
}

/** Static routing to two networks. */
export const statically: Half['routing'] = { mode: 'static', localAsn: 64606, peerAsn: 64601, peerPrefixes: [Cidr.of('10.2.0.0/16'), Cidr.of('10.3.0.0/24')] }

/** Both members to both addresses of the peer. */
export const full: readonly HalfConnection[] = [
  { id: '0', tunnels: [tunnel(0, 0, '169.254.10.0/30'), tunnel(1, 0, '169.254.10.4/30')] },
  { id: '1', tunnels: [tunnel(0, 1, '169.254.10.8/30'), tunnel(1, 1, '169.254.10.12/30')] },
]

/** First member to the first address of the peer, second to the second. */
export const parallel: readonly HalfConnection[] = [
  { id: '0', tunnels: [tunnel(0, 0, '169.254.21.0/30')] },
  { id: '1', tunnels: [tunnel(1, 1, '169.254.22.0/30')] },
]
