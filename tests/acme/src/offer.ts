import { offerOfFacts, type LegRules, type Offer, type RoutingMode, type RoutingOffer } from '@isthmus/core'
import { facts } from './facts.ts'
import { addressExports } from './gateway.ts'

const anyLegs: LegRules = { meetsEveryPeer: false, onePerPeerAddress: false, onePerLocalAddress: false, onePeerOnly: false, inPairs: false }

/** Two addresses on the gateway, and a tunnel between any of them and any address of the peer. */
export function offer(): Offer {
  return { ...offerOfFacts(facts), routing: [inMode('bgp'), { ...inMode('static'), insideUnused: true }] }
}

function inMode(mode: RoutingMode): RoutingOffer {
  return { mode, outside: { known: 'gateway', exports: addressExports }, grouping: 'tunnel', legs: anyLegs }
}
