import { blocksOf, isToken, knownNumber, knownText, parseCidr, textsOf, type EndView, type Known, type ResourceSet, type ResourceView } from '@isthmus/core'
import { readCiphers } from './ciphers.ts'
import { leastBgpBandwidth } from './facts.ts'
import { indexOf, type Index } from './resource-index.ts'
import { keyOf, within } from './resource-value.ts'

/** What a route-based connection lets pass. */
const everything = '0.0.0.0/0'

/** Mbps of a gateway that does not say (tencentcloud_vpn_gateway, bandwidth). */
const defaultBandwidth = 5

/** `net_status` of a connection whose tunnel is up. */
const upWord = 'AVAILABLE'

/** What a connection points to. */
interface Surroundings {
  readonly index: Index
  readonly connection: ResourceView
  readonly gateway: ResourceView | undefined
  readonly customer: ResourceView | undefined
  readonly vpc: ResourceView | undefined
}

/** The end of every VPN connection, whether its resources come from a stack, a plan or a state. */
export function read(resources: ResourceSet): EndView[] {
  const index = indexOf(resources)
  return resources.ofType('tencentcloud_vpn_connection').map((connection) => {
    const { values } = connection
    const gateway = resources.follow(values['vpn_gateway_id'], 'tencentcloud_vpn_gateway')
    return readEnd({
      index,
      connection,
      gateway,
      customer: resources.follow(values['customer_gateway_id'], 'tencentcloud_vpn_customer_gateway'),
      vpc: resources.follow(gateway?.values['vpc_id'] ?? values['vpc_id'], 'tencentcloud_vpc'),
    })
  })
}

function readEnd(around: Surroundings): EndView {
  const { index, connection, gateway, customer, vpc } = around
  const { values } = connection
  const bgp = values['route_type'] === 'Bgp' && speaksBgp(gateway)
  const inside = bgp ? readInside(index.resources, connection) : undefined
  const routes = bgp ? index.entriesTo(connection, vpc) : routed(around)
  const status = values['net_status']
  return {
    cloud: 'tencent',
    connection: connection.address,
    at: {
      ...(gateway && { 'outside.local': gateway.address, 'asn.local': gateway.address }),
      ...(customer && { 'outside.peer': customer.address, 'asn.peer': customer.address }),
      ...(vpc && { 'prefixes.local': vpc.address }),
      ...(routes[0] && { 'prefixes.peer': routes[0].address }),
    },
    outside: { local: outsideOf(around, 'local'), peer: outsideOf(around, 'remote') },
    ...(inside && { inside }),
    routing: bgp ? 'bgp' : 'static',
    ...(bgp && { asn: asnOf(around) }),
    prefixes: { ...(vpc && { local: localBlocks(around, vpc) }), ...((!bgp || vpc) && { peer: routes.map((route) => knownText(index.resources, route, 'destination_cidr_block')) }) },
    selectors: selectorsOf(values['security_group_policy']),
    ikeVersion: values['ike_version'] === 'IKEV2' ? 2 : 1,
    ...readCiphers(values),
    key: knownText(index.resources, connection, 'pre_share_key'),
    // What is cleared is not started again; that is the default (tencentcloud_vpn_connection, dpd_action).
    initiates: values['negotiation_type'] !== 'passive' && (values['dpd_enable'] !== 1 || values['dpd_action'] === 'restart'),
    mayIdle: false,
    ...(typeof status === 'string' && status !== '' && { status: status === upWord ? 'up' : 'down' }),
  }
}

/**
 * The address of a gateway, which the connection repeats as its IKE identity. Where the two differ the peer knows the end by
 * neither.
 */
function outsideOf({ index, connection, gateway, customer }: Surroundings, side: 'local' | 'remote'): Known<string> {
  const owner = side === 'local' ? gateway : customer
  if (!owner) return within(connection, side === 'local' ? 'vpn_gateway_id' : 'customer_gateway_id', 'public_ip_address')
  const kind = (connection.values[`ike_${side}_identity`] ?? 'ADDRESS') === 'ADDRESS' ? 'address' : 'fqdn_name'
  const identity = knownText(index.resources, connection, `ike_${side}_${kind}`)
  const address = knownText(index.resources, owner, 'public_ip_address')
  return keyOf(address) === keyOf(identity) ? address : `${textOf(address)} and ${textOf(identity)}`
}

/** Addresses outside the block of the tunnel are none that work. */
function readInside(resources: ResourceSet, connection: ResourceView): NonNullable<EndView['inside']> {
  const block = blocksOf(connection.values['bgp_config'])[0]?.['tunnel_cidr']
  const parse = typeof block === 'string' ? parseCidr(block) : undefined
  const cidr = parse?.ok ? parse.cidr : undefined
  const address = (name: string): Known<string> => {
    const value = knownText(resources, connection, 'bgp_config', 0, name)
    const host = typeof value === 'string' ? parseCidr(`${value}/32`) : undefined
    const astray = typeof block === 'string' && host?.ok && !cidr?.contains(host.cidr)
    return astray ? `${textOf(value)} outside ${block}` : value
  }
  return { local: address('local_bgp_ip'), peer: address('remote_bgp_ip'), ...(cidr && { prefix: cidr.prefix }) }
}

function asnOf({ index, connection, gateway, customer }: Surroundings): NonNullable<EndView['asn']> {
  const number = (owner: ResourceView | undefined, pointer: string): Known<number> => (owner ? knownNumber(index.resources, owner, 'bgp_asn') : within(connection, pointer, 'bgp_asn'))
  return { local: number(gateway, 'vpn_gateway_id'), peer: number(customer, 'customer_gateway_id') }
}

/** What reaches the tunnel: a route of the gateway into it, and for the same block one of a route table to the gateway. */
function routed({ index, connection, vpc }: Surroundings): ResourceView[] {
  if (connection.values['route_type'] !== 'StaticRoute') return []
  const reached = new Set(index.entriesTo(connection, vpc).map(({ values }) => keyOf(values['destination_cidr_block'])))
  return index.routesInto(connection).filter(({ values }) => reached.has(keyOf(values['destination_cidr_block'])))
}

/** Below a certain bandwidth a gateway is of a kind that has no BGP. */
function speaksBgp(gateway: ResourceView | undefined): boolean {
  if (!gateway) return true
  const bandwidth = gateway.values['bandwidth'] ?? defaultBandwidth
  return typeof bandwidth !== 'number' || bandwidth >= leastBgpBandwidth.value
}

/** A connection that names another VPC than its gateway serves none, and one whose health is checked loses its routes while the peer does not answer. */
function localBlocks({ connection, gateway }: Surroundings, { values }: ResourceView): string[] {
  if (connection.values['enable_health_check'] === true) return []
  if (gateway && keyOf(gateway.values['vpc_id']) !== keyOf(connection.values['vpc_id'])) return []
  return [...textsOf([values['cidr_block']]), ...textsOf(values['assistant_cidrs'])]
}

function selectorsOf(policy: unknown): NonNullable<EndView['selectors']> {
  const policies = blocksOf(policy)
  if (policies.length === 0) return { local: [everything], peer: [everything] }
  return { local: policies.flatMap((each) => textsOf([each['local_cidr_block']])), peer: policies.flatMap((each) => textsOf(each['remote_cidr_block'])) }
}

function textOf(value: Known<string>): string {
  return isToken(value) ? value.token : value
}
