import { cipherOffer, offerOfFacts, type LegRules, type Offer, type RoutingMode, type RoutingOffer, type Site } from '@isthmus/core'
import { apiCiphers, facts, leastBgpBandwidth } from './facts.ts'
import { addressExport, slots } from './gateway.ts'
import type { TencentOptions } from './options.ts'

/** Each tunnel is a connection of its own between one gateway and one peer address. */
const anyLegs: LegRules = { meetsEveryPeer: false, onePerPeerAddress: false, onePerLocalAddress: false, onePeerOnly: false, inPairs: false }

/** What the gateways of a site bring. Slow gateways do not speak BGP. */
export function offer(site: Site<TencentOptions>): Offer {
  const fixed: RoutingOffer = { ...routing('static', anyLegs), insideUnused: true }
  return {
    ...offerOfFacts(facts),
    ...(site.options.apiCiphers ? { ciphers: cipherOffer(apiCiphers) } : {}),
    // Two tunnels of one gateway may not have the same peer number (error VpnUnsupportedBgpAsnEqual).
    routing: site.options.bandwidth < leastBgpBandwidth.value ? [fixed] : [routing('bgp', { ...anyLegs, onePerLocalAddress: true }), fixed],
  }
}

function routing(mode: RoutingMode, legs: LegRules): RoutingOffer {
  return { mode, outside: { known: 'gateway', exports: slots.map((slot) => addressExport(mode, slot)) }, grouping: 'tunnel', legs }
}
