import { blocksOf, type EndView, isToken, type Known, knownText, parseCidr, type ResourceSet, type ResourceView, textOf, textOrToken, textsOf } from '@isthmus/core'
import { readPhases } from './cryptography.ts'

type Block = Readonly<Record<string, unknown>>

/** Attribute of the gateway that holds the outside address of a tunnel, by the tunnel's role. */
const addressOfRole = { master: 'internet_ip', slave: 'disaster_recovery_internet_ip' } as const

/** What the cloud calls a tunnel through which traffic can pass. */
const established = 'ipsec_sa_established'

/** One tunnel of a connection, and what it points to. */
interface TunnelView {
  readonly connection: ResourceView
  readonly gateway: ResourceView | undefined
  readonly peer: ResourceView | undefined
  readonly options: Block
  readonly index: number
}

/** The ends of all IPsec connections in dual-tunnel mode: two of each, from the two addresses of the gateway. */
export function read(resources: ResourceSet): EndView[] {
  return resources.ofType('alicloud_vpn_connection').flatMap((connection) => {
    const gateway = resources.follow(connection.values['vpn_gateway_id'], 'alicloud_vpn_gateway')
    return blocksOf(connection.values['tunnel_options_specification']).map((options, index) => {
      const peer = resources.follow(options['customer_gateway_id'], 'alicloud_vpn_customer_gateway')
      return readEnd(resources, { connection, gateway, peer, options, index })
    })
  })
}

function readEnd(resources: ResourceSet, tunnel: TunnelView): EndView {
  const { connection, gateway, peer, options } = tunnel
  const bgp = connection.values['enable_tunnels_bgp'] === true
  const session = blocksOf(options['tunnel_bgp_config'])[0]
  const ike = blocksOf(options['tunnel_ike_config'])[0] ?? {}
  const vpc = resources.follow(gateway?.values['vpc_id'], 'alicloud_vpc')
  const routes = bgp ? [] : routesOver(resources, connection)
  const local = isCutOff(resources, tunnel, bgp) ? [] : vpc && localPrefixes(resources, vpc)
  const inside = bgp && session ? readInside(tunnel, session) : undefined
  return {
    cloud: 'alibaba',
    connection: connection.address,
    at: places(tunnel, local?.length === 0 ? gateway : vpc, routes),
    outside: { local: localAddress(resources, tunnel), peer: attribute(resources, peer, 'ip_address') ?? within(tunnel, 'customer_gateway_id', 'ip_address') },
    ...(inside ? { inside } : {}),
    routing: bgp ? 'bgp' : 'static',
    ...(bgp ? { asn: readAsn(resources, tunnel, session) } : {}),
    ...(local || !bgp ? { prefixes: { ...(local ? { local } : {}), ...(bgp ? {} : { peer: routes.flatMap((route) => textOrToken(route.values['route_dest']) ?? []) }) } } : {}),
    selectors: { local: textsOf(connection.values['local_subnet']), peer: textsOf(connection.values['remote_subnet']) },
    ...readPhases(ike, blocksOf(options['tunnel_ipsec_config'])[0] ?? {}),
    key: textOrToken(ike['psk']) ?? within(tunnel, 'tunnel_ike_config', '0', 'psk'),
    initiates: connection.values['effect_immediately'] === true,
    mayIdle: !bgp && isDoubled(connection),
    ...(typeof options['status'] === 'string' && options['status'] !== '' ? { status: options['status'] === established ? 'up' : 'down' } : {}),
  }
}

/** True for two tunnels to one address with one key, of which one is there only because a connection has two. */
function isDoubled(connection: ResourceView): boolean {
  const [first, second] = blocksOf(connection.values['tunnel_options_specification'])
    .map((tunnel) => JSON.stringify([tunnel['customer_gateway_id'], blocksOf(tunnel['tunnel_ike_config'])[0]?.['psk']]))
  return first === second
}

function localAddress(resources: ResourceSet, tunnel: TunnelView): Known<string> {
  const { gateway, options, index } = tunnel
  const name = addressOfRole[options['role'] === 'slave' || (options['role'] !== 'master' && index === 1) ? 'slave' : 'master']
  if (gateway) return knownText(resources, gateway, name)
  return textOf(options['internet_ip']) ?? { token: `${tunnel.connection.address}.vpn_gateway_id.${name}` }
}

