import { blocksOf, type EndView, type Known, numberOrToken, parseCidr, type ResourceSet, type ResourceView, textOrToken } from '@isthmus/core'
import { gatewayOf, type InstanceView, instancesOf, networkOf } from './instances.ts'
import { readConnection } from './read-connection.ts'
import { readKin } from './read-kin.ts'
import { stated, texts } from './resource-value.ts'

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
  return [...siteEnds(resources), ...readKin(resources)]
}

function siteEnds(resources: ResourceSet): EndView[] {
  return resources.ofType('azurerm_virtual_network_gateway_connection').filter(isIpsec).flatMap((connection) => {
    const around: Surroundings = {
      connection,
      gateway: gatewayOf(resources, connection, 'virtual_network_gateway_id'),
      peer: resources.follow(connection.values['local_network_gateway_id'], 'azurerm_local_network_gateway'),
    }
    return instancesOf(resources, connection, 'virtual_network_gateway_id').map((instance, slot) => readEnd(resources, around, instance, slot))
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
  const network = networkOf(resources, around.gateway)
  const prefixes = readPrefixes(around, network, bgp)
  return {
    ...readConnection(resources, connection),
    at: places(around, instance, network),
    outside: { local: instance.address, peer: stated(resources, connection, peer, 'local_network_gateway_id', ['gateway_address'], textOrToken) },
    ...(inside?.local === undefined ? {} : { inside: { local: inside.local, peer: inside.peer } }),
    routing: bgp ? 'bgp' : 'static',
    ...(asn ? { asn } : {}),
    ...(prefixes ? { prefixes } : {}),
    mayIdle: inside ? inside.mayIdle : true,
  }
}

/**
 * An instance uses that one of the connection's addresses which is in its own pool, whichever argument it stands in
 * (azurerm: expandGatewayCustomBgpIPAddresses). With none there, what it would use is unknown and `local` is left out.
 */
function readInside(
  resources: ResourceSet, { connection, peer }: Surroundings, instance: InstanceView, slot: number,
): { local: Known<string> | undefined; peer: Known<string>; mayIdle: boolean } {
  const custom = blocksOf(connection.values['custom_bgp_addresses'])[0]
  const told = [custom?.['primary'], custom?.['secondary']].map(textOrToken)
  const { pool } = instance
  const local = pool ? told.find((address) => pool.includes(address)) : told[slot]
  const peerAddress = stated(resources, connection, peer, 'local_network_gateway_id', ['bgp_settings', 0, 'bgp_peering_address'], textOrToken)
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
    local: stated(resources, connection, gateway, 'virtual_network_gateway_id', ['bgp_settings', 0, 'asn'], numberOrToken),
    peer: stated(resources, connection, peer, 'local_network_gateway_id', ['bgp_settings', 0, 'asn'], numberOrToken),
  }
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
