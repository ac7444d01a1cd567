import { offerOfFacts, type KinOffer, type LegRules, type Offer, type OutsideOffer, type Site } from '@isthmus/core'
import { facts } from './facts.ts'

/** Each tunnel is an object of its own between one local and one peer address, so any set of legs will do. */
const anyLegs: LegRules = {
  meetsEveryPeer: false,
  onePerPeerAddress: false,
  onePerLocalAddress: false,
  onePeerOnly: false,
  inPairs: false,
}

/**
 * An external VPN gateway refuses addresses of Google, so a tunnel names the other HA VPN gateway, which must be in the same
 * region; it then runs between interfaces of the same number.
 * https://cloud.google.com/network-connectivity/docs/vpn/how-to/creating-ha-vpn2
 */
function kin({ region }: Pick<Site, 'region'>): KinOffer {
  return {
    scope: region,
    otherwise: 'use routing: static, put both sites into one region, or join the two networks with VPC Network Peering or Network Connectivity Center.',
    export: 'ha_gateway_id',
    legs: { ...anyLegs, onePerPeerAddress: true, onePerLocalAddress: true },
  }
}

const addresses = (...exports: string[]): OutsideOffer => ({ known: 'gateway', exports })

/**
 * What a gateway brings: an HA VPN gateway under BGP, two Classic VPN gateways under static routes, because HA VPN has no
 * static routes and Classic VPN is closed to new BGP tunnels.
 */
export function offer(site: Pick<Site, 'region'>): Offer {
  return {
    ...offerOfFacts(facts),
    routing: [
      { mode: 'bgp', outside: addresses('address_0', 'address_1'), grouping: 'tunnel', legs: anyLegs, kin: kin(site) },
      { mode: 'static', outside: addresses('classic_address_0', 'classic_address_1'), grouping: 'tunnel', legs: anyLegs, insideUnused: true },
    ],
  }
}
