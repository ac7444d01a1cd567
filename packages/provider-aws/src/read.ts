import { isToken, parseCidr, textOf, type EndView, type Known, type ResourceSet, type ResourceView } from '@isthmus/core'
import { readPhase1, readPhase2 } from './ciphers.ts'

/** What a connection is made of, looked up once for its two tunnels. */
interface Surroundings {
  readonly connection: ResourceView
  readonly customer: ResourceView | undefined
  readonly gateway: ResourceView | undefined
  readonly vpc: ResourceView | undefined
  readonly routes: readonly ResourceView[]
}

/** Lifetimes that AWS uses where none is set (AWS Site-to-Site VPN User Guide, "Tunnel options"). */
const defaultLifetimes = { phase1: 28_800, phase2: 3600 }

/** Numbers that AWS uses where none is set (EC2 API Reference, CreateVpnGateway and CreateCustomerGateway). */
const defaultAsns = { gateway: 64_512, customer: 65_000 }

/** What a connection lets pass where nothing is set. */
const everything = '0.0.0.0/0'

/** Both ends of every connection. */
export function read(resources: ResourceSet): EndView[] {
  return resources.ofType('aws_vpn_connection').flatMap((connection) => {
    const around = surroundings(resources, connection)
    return [end(resources, around, 1), end(resources, around, 2)]
  })
}

function surroundings(resources: ResourceSet, connection: ResourceView): Surroundings {
  const { values } = connection
  const gateway = resources.follow(values['vpn_gateway_id'], 'aws_vpn_gateway') ?? resources.follow(values['transit_gateway_id'], 'aws_ec2_transit_gateway')
  const attachment = resources
    .ofType('aws_ec2_transit_gateway_vpc_attachment')
    .find((item) => gateway !== undefined && resources.follow(item.values['transit_gateway_id'], gateway.type)?.address === gateway.address)
  return {
    connection,
    customer: resources.follow(values['customer_gateway_id'], 'aws_customer_gateway'),
    gateway,
    vpc: resources.follow((attachment ?? gateway)?.values['vpc_id'], 'aws_vpc'),
    routes: [
      ...leadingTo(resources, connection, 'aws_vpn_connection_route', 'vpn_connection_id', 'id'),
      ...leadingTo(resources, connection, 'aws_ec2_transit_gateway_route', 'transit_gateway_attachment_id', 'transit_gateway_attachment_id'),
    ],
  }
}

/** Resources of a type whose `pointer` holds the connection's `target`. */
function leadingTo(resources: ResourceSet, connection: ResourceView, type: string, pointer: string, target: string): ResourceView[] {
  const wanted = known(resources.attribute(connection, target))
  return resources.ofType(type).filter((item) => {
    const found = known(item.values[pointer])
    return isToken(found) && isToken(wanted) ? found.token === wanted.token : found !== undefined && found === wanted
  })
}

function end(resources: ResourceSet, around: Surroundings, number: 1 | 2): EndView {
  const { connection } = around
  const attribute = (name: string): unknown => resources.attribute(connection, `tunnel${number}_${name}`)
  const transforms = (phase: string): [unknown, unknown, unknown] => [
    attribute(`${phase}_encryption_algorithms`), attribute(`${phase}_integrity_algorithms`), attribute(`${phase}_dh_group_numbers`),
  ]
  const outside = known(attribute('address')) ?? tokenOf(connection, `tunnel${number}_address`)
  const routing = connection.values['static_routes_only'] === true ? 'static' : 'bgp'
  const asn = routing === 'bgp' ? autonomousSystems(around, number) : undefined
  const status = statusOf(connection, outside)
  return {
    cloud: 'aws',
    connection: connection.address,
    at: places(around),
    outside: { local: outside, peer: peerAddress(resources, around) },
    inside: insideOf(resources, connection, number),
    routing,
    ...(asn ? { asn } : {}),
    prefixes: prefixesOf(resources, around, routing),
    selectors: selectorsOf(connection),
    ikeVersion: ikeVersion(attribute('ike_versions')),
    phase1: { ...readPhase1(...transforms('phase1')), lifetime: { seconds: positive(attribute('phase1_lifetime_seconds')) ?? defaultLifetimes.phase1, fixed: false } },
    phase2: { ...readPhase2(...transforms('phase2')), lifetime: { seconds: positive(attribute('phase2_lifetime_seconds')) ?? defaultLifetimes.phase2, fixed: false } },
    key: known(attribute('preshared_key')) ?? tokenOf(connection, `tunnel${number}_preshared_key`),
    // Cleared tunnels do not come back by themselves, and that is the default (aws_vpn_connection, tunnel1_dpd_timeout_action).
    initiates: attribute('startup_action') === 'start' && attribute('dpd_timeout_action') === 'restart',
    mayIdle: isSpare(connection, number),
    ...(status ? { status } : {}),
  }
}

