import { groupedBy, textOrToken, type Known, type ResourceSet, type ResourceView } from '@isthmus/core'

/** The network of a gateway, as far as its resources are at hand. */
export interface NetworkView {
  readonly vpc: ResourceView | undefined
  /** Its address prefixes. */
  readonly prefixes: readonly ResourceView[]
  /** Zones with subnets beside that of the gateway. */
  readonly zones: readonly string[]
  /** The resource that keeps learned routes out of the network; undefined where nothing does. */
  readonly cutOffAt: ResourceView | undefined
}

/** What is routed into a connection, and the resource that states the first route. */
export interface RoutedView {
  readonly prefixes: readonly Known<string>[]
  readonly stated: string | undefined
}

/** What points to what among the resources of a set. */
export interface NetworkIndex {
  /** The network whose subnet a gateway is in. */
  around(gateway: ResourceView | undefined): NetworkView
  /**
   * Prefixes that are routed into a connection. Routes are per zone, so a prefix counts only if it is routed in every zone with
   * workloads; where these are not at hand, in every zone that has a route.
   */
  routed(connection: ResourceView, network: NetworkView): RoutedView
}

/** Groups the resources of a set, so that each connection is read in one step. */
export function indexOf(resources: ResourceSet): NetworkIndex {
  const vpcOf = (view: ResourceView): ResourceView | undefined => resources.follow(view.values['vpc'], 'ibm_is_vpc')
  const prefixes = groupedBy(resources.ofType('ibm_is_vpc_address_prefix'), (view) => vpcOf(view)?.address)
  const subnets = groupedBy(resources.ofType('ibm_is_subnet'), (view) => vpcOf(view)?.address)
  const nextHop = nextHopIn(resources)
  const routes = groupedBy(resources.ofType('ibm_is_vpc_routing_table_route'), nextHop)
  return {
    around(gateway) {
      const own = resources.follow(gateway?.values['subnet'], 'ibm_is_subnet')
      const vpc = own && vpcOf(own)
      const others = (subnets.get(vpc?.address ?? '') ?? []).filter((subnet) => subnet !== own)
      return { vpc, cutOffAt: cutOffAt(resources, gateway, vpc), prefixes: prefixes.get(vpc?.address ?? '') ?? [], zones: [...new Set(others.map(({ values }) => values['zone']).filter((zone) => typeof zone === 'string'))] }
    },
    routed: (connection, { vpc, zones }) =>
      routedView((routes.get(connection.address) ?? []).filter((route) => !vpc || ((vpcOf(route) ?? vpc) === vpc && isInOwnTable(resources, route, vpc))), zones),
  }
}

/** Workload subnets use the routing table that their VPC is born with. */
function isInOwnTable(resources: ResourceSet, { values }: ResourceView, vpc: ResourceView): boolean {
  return !leadsElsewhere(resources, values['routing_table'], vpc, 'default_routing_table')
}

/**
 * Learned routes reach a VPC through a transit gateway that both it and the VPN gateway are attached to. Without any attachment at
 * hand there is nothing to judge, and the VPN gateway may be attached later: then all of the VPC's transit gateway is in order.
 */
function cutOffAt(resources: ResourceSet, gateway: ResourceView | undefined, vpc: ResourceView | undefined): ResourceView | undefined {
  if (!gateway || !vpc) return undefined
  const attachments = resources.ofType('ibm_tg_connection')
  const to = (target: ResourceView, type: string): ResourceView[] =>
    attachments.filter(({ values }) => values['network_type'] === type && !leadsElsewhere(resources, values['network_id'], target, 'crn'))
  const [ofGateway, ofNetwork] = [to(gateway, 'vpn_gateway'), to(vpc, 'vpc')]
  const isBeside = (one: ResourceView) => (other: ResourceView): boolean => isSame(other.values['gateway'], one.values['gateway'])
  const isJoined = ofNetwork.some((one) => ofGateway.some(isBeside(one)))
  const astray = attachments.filter((one) => ofNetwork.some(isBeside(one)) && !isInOrder(resources, one, gateway))
  const isWaiting = ofNetwork.length > 0 && ofGateway.length === 0 && astray.length === 0
  return isJoined || isWaiting ? undefined : ofGateway[0] ?? astray[0] ?? attachments[0]
}

/** True for an attachment of the kind that its network is of, and not of a gateway that stands in for the given one. */
function isInOrder(resources: ResourceSet, { values }: ResourceView, gateway: ResourceView): boolean {
  const isOf = (type: string): boolean => resources.ofType(type).some((view) => isSame(values['network_id'], resources.attribute(view, 'crn')))
  if (values['network_id'] === undefined) return false
  if (values['network_type'] === 'vpc') return !isOf(gateway.type)
  return values['network_type'] === 'vpn_gateway' && !isOf('ibm_is_vpc') && !isDouble(resources, values['network_id'])
}

/** A gateway is attached once, to one transit gateway. */
function isDouble(resources: ResourceSet, network: unknown): boolean {
  return resources.ofType('ibm_tg_connection').filter(({ values }) => isSame(values['network_id'], network)).length > 1
}

/** True where a value is missing, or stands for an attribute of another resource of the type than of the given one. */
function leadsElsewhere(resources: ResourceSet, value: unknown, own: ResourceView, attribute: string): boolean {
  if (value === undefined || value === null) return true
  if (isSame(value, resources.attribute(own, attribute))) return false
  return resources.ofType(own.type).some((other) => isSame(value, resources.attribute(other, attribute)))
}

/** The connection that a route leads to. A next hop is named by an id that only the state holds, and before that by a reference. */
function nextHopIn(resources: ResourceSet): (route: ResourceView) => string | undefined {
  const connections = resources.ofType('ibm_is_vpn_gateway_connection')
  const byId = new Map(connections.map((connection) => [connection.values['gateway_connection'], connection.address]))
  return ({ values }) => {
    if ((values['action'] ?? 'deliver') !== 'deliver') return undefined
    const hop = values['next_hop']
    return typeof hop === 'string' ? byId.get(hop) : resources.follow(hop, 'ibm_is_vpn_gateway_connection')?.address
  }
}

function routedView(routes: readonly ResourceView[], workloadZones: readonly string[]): RoutedView {
  const zonesOf = new Map<string, { readonly prefix: Known<string>; readonly zones: Set<unknown> }>()
  for (const { values } of routes) {
    const prefix = textOrToken(values['destination'])
    if (prefix === undefined) continue
    const entry = zonesOf.get(JSON.stringify(prefix)) ?? { prefix, zones: new Set() }
    entry.zones.add(values['zone'])
    zonesOf.set(JSON.stringify(prefix), entry)
  }
  const zones = workloadZones.length > 0 ? workloadZones : [...new Set(routes.map(({ values }) => values['zone']))]
  const everywhere = [...zonesOf.values()].filter((entry) => zones.every((zone) => entry.zones.has(zone)))
  return { prefixes: everywhere.map(({ prefix }) => prefix), stated: routes[0]?.address }
}

/** True for two ids, or tokens of them, that are one. */
function isSame(one: unknown, other: unknown): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other
  return JSON.stringify(one) === JSON.stringify(other)
}