/** The tunnel states its block and its own address; the peer has the other host of the block. */
function readInside(tunnel: TunnelView, session: Block): NonNullable<EndView['inside']> {
  const local = textOrToken(session['local_bgp_ip']) ?? within(tunnel, 'tunnel_bgp_config', '0', 'local_bgp_ip')
  const parsed = typeof session['tunnel_cidr'] === 'string' ? parseCidr(session['tunnel_cidr']) : undefined
  const shown = textOrToken(session['peer_bgp_ip']) ?? within(tunnel, 'tunnel_bgp_config', '0', 'peer_bgp_ip')
  if (!parsed?.ok) return { local, peer: shown }
  const { cidr } = parsed
  const hosts = cidr.prefix === 30 ? [cidr.host(1).toString(), cidr.host(2).toString()] : []
  // An address outside its own block leaves the peer's unknown, so that it meets no other end.
  const peer = typeof local === 'string' && hosts.includes(local) ? hosts.find((host) => host !== local) : undefined
  return { local, peer: peer ?? shown, prefix: cidr.prefix }
}

function readAsn(resources: ResourceSet, tunnel: TunnelView, session: Block | undefined): NonNullable<EndView['asn']> {
  return {
    local: asn(session?.['local_asn']) ?? within(tunnel, 'tunnel_bgp_config', '0', 'local_asn'),
    peer: asn(tunnel.peer && resources.attribute(tunnel.peer, 'asn')) ?? within(tunnel, 'customer_gateway_id', 'asn'),
  }
}

/** Numbers are written as text, large ones also in two parts: `123.456` is 123 × 65536 + 456. */
function asn(value: unknown): Known<number> | undefined {
  if (isToken(value)) return value
  const [, high, low] = /^(?:(\d{1,5})\.)?(\d{1,10})$/.exec(typeof value === 'string' || typeof value === 'number' ? String(value) : '') ?? []
  return low === undefined ? undefined : Number(high ?? 0) * 65_536 + Number(low)
}

/** Routes of the connection's gateway into it that the network knows too. */
function routesOver(resources: ResourceSet, connection: ResourceView): ResourceView[] {
  return resources.ofType('alicloud_vpn_route_entry').filter(({ values }) => resources.follow(values['next_hop'], 'alicloud_vpn_connection') === connection
    && values['publish_vpc'] === true && isSame(values['vpn_gateway_id'], connection.values['vpn_gateway_id']))
}

/** True where nothing gets from the network into the tunnel, although IKE would succeed. */
function isCutOff(resources: ResourceSet, { connection, gateway, options }: TunnelView, bgp: boolean): boolean {
  // Some peers take only ESP inside UDP.
  if (options['enable_nat_traversal'] === false) return true
  if (!gateway) return false
  const { values } = gateway
  const stray = ['vswitch_id', 'disaster_recovery_vswitch_id'].some((name) => {
    const vswitch = resources.follow(values[name], 'alicloud_vswitch')
    if (values[name] === undefined) return true
    return vswitch !== undefined && !isSame(vswitch.values['vpc_id'], values['vpc_id'])
  })
  const deaf = values['enable_ipsec'] === false || (bgp && values['auto_propagate'] !== true)
  return stray || deaf || (values['network_type'] ?? 'public') !== (connection.values['network_type'] ?? 'public')
}

/** Blocks of a VPC; one that is not stated will be whatever the cloud picks. */
function localPrefixes(resources: ResourceSet, vpc: ResourceView): Known<string>[] {
  const further = resources.ofType('alicloud_vpc_ipv4_cidr_block').filter((block) => resources.follow(block.values['vpc_id'], 'alicloud_vpc') === vpc)
  return [resources.attribute(vpc, 'cidr_block'), ...further.map((block) => resources.attribute(block, 'secondary_cidr_block'))].flatMap((block) => textOrToken(block) ?? [])
}

function places({ gateway, peer }: TunnelView, network: ResourceView | undefined, routes: readonly ResourceView[]): EndView['at'] {
  const [route] = routes
  return {
    ...(gateway ? { 'outside.local': gateway.address } : {}),
    ...(peer ? { 'outside.peer': peer.address, 'asn.peer': peer.address } : {}),
    ...(network ? { 'prefixes.local': network.address } : {}),
    ...(route ? { 'prefixes.peer': route.address } : {}),
  }
}

/** What an attribute of the tunnel, or of what it points to, will be. */
function within({ connection, index }: TunnelView, ...path: string[]): { token: string } {
  return { token: [connection.address, 'tunnel_options_specification', index, ...path].join('.') }
}

function attribute(resources: ResourceSet, target: ResourceView | undefined, name: string): Known<string> | undefined {
  return target ? textOrToken(resources.attribute(target, name)) : undefined
}

/** True for two ids, or tokens of them, that are one. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
