import { offerOfFacts, type LegRules, type Offer, type OutsideOffer, type RoutingOffer, type Site } from '@isthmus/core'
import { bgpSupport, facts } from './facts.ts'
import type { AlibabaOptions } from './options.ts'

const outside: OutsideOffer = { known: 'gateway', exports: ['address_0', 'address_1'] }

/** A connection is a master tunnel from the first address and a slave tunnel from the second. */
const legs: LegRules = { meetsEveryPeer: false, onePerPeerAddress: false, onePerLocalAddress: false, onePeerOnly: false, inPairs: true }

const bgp: RoutingOffer = { mode: 'bgp', outside, grouping: 'pair', legs }
/** With static routes a connection whose second tunnel stands idle is still of use; with BGP it would be half a pair. */
const fixed: RoutingOffer = { mode: 'static', outside, grouping: 'pair', legs: { ...legs, inPairs: false } }

/** What the gateway of a site brings: two addresses on the gateway, and connections of two tunnels each. */
export function offer(site: Site<AlibabaOptions>): Offer {
  const routing = bgpSupport.value.includes(site.region) ? [bgp, fixed] : [fixed, bgp]
  return { ...offerOfFacts(facts), routing }
}
