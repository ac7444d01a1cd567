import { resourceSetOf, type Half, type HalfConnection, type HalfTunnel, type ResourceSet, type Site } from '@isthmus/core'
import { halfOf, routingTo, siteOf, tunnelOf } from '@isthmus/provider-kit/samples'
import { openstack, type OpenstackOptions } from '../src/index.ts'

/** A site with two subnets, and whatever options a test wants. */
export function siteWith(options: Readonly<Record<string, unknown>> = {}, change: Partial<Site<OpenstackOptions>> = {}): Site<OpenstackOptions> {
  return siteOf(openstack, 'north', {
    region: 'RegionOne',
    zones: ['nova'],
    cidr: '10.1.0.0/16',
    subnets: [{ name: 'data', cidr: '10.1.1.0/24' }, { name: 'apps', cidr: '10.1.0.0/24' }],
    asn: 65000,
    ...options,
  }, change)
}

/** The tunnel to the peer address written as `198.51.100.<peerSlot>`. */
export function tunnel(peerSlot: number): HalfTunnel {
  return tunnelOf(siteWith(), { localSlot: 0, peerSlot, inside: `169.254.10.${4 * peerSlot}/30`, peerAddress: `198.51.100.${peerSlot}` })
}

/** One connection to each of two addresses of the peer. */
export const both: readonly HalfConnection[] = [{ id: '0', tunnels: [tunnel(0)] }, { id: '1', tunnels: [tunnel(1)] }]

/** A half with what every release takes, and whatever a test wants otherwise. */
export function halfWith(connections: readonly HalfConnection[] = both, change: Partial<Half> = {}): Half {
  return halfOf(siteWith(), {
    routing: routingTo(siteWith(), 'static', { asn: 64601, prefixes: ['10.2.0.0/16', '10.3.0.0/24'] }),
    suite: {
      phase1: { encryption: 'aes-256-cbc', integrity: 'sha2-512', prf: 'prf-sha2-512', dhGroup: 14 },
      phase2: { encryption: 'aes-256-cbc', integrity: 'sha2-256', pfs: 14 },
    },
    connections,
    ...change,
  })
}

/** The same resources without those of which a part of the address is given. */
export function without(set: ResourceSet, part: string): ResourceSet {
  return resourceSetOf(set.all.filter(({ address }) => !address.includes(part)))
}
