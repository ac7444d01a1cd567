import { type EndView, isToken, type Known, parseCidr, type ResourceSet, type ResourceView } from '@isthmus/core'
import { readPolicy } from './ipsec-policy.ts'

/** What a connection lets pass that states no traffic selectors. */
const everything = '0.0.0.0/0'

type Block = Readonly<Record<string, unknown>>

/** One instance of a gateway, as far as its resources are at hand. */
interface InstanceView {
  readonly address: Known<string>
  /** Resource that states the address, where it is at hand. */
  readonly stated: string | undefined
  /** Inside addresses it can use; undefined where no resource at hand says so. */
  readonly pool: readonly unknown[] | undefined
}

/** What a connection points to. */
interface Surroundings {
  readonly connection: ResourceView
  readonly gateway: ResourceView | undefined
  readonly peer: ResourceView | undefined
}

/**
 * The ends of all IPsec connections. A connection of an active-active gateway has two, one from each instance; under BGP
 * the one whose addresses share no /30 has nobody opposite, and under static routing either may be the idle one.
 */
export function read(resources: ResourceSet): EndView[] {
  return resources.ofType('azurerm_virtual_network_gateway_connection').filter(isIpsec).flatMap((connection) => {
    const around: Surroundings = {
      connection,
      gateway: resources.follow(connection.values['virtual_network_gateway_id'], 'azurerm_virtual_network_gateway'),
      peer: resources.follow(connection.values['local_network_gateway_id'], 'azurerm_local_network_gateway'),
    }
    return instancesOf(resources, around).map((instance, slot) => readEnd(resources, around, instance, slot))
  })
}

function isIpsec(connection: ResourceView): boolean {
  return connection.values['type'] === 'IPsec'
}

function readEnd(resources: ResourceSet, around: Surroundings, instance: InstanceView, slot: number): EndView {
  const { connection, peer } = around
  const bgp = connection.values['bgp_enabled'] === true && (around.gateway?.values ?? connection.values)['bgp_enabled'] === true
  const inside = bgp ? readInside(resources, around, instance, slot) : undefined
  const asn = bgp ? readAsn(resources, around) : undefined
  const network = networkOf(resources, around)
  const prefixes = readPrefixes(around, network, bgp)
  return {
    cloud: 'azure',
    connection: connection.address,
    at: places(around, instance, network),
    outside: { local: instance.address, peer: stated(resources, connection, peer, 'local_network_gateway_id', ['gateway_address'], isText) },
    ...(inside?.local === undefined ? {} : { inside: { local: inside.local, peer: inside.peer } }),
    routing: bgp ? 'bgp' : 'static',
    ...(asn ? { asn } : {}),
    ...(prefixes ? { prefixes } : {}),
    selectors: readSelectors(connection),
    ikeVersion: connection.values['connection_protocol'] === 'IKEv1' ? 1 : 2,
    ...readPolicy(blocks(connection.values['ipsec_policy'])[0] ?? {}),
    key: known(resources.attribute(connection, 'shared_key'), isText) ?? { token: `${connection.address}.shared_key` },
    initiates: connection.values['connection_mode'] !== 'ResponderOnly',
    mayIdle: inside ? inside.mayIdle : true,
  }
}

function instancesOf(resources: ResourceSet, { connection, gateway }: Surroundings): InstanceView[] {
  if (!gateway) {
    return [0, 1].map((slot) => ({ address: { token: `${connection.address}.virtual_network_gateway_id.address_${slot}` }, stated: undefined, pool: undefined }))
  }
  const peerings = blocks(blocks(gateway.values['bgp_settings'])[0]?.['peering_addresses'])
  const configurations = blocks(gateway.values['ip_configuration']).slice(0, gateway.values['active_active'] === true ? 2 : 1)
  return configurations.map((configuration, slot) => {
    const named = peerings.findIndex((candidate) => candidate['ip_configuration_name'] === configuration['name'])
    const position = named === -1 && peerings.length === 1 ? 0 : named
    const peering = peerings[position]
    const publicIp = resources.follow(configuration['public_ip_address_id'], 'azurerm_public_ip')
    const address = publicIp
      ? resources.attribute(publicIp, 'ip_address')
      : resources.attribute(gateway, 'bgp_settings', 0, 'peering_addresses', position, 'tunnel_ip_addresses', 0)
    return {
      address: known(address, isText) ?? { token: `${gateway.address}.ip_configuration.${slot}.public_ip_address_id` },
      stated: gateway.address,
      pool: peering ? list(peering['apipa_addresses']) : peerings.length > 0 ? [] : undefined,
    }
  })
}

