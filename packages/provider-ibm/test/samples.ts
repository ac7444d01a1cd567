import type { Half, HalfConnection, HalfTunnel, Site } from '@isthmus/core'
import { halfOf, routingTo, siteOf, tunnelOf } from '@isthmus/provider-kit/samples'
import { ibm, type IbmOptions } from '../src/index.ts'

/** A site in Tokyo with workload subnets in two zones, and whatever options a test wants. */
export function siteWith(options: Readonly<Record<string, unknown>> = {}, change: Partial<Site<IbmOptions>> = {}): Site<IbmOptions> {
  return siteOf(ibm, 'north', {
    region: 'jp-tok',
    zones: ['jp-tok-1', 'jp-tok-2'],
    cidr: '10.1.0.0/16',
    subnets: [
      { name: 'apps', cidr: '10.1.0.0/24', zone: 'jp-tok-1' },
      { name: 'data', cidr: '10.1.1.0/24', zone: 'jp-tok-2' },
      { name: 'gateway', cidr: '10.1.255.0/27', purpose: 'gateway' },
    ],
    asn: 64606,
    ...options,
  }, change)
}

/** A tunnel from member `localSlot`, its peer address written as `198.51.100.<peerSlot>`; a connection has one key. */
export function tunnel(localSlot: number, peerSlot: number, inside: string): HalfTunnel {
  return tunnelOf(siteWith(), { localSlot, peerSlot, inside, peerAddress: `198.51.100.${peerSlot}`, key: `${peerSlot}` })
}

/** A half with modern transforms, and whatever a test wants otherwise. */
export function halfWith(connections: readonly HalfConnection[], change: Partial<Half> = {}): Half {
  return halfOf(siteWith(), {
    routing: routingTo(siteWith(), 'bgp', { asn: 64601, prefixes: ['10.2.0.0/16'] }),
    suite: {
      phase1: { encryption: 'aes-256-cbc', integrity: 'sha2-512', prf: 'prf-sha2-512', dhGroup: 21 },
      phase2: { encryption: 'aes-256-gcm-16', pfs: 21 },
    },
    connections,
    ...change,
  })
}

/** Static routing to two networks. */
export const statically: Half['routing'] = routingTo(siteWith(), 'static', { asn: 64601, prefixes: ['10.2.0.0/16', '10.3.0.0/24'] })

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
