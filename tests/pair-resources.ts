import type { RoutingMode } from '@isthmus/core'

/** Resources by type. */
export type Counts = Readonly<Record<string, number>>

/** What a link of two clouds is made of in one routing mode, beside what the project's fact sheet expected of it. */
export interface PairResources {
  readonly a: string
  readonly b: string
  readonly mode: RoutingMode
  /** What the sheet counts for the pair; absent where it counts this mode of the pair not at all. */
  readonly expected?: Counts
  /** What is made instead; absent where it is what the sheet expects, `none` where the pair cannot be linked in this mode. */
  readonly made?: Counts | 'none'
  /** Why the two differ. */
  readonly why?: string
}

/**
 * Types that a link makes and that the sheet counts once per cloud, as part of its gateway; with the reason why links make them.
 * Left out of every comparison of counts.
 */
export const madeByLinks: Readonly<Record<string, string>> = {
  tencentcloud_route_table_entry: 'a route of the network belongs to the link whose networks it leads to, so that it goes with the link: one per gateway in use and remote block',
  ibm_is_ike_policy: 'each link has a policy of its own, so that another link can have another suite and a change of one touches no other',
  ibm_is_ipsec_policy: 'each link has a policy of its own, so that another link can have another suite and a change of one touches no other',
}

const aws = (connections: number, routes = 0): Counts => ({ aws_customer_gateway: connections, aws_vpn_connection: connections, ...(routes > 0 ? { aws_vpn_connection_route: routes } : {}) })
const azure = (connections: number): Counts => ({ azurerm_local_network_gateway: connections, azurerm_virtual_network_gateway_connection: connections })
const gcp = (tunnels: number): Counts => ({ google_compute_external_vpn_gateway: 1, google_compute_vpn_tunnel: tunnels, google_compute_router_interface: tunnels, google_compute_router_peer: tunnels })
const gcpClassic = (tunnels: number): Counts => ({ google_compute_vpn_tunnel: tunnels, google_compute_route: tunnels })
const alibaba = (peers: number, connections: number, routes = 0): Counts => ({ alicloud_vpn_customer_gateway: peers, alicloud_vpn_connection: connections, ...(routes > 0 ? { alicloud_vpn_route_entry: routes } : {}) })
const tencent = (peers: number, connections: number, routes = 0): Counts => ({ tencentcloud_vpn_customer_gateway: peers, tencentcloud_vpn_connection: connections, ...(routes > 0 ? { tencentcloud_vpn_gateway_route: routes } : {}) })
/** Routes are counted per remote block and zone, and the sites here have one block and two zones. */
const ibm = (connections: number, routesPerZone = 0): Counts => ({ ibm_is_vpn_gateway_connection: connections, ...(routesPerZone > 0 ? { ibm_is_vpc_routing_table_route: 2 * routesPerZone } : {}) })

const fullMesh = 'every address of one end with every address of the other, four tunnels instead of two: the link then survives that one address fails at each end at once, within all quotas'