/** Resources that state a field in place of the connection. */
function places({ customer, gateway, vpc, routes: [route] }: Surroundings): EndView['at'] {
  return {
    ...(customer ? { 'outside.peer': customer.address, 'asn.peer': customer.address } : {}),
    ...(gateway ? { 'asn.local': gateway.address } : {}),
    ...(vpc ? { 'prefixes.local': vpc.address } : {}),
    ...(route ? { 'prefixes.peer': route.address } : {}),
  }
}

/** AWS names both sides from the customer's point of view: `local` is the peer of the connection. */
function selectorsOf({ values }: ResourceView): NonNullable<EndView['selectors']> {
  const side = (name: string): string[] => {
    const block = values[name]
    return [typeof block === 'string' && block !== '' ? block : everything]
  }
  return { local: side('remote_ipv4_network_cidr'), peer: side('local_ipv4_network_cidr') }
}

function peerAddress(resources: ResourceSet, { connection, customer }: Surroundings): Known<string> {
  return (customer && known(resources.attribute(customer, 'ip_address'))) ?? tokenOf(connection, 'customer_gateway_id')
}

/** AWS has the first host of the block, the peer the second; a block that AWS picks shows in two computed attributes. */
function insideOf(resources: ResourceSet, connection: ResourceView, number: 1 | 2): NonNullable<EndView['inside']> {
  const block = connection.values[`tunnel${number}_inside_cidr`]
  const result = parseCidr(typeof block === 'string' ? block : '')
  if (result.ok) {
    const { cidr } = result
    return { local: cidr.host(1).toString(), peer: cidr.host(2).toString(), prefix: cidr.prefix }
  }
  const address = (name: string): Known<string> => known(resources.attribute(connection, name)) ?? tokenOf(connection, name)
  return { local: address(`tunnel${number}_vgw_inside_address`), peer: address(`tunnel${number}_cgw_inside_address`), prefix: 30 }
}

/** Numbers of both sides; undefined while one is not at hand, as for a gateway that others made. A connection without a gateway has none. */
function autonomousSystems({ connection, customer, gateway }: Surroundings, number: 1 | 2): EndView['asn'] {
  const attached = connection.values['vpn_gateway_id'] || connection.values['transit_gateway_id']
  const stated = gateway ? (positive(gateway.values['amazon_side_asn']) ?? defaultAsns.gateway) : positive(connection.values[`tunnel${number}_bgp_asn`])
  const local = attached ? stated : { token: `${connection.address}.vpn_gateway_id.amazon_side_asn` }
  const peer = customer && (positive(customer.values['bgp_asn']) ?? positive(customer.values['bgp_asn_extended']) ?? defaultAsns.customer)
  return local !== undefined && peer !== undefined ? { local, peer } : undefined
}

function prefixesOf(resources: ResourceSet, { vpc, routes }: Surroundings, routing: EndView['routing']): NonNullable<EndView['prefixes']> {
  const texts = (values: readonly unknown[]): Known<string>[] => values.map(known).filter((value) => value !== undefined)
  const blocks = vpc ? resources.ofType('aws_vpc_ipv4_cidr_block_association').filter((item) => resources.follow(item.values['vpc_id'], 'aws_vpc') === vpc) : []
  return {
    ...(vpc ? { local: texts([vpc, ...blocks].map((item) => item.values['cidr_block'])) } : {}),
    ...(routing === 'static' ? { peer: texts(routes.map((route) => route.values['destination_cidr_block'])) } : {}),
  }
}

function ikeVersion(versions: unknown): 1 | 2 {
  return Array.isArray(versions) && versions.length > 0 && !versions.includes('ikev2') ? 1 : 2
}

/** AWS makes two tunnels even where one is wanted; the other is told neither to start nor to come back. */
function isSpare(connection: ResourceView, number: 1 | 2): boolean {
  const passive = (tunnel: 1 | 2): boolean =>
    connection.values[`tunnel${tunnel}_startup_action`] !== 'start' && connection.values[`tunnel${tunnel}_dpd_timeout_action`] !== 'restart'
  return passive(number) && !passive(number === 1 ? 2 : 1)
}

function statusOf(connection: ResourceView, outside: Known<string>): EndView['status'] {
  const telemetry = connection.values['vgw_telemetry']
  if (!Array.isArray(telemetry)) return undefined
  for (const entry of telemetry) {
    if (typeof entry !== 'object' || entry === null || !('outside_ip_address' in entry) || !('status' in entry)) continue
    if (entry.outside_ip_address === outside) return entry.status === 'UP' ? 'up' : 'down'
  }
  return undefined
}

function known(value: unknown): Known<string> | undefined {
  return isToken(value) ? value : textOf(value)
}

/** A positive whole number, whether the provider writes it as one or as a string. */
function positive(value: unknown): number | undefined {
  const number = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN
  return Number.isSafeInteger(number) && number > 0 ? number : undefined
}

function tokenOf(resource: ResourceView, attribute: string): Known<string> {
  return { token: `${resource.address}.${attribute}` }
}
