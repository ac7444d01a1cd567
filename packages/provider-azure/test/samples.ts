import type { Half, HalfConnection, HalfTunnel, Site } from '@isthmus/core'
import { halfOf, routingTo, siteOf, tunnelOf } from '@isthmus/provider-kit/samples'
import { azure, type AzureOptions } from '../src/index.ts'

/** A site in Seoul with one workload subnet, and whatever options a test wants. */
export function siteWith(options: Readonly<Record<string, unknown>> = {}, change: Partial<Site<AzureOptions>> = {}): Site<AzureOptions> {
  return siteOf(azure, 'north', {
    region: 'koreacentral',
    zones: ['1', '2', '3'],
    cidr: '10.1.0.0/16',
    subnets: [
      { name: 'Apps', cidr: '10.1.0.0/24' },
      { name: 'GatewaySubnet', cidr: '10.1.255.0/27', purpose: 'gateway' },
    ],
    asn: 64602,
    ...options,
  }, change)
}

/** A tunnel from instance `localSlot`, its peer address written as `198.51.100.<peerSlot>`; a connection has one key. */
export function tunnel(localSlot: number, peerSlot: number, inside: string): HalfTunnel {
  return tunnelOf(siteWith(), { localSlot, peerSlot, inside, peerAddress: `198.51.100.${peerSlot}`, key: `${peerSlot}` })
}

/** A half with modern transforms, and whatever a test wants otherwise. */
export function halfWith(connections: readonly HalfConnection[], change: Partial<Half> = {}): Half {
  return halfOf(siteWith(), {
    routing: routingTo(siteWith(), 'bgp', { asn: 64601, prefixes: ['10.2.0.0/16'] }),
    suite: {
      phase1: { encryption: 'aes-256-cbc', integrity: 'sha2-384', prf: 'prf-sha2-384', dhGroup: 20 },
      phase2: { encryption: 'aes-256-gcm-16', pfs: 20 },
    },
    connections,
    ...change,
  })
}

/** Two BGP connections: instance 0 to the first address of the peer, instance 1 to the second. */
export const parallel: readonly HalfConnection[] = [
  { id: '0', tunnels: [tunnel(0, 0, '169.254.21.4/30')] },
  { id: '1', tunnels: [tunnel(1, 1, '169.254.22.4/30')] },
]

/** One connection under which both instances meet the one address of the peer. */
export const onePeer: readonly HalfConnection[] = [
  { id: '0', tunnels: [tunnel(0, 0, '169.254.21.0/30'), tunnel(1, 0, '169.254.22.0/30')] },
]
