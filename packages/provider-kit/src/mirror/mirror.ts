import { offerOfFacts, type LegRules, type Offer, type RoutingMode, type RoutingOffer, type SpokeProvider } from '@isthmus/core'
import { z } from 'zod'
import { mirrorFacts } from './mirror-facts.ts'
import { existingNetworks } from './mirror-existing.ts'
import { gateway, link, network } from './mirror-fragments.ts'
import { networks, read } from './mirror-read.ts'

/** Ways in which the gateways of clouds differ: where outside addresses come from, and how tunnels fall into connections. */
export const mirrorShapes = ['fresh', 'active-active', 'interfaces', 'pairs', 'asn-once', 'single'] as const

/** One of them. */
export type MirrorShape = (typeof mirrorShapes)[number]

const anyLegs: LegRules = { meetsEveryPeer: false, onePerPeerAddress: false, onePerLocalAddress: false, onePeerOnly: false, inPairs: false }

const legs: Readonly<Record<MirrorShape, (mode: RoutingMode) => Partial<LegRules>>> = {
  fresh: () => ({}),
  'active-active': (mode) => (mode === 'bgp' ? { meetsEveryPeer: true, onePerPeerAddress: true } : { meetsEveryPeer: true, onePeerOnly: true }),
  interfaces: () => ({}),
  pairs: () => ({ inPairs: true }),
  'asn-once': (mode) => ({ onePerLocalAddress: mode === 'bgp' }),
  single: () => ({}),
}

const options = z.strictObject({})

/**
 * The provider that others are held against: a complete one, of a cloud that accepts everything and whose gateway has the
 * given shape. It writes one kind of connection and reads it back by itself, so an error can only lie at the other end.
 *
 * @param id another one where two mirrors are to meet
 */
export function mirror(shape: MirrorShape, id = 'mirror'): SpokeProvider {
  const facts = mirrorFacts(shape === 'active-active' ? 'connection' : 'tunnel')
  const offer: Offer = { ...offerOfFacts(facts), routing: (['bgp', 'static'] as const).map((mode) => mirrorRouting(shape, mode)) }
  return {
    id,
    apiVersion: 1,
    facts,
    options,
    environment: [],
    use: () => ({ name: id, source: `isthmus/${id}`, version: '~> 1.0', configuration: {} }),
    network: (site) => network(id, site),
    offer: () => offer,
    gateway: (site) => gateway(id, site, addressNames(shape)),
    link: (site, half) => link({ id, shape }, site, half),
    read: (resources) => read(id, resources),
    networks: (resources) => networks(id, resources),
    existing: existingNetworks(id),
  }
}

/** What a mirror brings in one routing mode. */
export function mirrorRouting(shape: MirrorShape, mode: RoutingMode): RoutingOffer {
  return {
    mode,
    outside: shape === 'fresh' ? { known: 'connection', perPeerAddress: 2 } : { known: 'gateway', exports: addressNames(shape) },
    grouping: shape === 'pairs' ? 'pair' : shape === 'fresh' || shape === 'active-active' ? 'peer-address' : 'tunnel',
    legs: { ...anyLegs, ...legs[shape](mode) },
  }
}

function addressNames(shape: MirrorShape): string[] {
  if (shape === 'fresh') return []
  return shape === 'single' ? ['address_0'] : ['address_0', 'address_1']
}
