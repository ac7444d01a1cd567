import { offerOfFacts, type LegRules, type Offer, type RoutingMode, type RoutingOffer, type Site } from '@isthmus/core'
import { facts, transitGatewayConnections } from './facts.ts'
import type { AwsOptions } from './options.ts'

const anyLegs: LegRules = { meetsEveryPeer: false, onePerPeerAddress: false, onePerLocalAddress: false, onePeerOnly: false, inPairs: false }

/** What the site's gateway brings to any link. */
export function offer(site: Site<AwsOptions>): Offer {
  const common = offerOfFacts(facts)
  return { ...common, routing: routing(site.options), ...(site.options.gateway === 'tgw' ? { quotas: { connections: transitGatewayConnections.value } } : {}) }
}

function routing({ gateway, existing }: AwsOptions): RoutingOffer[] {
  if (gateway === 'vgw') return [mode('bgp', anyLegs), mode('static', anyLegs)]
  if (existing?.transitGatewayId && !existing.transitGatewayRouteTableId) return [mode('bgp', anyLegs)]
  // A transit gateway route table holds one static route per prefix (RouteAlreadyExists), so one connection must do.
  return [mode('bgp', anyLegs), mode('static', { ...anyLegs, onePeerOnly: true })]
}

function mode(name: RoutingMode, legs: LegRules): RoutingOffer {
  return { mode: name, outside: { known: 'connection', perPeerAddress: 2 }, grouping: 'peer-address', legs }
}
