import { blocksOf, type EndView, IpAddress, isIsthmusError, isToken, type Known, knownNumber, knownText, numberOrToken, type ResourceSet, type ResourceView, textOrToken, textsOf } from '@isthmus/core'
import { isIdle } from './idle-leg.ts'
import { policiesOf, readPolicies } from './policies.ts'
import { indexOf, type NetworkView, type RoutedView } from './read-network.ts'

/** What a route-based gateway lets pass. */
const everything = '0.0.0.0/0'

/** What a connection points to. */
interface Surroundings {
  readonly connection: ResourceView
  readonly gateway: ResourceView | undefined
  readonly network: NetworkView
  readonly bgp: boolean
  /** What is routed into it; undefined under BGP. */
  readonly routed: RoutedView | undefined
}

/**
 * The ends of all connections that are switched on. Each has two, one at each member of its gateway; under BGP the one whose
 * addresses are of those kept for idle legs has nobody opposite, and under static routing either may be the idle one.
 */
export function read(resources: ResourceSet): EndView[] {
  const index = indexOf(resources)
  return resources.ofType('ibm_is_vpn_gateway_connection').filter(isSwitchedOn).flatMap((connection) => {
    const gateway = resources.follow(connection.values['vpn_gateway'], 'ibm_is_vpn_gateway')
    const network = index.around(gateway)
    const bgp = connection.values['routing_protocol'] === 'bgp' && !hasPolicies(gateway)
    const around: Surroundings = { connection, gateway, network, bgp, routed: bgp ? undefined : index.routed(connection, network) }
    return ['public_ip_address', 'public_ip_address2'].map((attribute, member) => readEnd(resources, around, attribute, member))
  })
}

function isSwitchedOn(connection: ResourceView): boolean {
  return connection.values['admin_state_up'] !== false
}

/** A gateway with policies instead of routes speaks no BGP and lets nothing pass that is not named. */
function hasPolicies(gateway: ResourceView | undefined): boolean {
  return gateway?.values['mode'] === 'policy'
}

function readEnd(resources: ResourceSet, around: Surroundings, attribute: string, member: number): EndView {
  const { connection, gateway, bgp } = around
  const local = localAddress(resources, around, attribute)
  const inside = bgp ? readInside(connection, member) : undefined
  const policies = policiesOf(resources, connection)
  const prefixes = readPrefixes(around)
  return {
    cloud: 'ibm',
    connection: connection.address,
    at: { ...places(around), ...placesOfPolicies(policies) },
    outside: { local, peer: peerAddress(connection) },
    ...(inside ? { inside } : {}),
    routing: bgp ? 'bgp' : 'static',
    ...(bgp ? { asn: readAsn(resources, around) } : {}),
    ...(prefixes ? { prefixes } : {}),
    selectors: { local: selector(connection, gateway, 'local'), peer: selector(connection, gateway, 'peer') },
    ...readPolicies(connection, policies),
    key: knownText(resources, connection, 'preshared_key'),
    initiates: connection.values['establish_mode'] !== 'peer_only' && (connection.values['action'] ?? 'restart') === 'restart',
    mayIdle: !bgp || idles(inside),
    ...statusOf(connection, local),
  }
}

function readPrefixes({ network, routed, bgp }: Surroundings): EndView['prefixes'] {
  if (bgp && network.cutOffAt) return { local: [] }
  const local = network.prefixes.flatMap(({ values }) => textOrToken(values['cidr']) ?? [])
  if (local.length === 0 && !routed) return undefined
  return { ...(local.length > 0 ? { local } : {}), ...(routed ? { peer: routed.prefixes } : {}) }
}

function places({ gateway, network: { prefixes: [prefix], cutOffAt }, routed, bgp }: Surroundings): EndView['at'] {
  const network = bgp && cutOffAt ? cutOffAt : prefix
  return {
    ...(gateway ? { 'outside.local': gateway.address, 'asn.local': gateway.address } : {}),
    ...(network ? { 'prefixes.local': network.address } : {}),
    ...(routed?.stated ? { 'prefixes.peer': routed.stated } : {}),
  }
}

function placesOfPolicies({ ike, ipsec }: ReturnType<typeof policiesOf>): EndView['at'] {
  return {
    ...(ike && {
      ikeVersion: ike.address, 'phase1.encryption': ike.address, 'phase1.integrity': ike.address, 'phase1.prf': ike.address, 'phase1.dhGroup': ike.address, 'phase1.lifetime': ike.address,
    }),
    ...(ipsec && { 'phase2.encryption': ipsec.address, 'phase2.integrity': ipsec.address, 'phase2.pfs': ipsec.address, 'phase2.lifetime': ipsec.address }),
  }
}

function localAddress(resources: ResourceSet, { connection, gateway }: Surroundings, attribute: string): Known<string> {
  return gateway ? knownText(resources, gateway, attribute) : { token: `${connection.address}.vpn_gateway.${attribute}` }
}

/** The address in the `peer` block, or in the argument that older configurations have instead. */
function peerAddress(connection: ResourceView): Known<string> {
  const [peer] = blocksOf(connection.values['peer'])
  return textOrToken(peer?.['address']) ?? textOrToken(connection.values['peer_address']) ?? { token: `${connection.address}.peer.0.address` }
}

function readAsn(resources: ResourceSet, { connection, gateway }: Surroundings): NonNullable<EndView['asn']> {
  const [peer] = blocksOf(connection.values['peer'])
  return {
    local: gateway ? knownNumber(resources, gateway, 'local_asn') : { token: `${connection.address}.vpn_gateway.local_asn` },
    peer: numberOrToken(peer?.['asn']) ?? { token: `${connection.address}.peer.0.asn` },
  }
}

/** The inside addresses of a member: the `tunnel` block at its position. */
function readInside(connection: ResourceView, member: number): EndView['inside'] {
  const tunnel = blocksOf(connection.values['tunnel'])[member]
  const [local, peer] = [textOrToken(tunnel?.['tunnel_interface_ip']), textOrToken(tunnel?.['neighbor_ip'])]
  return local !== undefined && peer !== undefined ? { local, peer } : undefined
}

/** A leg is idle by its own address; a wrong address of the peer does not make it one. */
function idles(inside: EndView['inside']): boolean {
  if (!inside || isToken(inside.local)) return false
  try {
    return isIdle(IpAddress.of(inside.local))
  } catch (error) {
    if (isIsthmusError(error)) return false
    throw error
  }
}

function selector(connection: ResourceView, gateway: ResourceView | undefined, side: 'local' | 'peer'): string[] {
  const cidrs = textsOf(blocksOf(connection.values[side])[0]?.['cidrs'])
  return cidrs.length > 0 || hasPolicies(gateway) ? cidrs : [everything]
}

function statusOf(connection: ResourceView, local: Known<string>): Pick<EndView, 'status'> {
  const status = blocksOf(connection.values['tunnels']).find((tunnel) => tunnel['address'] === local)?.['status']
  return typeof status === 'string' ? { status: status === 'up' ? 'up' : 'down' } : {}
}
