import { offerOfFacts, type LegRules, type Offer, type OutsideOffer } from '@isthmus/core'
import { facts } from './facts.ts'

/** Each tunnel is an object of its own between one local and one peer address, so any set of legs will do. */
const anyLegs: LegRules = {
  meetsEveryPeer: false,
  onePerPeerAddress: false,
  onePerLocalAddress: false,
  onePeerOnly: false,
  inPairs: false,
}

/** An external VPN gateway refuses addresses of Google. */
const notWithItself = 'use routing: static, or join the two networks with VPC Network Peering or Network Connectivity Center.'

const addresses = (...exports: string[]): OutsideOffer => ({ known: 'gateway', exports })

/**
 * What a gateway brings: an HA VPN gateway under BGP, two Classic VPN gateways under static routes, because HA VPN has no
 * static routes and Classic VPN is closed to new BGP tunnels.
 */
export function offer(): Offer {
  return {
    ...offerOfFacts(facts),
    routing: [
      { mode: 'bgp', outside: addresses('address_0', 'address_1'), grouping: 'tunnel', legs: anyLegs, notWithItself },
      { mode: 'static', outside: addresses('classic_address_0', 'classic_address_1'), grouping: 'tunnel', legs: anyLegs, insideUnused: true },
    ],
  }
}
