import { KeyReference, type Half, type HalfConnection, type HalfTunnel, type ResourceSet, type Site } from '@isthmus/core'
import { halfOf, resourcesOfLink, routingTo, siteOf, tunnelOf } from '@isthmus/provider-kit/samples'
import { alibaba, type AlibabaOptions } from '../src/index.ts'

/** A site in Tokyo with a subnet in each of two zones, and whatever options a test wants. */
export function siteWith(options: Readonly<Record<string, unknown>> = {}, change: Partial<Site<AlibabaOptions>> = {}): Site<AlibabaOptions> {
  return siteOf(alibaba, 'north', {
    region: 'ap-northeast-1',
    zones: ['ap-northeast-1a', 'ap-northeast-1b'],
    cidr: '10.4.0.0/16',
    subnets: [
      { name: 'workload-a', cidr: '10.4.0.0/18', zone: 'ap-northeast-1a' },
      { name: 'workload-b', cidr: '10.4.64.0/18', zone: 'ap-northeast-1b' },
    ],
    asn: 64604,
    ...options,
  }, change)
}

export function tunnel(localSlot: number, peerSlot: number, inside: string): HalfTunnel {
  return tunnelOf(siteWith(), { localSlot, peerSlot, inside })
}

/** A half with the strongest transforms of this cloud, and whatever a test wants otherwise. */
export function halfWith(connections: readonly HalfConnection[], change: Partial<Half> = {}): Half {
  return halfOf(siteWith(), {
    routing: routingTo(siteWith(), 'bgp', { asn: 64601, prefixes: ['10.2.0.0/16'] }),
    suite: {
      phase1: { encryption: 'aes-256-cbc', integrity: 'sha2-512', prf: 'prf-sha2-512', dhGroup: 14 },
      phase2: { encryption: 'aes-256-cbc', integrity: 'sha2-256', pfs: 14 },
    },
    dpdTimeout: undefined,
    connections,
    ...change,
  })
}

/** Both addresses to both addresses of the peer: two connections. */
export const crossed: readonly HalfConnection[] = [
  { id: '00-11', tunnels: [tunnel(0, 0, '169.254.10.0/30'), tunnel(1, 1, '169.254.10.4/30')] },
  { id: '01-10', tunnels: [tunnel(0, 1, '169.254.10.8/30'), tunnel(1, 0, '169.254.10.12/30')] },
]

/** Static routing to two networks of the peer. */
export const toTwoNetworks: Half['routing'] = routingTo(siteWith(), 'static', { asn: 64601, prefixes: ['10.2.0.0/16', '10.3.0.0/24'] })

/** A site and its half as they are read back from the stack they are rendered into. */
export function stackOf(site: Site<AlibabaOptions>, half: Half): ResourceSet {
  return resourcesOfLink(alibaba, site, half, { address_0: '198.51.100.0', address_1: '198.51.100.1' })
}

/** Token of a key in a rendered stack. */
export function keyToken(key: string): { token: string } {
  return { token: `var.keys.${new KeyReference(key).key}` }
}
