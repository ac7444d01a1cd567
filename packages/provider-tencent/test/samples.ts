import {
  Cidr, composeStacks, gatewayFragment, Import, KeyReference, linkFragment, networkFragment, resourceSetOf, viewsOfStack,
  type EndView, type Half, type HalfTunnel, type PlacedFragment, type ResourceView, type RoutingMode, type Site, type Suite, type Value,
} from '@isthmus/core'
import { options } from '../src/options.ts'
import { tencent, type TencentOptions } from '../src/index.ts'

export const cbc: Suite = {
  phase1: { encryption: 'aes-256-cbc', integrity: 'sha2-256', prf: 'prf-sha2-256', dhGroup: 14 },
  phase2: { encryption: 'aes-128-cbc', integrity: 'sha1', pfs: 24 },
}

export const aead: Suite = {
  phase1: { encryption: 'aes-256-gcm-16', prf: 'prf-sha2-512', dhGroup: 20 },
  phase2: { encryption: 'aes-256-gcm-16', pfs: 21 },
}

export function sampleSite(given: unknown = {}, change: Partial<Site<TencentOptions>> = {}): Site<TencentOptions> {
  return {
    name: 'south',
    label: 'mesh-south',
    cloud: 'tencent',
    region: 'ap-seoul',
    zones: ['ap-seoul-1', 'ap-seoul-2'],
    cidrs: [Cidr.of('10.10.0.0/16')],
    subnets: [
      { name: 'apps', cidr: Cidr.of('10.10.1.0/24'), zone: 'ap-seoul-2', purpose: 'workload' },
      { name: 'data', cidr: Cidr.of('10.10.2.0/24'), purpose: 'workload' },
    ],
    asn: 64605,
    options: options.parse(given),
    ...change,
  }
}

/** One tunnel per leg; `peerAddress` says what stands for the peer's outside address. */
export function sampleTunnels(legs: readonly (readonly [local: number, peer: number])[], peerAddress: (id: string, peerSlot: number) => Value): HalfTunnel[] {
  return legs.map(([localSlot, peerSlot], index) => {
    const cidr = Cidr.of('169.254.128.0/17').child(30, index)
    const id = `${localSlot}${peerSlot}`
    return { id, localSlot, peerSlot, peerAddress: peerAddress(id, peerSlot), inside: { cidr, local: cidr.host(2), peer: cidr.host(1) }, key: new KeyReference(`north--south--${peerSlot}${localSlot}@v1`) }
  })
}

export function sampleHalf(mode: RoutingMode, tunnels: readonly HalfTunnel[], change: Partial<Half> = {}): Half {
  return {
    link: 'north--south',
    name: 'south--north',
    label: 'mesh-south--north',
    routing: { mode, localAsn: 64605, peerAsn: 4200000001, peerPrefixes: [Cidr.of('10.20.0.0/16'), Cidr.of('10.30.128.0/17')] },
    suite: cbc,
    lifetimes: { phase1: 28800, phase2: 3600 },
    dpdTimeout: 45,
    initiates: true,
    connections: tunnels.map((tunnel) => ({ id: tunnel.id, tunnels: [tunnel] })),
    ...change,
  }
}

/** Peer addresses as a cloud has them that makes two fresh ones per connection. */
export const freshAddress = (id: string): Value => new Import(linkFragment('north--south', 'north'), `address_${[...id].toReversed().join('')}`)
/** Peer addresses as a cloud has them that keeps them at its gateway. */
export const gatewayAddress = (_id: string, slot: number): Value => new Import(gatewayFragment('north'), `address_${slot}`)

const full = [[0, 0], [0, 1], [1, 0], [1, 1]] as const
export const pairOfTwo = (): HalfTunnel[] => sampleTunnels([[0, 0], [1, 1]], gatewayAddress)
export const fullMesh = (): HalfTunnel[] => sampleTunnels(full, gatewayAddress)
export const fourFresh = (): HalfTunnel[] => sampleTunnels(full, freshAddress)

/** Network, gateways and link of a site in one rendered stack, with literal addresses for a peer that is not there. */
export function renderedViews(site: Site<TencentOptions>, half: Half): ResourceView[] {
  const place = (id: PlacedFragment['id'], fragment: Pick<PlacedFragment, 'resources' | 'exports'>): PlacedFragment => ({ ...fragment, id, site: site.name, provider: tencent.use(site), environment: tencent.environment })
  const peer = { resources: [], exports: { address_0: '203.0.113.1', address_1: '203.0.113.2' } }
  const fresh = { resources: [], exports: { address_00: '198.51.100.1', address_01: '198.51.100.2', address_10: '198.51.100.3', address_11: '198.51.100.4' } }
  const [stack] = composeStacks('mesh', [
    place(networkFragment(site.name), tencent.network(site)),
    place(gatewayFragment(site.name), tencent.gateway(site, { modes: [half.routing.mode] })),
    place(linkFragment(half.link, site.name), tencent.link(site, half)),
    place(gatewayFragment('north'), peer),
    place(linkFragment(half.link, 'north'), fresh),
  ], 'whole')
  return stack ? viewsOfStack(stack.text) : []
}

export function readRendered(site: Site<TencentOptions>, half: Half): EndView[] {
  return tencent.read(resourceSetOf(renderedViews(site, half)))
}
