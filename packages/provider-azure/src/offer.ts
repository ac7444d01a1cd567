import { offerOfFacts, type KinOffer, type LegRules, type Offer, type OutsideOffer, type Site } from '@isthmus/core'
import { instances, poolOf } from './apipa.ts'
import { azureFacts, tunnelsBySku } from './facts.ts'
import type { AzureOptions } from './options.ts'

const outside: OutsideOffer = { known: 'gateway', exports: ['address_0', 'address_1'] }

/** Both instances of an active-active gateway open a tunnel to every peer address. */
const legs: LegRules = { meetsEveryPeer: true, onePerPeerAddress: false, onePerLocalAddress: false, onePeerOnly: false, inPairs: false }

/**
 * Between two of Azure's own gateways a connection names the other gateway, and BGP runs between the private addresses of
 * all instances: Azure never opens a session over APIPA addresses, so two of its gateways would wait for each other.
 * https://learn.microsoft.com/azure/vpn-gateway/vpn-gateway-highlyavailable
 */
const kin: KinOffer = { scope: 'azure', otherwise: 'use routing: static.', export: 'gateway_id', legs, grouping: 'link', insideUnused: true }

/** What the gateway of a site brings: two addresses on the gateway, and one connection object per address of the peer. */
export function offer(site: Site<AzureOptions>): Offer {
  const pools = instances.map((instance) => poolOf(instance, site.options.apipaPoolSize).map(String))
  return {
    ...offerOfFacts(azureFacts),
    routing: [
      // A local network gateway, the object for one peer address, has one BGP address.
      { mode: 'bgp', outside, grouping: 'peer-address', legs: { ...legs, onePerPeerAddress: true }, kin },
      // Several tunnels to one location need BGP, so static routing ends at one peer address.
      { mode: 'static', outside, grouping: 'peer-address', legs: { ...legs, onePeerOnly: true }, insideUnused: true },
    ],
    inside: { ...azureFacts.inside.value, owner: 'second', pools },
    quotas: { tunnels: { limit: tunnelsBySku.value[site.options.sku], adjustable: false } },
  }
}
