import { offerOfFacts, type LegRules, type Offer, type OutsideOffer, type RoutingMode, type RoutingOffer } from '@isthmus/core'
import { ibmFacts } from './facts.ts'

const outside: OutsideOffer = { known: 'gateway', exports: ['address_0', 'address_1'] }

/** Both members of a gateway open a tunnel to the peer of every connection. */
const legs: LegRules = { meetsEveryPeer: true, onePerPeerAddress: false, onePerLocalAddress: false, onePeerOnly: false, inPairs: false }

const inMode = (mode: RoutingMode): RoutingOffer => ({ mode, outside, grouping: 'peer-address', legs })

/** What the gateway of a site brings: two addresses on the gateway, and one connection object per address of the peer. */
export function offer(): Offer {
  return { ...offerOfFacts(ibmFacts), routing: [inMode('bgp'), inMode('static')] }
}