/**
 * An instance uses that one of the connection's addresses which is in its own pool, whichever argument it stands in
 * (azurerm: expandGatewayCustomBgpIPAddresses). With none there, what it would use is unknown and `local` is left out.
 */
function readInside(
  resources: ResourceSet, { connection, peer }: Surroundings, instance: InstanceView, slot: number,
): { local: Known<string> | undefined; peer: Known<string>; mayIdle: boolean } {
  const custom = blocks(connection.values['custom_bgp_addresses'])[0]
  const told = [custom?.['primary'], custom?.['secondary']].map((value) => known(value, isText))
  const { pool } = instance
  const local = pool ? told.find((address) => pool.includes(address)) : told[slot]
  const peerAddress = stated(resources, connection, peer, 'local_network_gateway_id', ['bgp_settings', 0, 'bgp_peering_address'], isText)
  return { local, peer: peerAddress, mayIdle: areApart(local ?? told[slot], peerAddress) }
}

/** True for two addresses that are known and do not share a /30. */
function areApart(a: Known<string> | undefined, b: Known<string>): boolean {
  if (typeof a !== 'string' || typeof b !== 'string') return false
  const [left, right] = [parseCidr(`${a}/32`), parseCidr(`${b}/32`)]
  return left.ok && right.ok && left.cidr.first >> 2n !== right.cidr.first >> 2n
}

function readAsn(resources: ResourceSet, { connection, gateway, peer }: Surroundings): EndView['asn'] {
  return {
    local: stated(resources, connection, gateway, 'virtual_network_gateway_id', ['bgp_settings', 0, 'asn'], isNumber),
    peer: stated(resources, connection, peer, 'local_network_gateway_id', ['bgp_settings', 0, 'asn'], isNumber),
  }
}

function networkOf(resources: ResourceSet, { gateway }: Surroundings): ResourceView | undefined {
  const subnet = resources.follow(blocks(gateway?.values['ip_configuration'])[0]?.['subnet_id'], 'azurerm_subnet')
  return resources.follow(subnet?.values['virtual_network_name'], 'azurerm_virtual_network')
}

function readPrefixes({ peer }: Surroundings, network: ResourceView | undefined, bgp: boolean): EndView['prefixes'] {
  const local = network ? texts(network.values['address_space']) : undefined
  const routed = !bgp && peer ? texts(peer.values['address_space']) : undefined
  if (!local && !routed) return undefined
  return { ...(local ? { local } : {}), ...(routed ? { peer: routed } : {}) }
}

function places({ gateway, peer }: Surroundings, instance: InstanceView, network: ResourceView | undefined): EndView['at'] {
  return {
    ...(instance.stated ? { 'outside.local': instance.stated } : {}),
    ...(peer ? { 'outside.peer': peer.address, 'inside.peer': peer.address, 'asn.peer': peer.address, 'prefixes.peer': peer.address } : {}),
    ...(gateway ? { 'asn.local': gateway.address } : {}),
    ...(network ? { 'prefixes.local': network.address } : {}),
  }
}

/** A route-based gateway lets everything pass unless a connection says otherwise. */
function readSelectors(connection: ResourceView): NonNullable<EndView['selectors']> {
  const policies = blocks(connection.values['traffic_selector_policy'])
  const side = (name: string): string[] => policies.flatMap((policy) => list(policy[name]).filter(isText))
  return policies.length === 0 ? { local: [everything], peer: [everything] } : { local: side('local_address_cidrs'), peer: side('remote_address_cidrs') }
}

/** An attribute of a resource that the connection points to, or a token for it where that resource is not at hand. */
function stated<T>(
  resources: ResourceSet, connection: ResourceView, target: ResourceView | undefined, pointer: string,
  path: readonly (string | number)[], is: (value: unknown) => value is T,
): Known<T> {
  const value = target ? known(resources.attribute(target, ...path), is) : undefined
  return value ?? { token: [target?.address ?? `${connection.address}.${pointer}`, ...path].join('.') }
}

function known<T>(value: unknown, is: (value: unknown) => value is T): Known<T> | undefined {
  return isToken(value) || is(value) ? value : undefined
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function texts(value: unknown): Known<string>[] {
  return list(value).flatMap((item) => known(item, isText) ?? [])
}

function blocks(value: unknown): readonly Block[] {
  return list(value).filter((item): item is Block => typeof item === 'object' && item !== null && !isToken(item))
}
