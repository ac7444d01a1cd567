import { Cidr, KeyReference, type Half, type HalfConnection, type HalfTunnel, type Site } from '@isthmus/core'
import { azureOptions, type AzureOptions } from '../src/options.ts'

/** A site in Seoul with one workload subnet, and whatever options a test wants. */
export function siteWith(options: unknown = {}, change: Partial<Site<AzureOptions>> = {}): Site<AzureOptions> {
  return {
    name: 'north',
    label: 'mesh-north',
    cloud: 'azure',
    region: 'koreacentral',
    zones: ['1', '2', '3'],
    cidrs: [Cidr.of('10.1.0.0/16')],
    subnets: [
      { name: 'Apps', cidr: Cidr.of('10.1.0.0/24'), purpose: 'workload' },
      { name: 'GatewaySubnet', cidr: Cidr.of('10.1.255.0/27'), purpose: 'gateway' },
    ],
    asn: 64602,
    options: azureOptions.parse(options),
    ...change,
  }
}

/** A tunnel from instance `localSlot`, its peer address written as `198.51.100.<peerSlot>`. */
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
    routing: { mode: 'bgp', localAsn: 64602, peerAsn: 64601, peerPrefixes: [Cidr.of('10.2.0.0/16')] },
    suite: {
      phase1: { encryption: 'aes-256-cbc', integrity: 'sha2-384', prf: 'prf-sha2-384', dhGroup: 20 },
      phase2: { encryption: 'aes-256-gcm-16', pfs: 20 },
    },
    lifetimes: { phase1: 28800, phase2: 3600 },
    dpdTimeout: 45,
    initiates: true,
    connections,
    ...change,
  }
}

/** Two BGP connections: instance 0 to the first address of the peer, instance 1 to the second. */
export const parallel: readonly HalfConnection[] = [
  { id: '0', tunnels: [tunnel(0, 0, '169.254.21.4/30')] },
  { id: '1', tunnels: [tunnel(1, 1, '169.254.22.4/30')] },
]

/** One connection under which both instances meet the one address of the peer. */
export const onePeer: readonly HalfConnection[] = [
  { id: '0', tunnels: [tunnel(0, 0, '169.254.21.0/30'), { ...tunnel(1, 0, '169.254.22.0/30') }] },
]

