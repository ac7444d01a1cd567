import type { LegRules, Offer, RoutingMode, RoutingOffer, Site } from '@isthmus/core'
import { ciphers } from './ciphers.ts'
import { facts, transitGatewayConnections } from './facts.ts'
import type { AwsOptions } from './options.ts'

const anyLegs: LegRules = { meetsEveryPeer: false, onePerPeerAddress: false, onePerLocalAddress: false, onePeerOnly: false, inPairs: false }

/** What the site's gateway brings to any link. */
export function offer(site: Site<AwsOptions>): Offer {
  const { connections } = facts.quotas
  const quota = site.options.gateway === 'tgw' ? transitGatewayConnections : connections
  return {
    routing: routing(site.options),
    ciphers,
    lifetimes: facts.lifetimes.value,
    dpd: facts.dpd.value,
    key: facts.key.value,
    asn: facts.asn.value,
    inside: facts.inside.value,
    initiation: facts.initiation.value,
    quotas: quota ? { connections: quota.value } : {},
  }
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
