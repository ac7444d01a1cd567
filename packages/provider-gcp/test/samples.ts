import {
  Cidr, composeStacks, gatewayFragment, Import, KeyReference, linkFragment, networkFragment, resourceSetOf, viewsOfStack,
  type EndView, type Half, type HalfTunnel, type PlacedFragment, type ResourceView, type RoutingMode, type Site, type Suite, type Value,
} from '@isthmus/core'
import { gcp, type GcpOptions } from '../src/index.ts'

export const aead: Suite = {
  phase1: { encryption: 'aes-256-gcm-16', prf: 'prf-sha2-384', dhGroup: 20 },
  phase2: { encryption: 'aes-256-gcm-16', pfs: 20 },
}

export const cbc: Suite = {
  phase1: { encryption: 'aes-256-cbc', integrity: 'sha2-512', prf: 'prf-sha2-512', dhGroup: 24 },
  phase2: { encryption: 'aes-128-cbc', integrity: 'sha2-256', pfs: 14 },
}

export function sampleSite(change: Partial<Site<GcpOptions>> = {}): Site<GcpOptions> {
  return {
    name: 'south',
    label: 'mesh-south',
    cloud: 'gcp',
    region: 'asia-northeast3',
    zones: ['asia-northeast3-a'],
    cidrs: [Cidr.of('10.10.0.0/16')],
    subnets: [
      { name: 'apps', cidr: Cidr.of('10.10.1.0/24'), purpose: 'workload' },
      { name: 'data', cidr: Cidr.of('10.10.2.0/24'), purpose: 'workload' },
    ],
    asn: 64603,
    options: {},
    ...change,
  }
}

/** One tunnel per leg; `peerAddress` says what stands for the peer's outside address. */
export function sampleTunnels(legs: readonly (readonly [local: number, peer: number])[], peerAddress: (id: string, peerSlot: number) => Value): HalfTunnel[] {
  return legs.map(([localSlot, peerSlot], index) => {
    const cidr = Cidr.from(4, Cidr.of('169.254.10.0/30').first + BigInt(4 * index), 30)
    const id = `${localSlot}${peerSlot}`
    return { id, localSlot, peerSlot, peerAddress: peerAddress(id, peerSlot), inside: { cidr, local: cidr.host(2), peer: cidr.host(1) }, key: new KeyReference(`north--south--${peerSlot}${localSlot}@v1`) }
  })
}

export function sampleHalf(mode: RoutingMode, tunnels: readonly HalfTunnel[], change: Partial<Half> = {}): Half {
  return {
    link: 'north--south',
    name: 'south--north',
    label: 'mesh-south--north',
    routing: { mode, localAsn: 64603, peerAsn: 4200000001, peerPrefixes: [Cidr.of('10.20.0.0/16'), Cidr.of('10.30.128.0/17')] },
    suite: aead,
    lifetimes: { phase1: 36000, phase2: 10800 },
    dpdTimeout: undefined,
    initiates: true,
    connections: tunnels.map((tunnel) => ({ id: tunnel.id, tunnels: [tunnel] })),
    ...change,
  }
}

/** Peer addresses as a cloud has them that makes two fresh ones per connection. */
export const freshAddress = (id: string): Value => new Import(linkFragment('north--south', 'north'), `address_${[...id].toReversed().join('')}`)
/** Peer addresses as a cloud has them that keeps them at its gateway. */
export const gatewayAddress = (_id: string, slot: number): Value => new Import(gatewayFragment('north'), `address_${slot}`)

export const pairOfTwo = (): HalfTunnel[] => sampleTunnels([[0, 0], [1, 1]], gatewayAddress)
export const fullMesh = (): HalfTunnel[] => sampleTunnels([[0, 0], [0, 1], [1, 0], [1, 1]], gatewayAddress)
export const fourFresh = (): HalfTunnel[] => sampleTunnels([[0, 0], [0, 1], [1, 0], [1, 1]], freshAddress)

/** Network, gateway and link of a site in one rendered stack, with literal addresses for a peer that is not there. */
export function renderedViews(site: Site<GcpOptions>, half: Half): ResourceView[] {
  const place = (id: PlacedFragment['id'], fragment: Pick<PlacedFragment, 'resources' | 'exports'>): PlacedFragment => ({ ...fragment, id, site: site.name, provider: gcp.use(site), environment: gcp.environment })
  const peer = { resources: [], exports: { address_0: '203.0.113.1', address_1: '203.0.113.2' } }
  const fresh = { resources: [], exports: { address_00: '198.51.100.1', address_01: '198.51.100.2', address_10: '198.51.100.3', address_11: '198.51.100.4' } }
  const [stack] = composeStacks('mesh', [
    place(networkFragment(site.name), gcp.network(site)),
    place(gatewayFragment(site.name), gcp.gateway(site, { modes: [half.routing.mode] })),
    place(linkFragment(half.link, site.name), gcp.link(site, half)),
    place(gatewayFragment('north'), peer),
    place(linkFragment(half.link, 'north'), fresh),
  ], 'whole')
  return stack ? viewsOfStack(stack.text) : []
}

export function readRendered(site: Site<GcpOptions>, half: Half): EndView[] {
  return gcp.read(resourceSetOf(renderedViews(site, half)))
}