/** All pairs of different clouds in both routing modes, in the sequence of section 7 of the fact sheet. */
export const pairResources: readonly PairResources[] = [
  { a: 'aws', b: 'azure', mode: 'bgp', expected: { ...aws(2), ...azure(4) } },
  { a: 'aws', b: 'azure', mode: 'static', made: { ...aws(1, 1), ...azure(1) }, why: 'one tunnel: without BGP the one end takes a single peer address, and each address of the other is a peer of its own' },
  { a: 'aws', b: 'gcp', mode: 'bgp', expected: { ...aws(2), ...gcp(4) } },
  { a: 'aws', b: 'gcp', mode: 'static', made: { ...aws(2, 2), ...gcpClassic(4) }, why: 'the same four tunnels as under BGP, on the gateways that take static routes' },
  { a: 'alibaba', b: 'aws', mode: 'bgp', expected: { ...aws(2), ...alibaba(4, 2) } },
  { a: 'alibaba', b: 'aws', mode: 'static', made: { ...aws(2, 2), ...alibaba(4, 2, 2) }, why: 'the same four tunnels as under BGP, with a route per connection' },
  { a: 'aws', b: 'tencent', mode: 'bgp', expected: { ...aws(2), ...tencent(2, 2) } },
  { a: 'aws', b: 'tencent', mode: 'static', expected: { ...aws(2, 2), ...tencent(4, 4, 4) } },
  { a: 'aws', b: 'ibm', mode: 'bgp', expected: { ...aws(2), ...ibm(4) } },
  { a: 'aws', b: 'ibm', mode: 'static', expected: { ...aws(2, 2), ...ibm(4, 4) } },
  { a: 'azure', b: 'gcp', mode: 'bgp', expected: { ...azure(2), ...gcp(2) } },
  { a: 'azure', b: 'gcp', mode: 'static', made: { ...azure(1), ...gcpClassic(2) }, why: 'both addresses of the one end to one of the other, because without BGP it takes a single peer address' },
  { a: 'alibaba', b: 'azure', mode: 'bgp', expected: { ...azure(2), ...alibaba(2, 1) } },
  { a: 'alibaba', b: 'azure', mode: 'static', made: { ...azure(1), ...alibaba(2, 2, 2) }, why: 'one address to both of the other end, which without BGP takes a single peer address; each tunnel is one half of a connection whose other half stands idle' },
  { a: 'azure', b: 'tencent', mode: 'bgp', expected: { ...azure(2), ...tencent(2, 2) }, made: 'none', why: 'the inside addresses that the two ends are known to take have no block in common; static routing needs none' },
  { a: 'azure', b: 'tencent', mode: 'static', expected: { ...azure(1), ...tencent(2, 2, 2) } },
  { a: 'azure', b: 'ibm', mode: 'bgp', expected: { ...azure(2), ...ibm(2) } },
  { a: 'azure', b: 'ibm', mode: 'static', expected: { ...azure(1), ...ibm(2, 2) } },
  { a: 'alibaba', b: 'gcp', mode: 'bgp', expected: { ...gcp(2), ...alibaba(2, 1) }, made: { ...gcp(4), ...alibaba(2, 2) }, why: fullMesh },
  { a: 'alibaba', b: 'gcp', mode: 'static', made: { ...gcpClassic(4), ...alibaba(2, 2, 2) }, why: 'the same four tunnels as under BGP, on the gateways that take static routes' },
  { a: 'gcp', b: 'tencent', mode: 'bgp', expected: { ...gcp(2), ...tencent(2, 2) } },
  { a: 'gcp', b: 'tencent', mode: 'static', expected: { ...gcpClassic(2), ...tencent(2, 2, 2) }, made: { ...gcpClassic(4), ...tencent(2, 4, 4) }, why: fullMesh },
  { a: 'gcp', b: 'ibm', mode: 'bgp', expected: { ...gcp(4), ...ibm(2) } },
  { a: 'gcp', b: 'ibm', mode: 'static', expected: { ...gcpClassic(4), ...ibm(2, 2) } },
  { a: 'alibaba', b: 'tencent', mode: 'bgp', expected: { ...alibaba(2, 1), ...tencent(2, 2) } },
  { a: 'alibaba', b: 'tencent', mode: 'static', expected: { ...alibaba(2, 1, 1), ...tencent(2, 2, 2) }, made: { ...alibaba(2, 2, 2), ...tencent(2, 4, 4) }, why: fullMesh },
  { a: 'alibaba', b: 'ibm', mode: 'bgp', expected: { ...alibaba(2, 2), ...ibm(2) } },
  { a: 'alibaba', b: 'ibm', mode: 'static', expected: { ...alibaba(2, 2, 2), ...ibm(2, 2) } },
  { a: 'ibm', b: 'tencent', mode: 'bgp', expected: { ...tencent(2, 2), ...ibm(2) } },
  { a: 'ibm', b: 'tencent', mode: 'static', expected: { ...tencent(2, 4, 4), ...ibm(2, 2) } },
]
