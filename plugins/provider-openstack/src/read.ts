import { type EndView, isToken, type Known, type ResourceSet, type ResourceView, textOrToken, textsOf } from '@isthmus/core'
import { readPolicies } from './policies.ts'

/** What a connection points to. */
interface Surroundings {
  readonly connection: ResourceView
  readonly service: ResourceView | undefined
  readonly ike: ResourceView | undefined
  readonly ipsec: ResourceView | undefined
  readonly localGroup: ResourceView | undefined
  readonly peerGroup: ResourceView | undefined
}

/**
 * The ends of all site connections that are switched on; each is one. Its traffic selectors are its own subnets and the blocks of
 * the peer, which is what `prefixes` states. They are stated as `selectors` only where they leave a subnet out: peers that route let
 * everything pass, and IKEv2 narrows that to what this end asks for (RFC 7296, 2.9), so the two need not be equal.
 */
export function read(resources: ResourceSet): EndView[] {
  return resources.ofType('openstack_vpnaas_site_connection_v2').map((connection) => around(resources, connection)).filter(isSwitchedOn).map((found) => readEnd(resources, found))
}

function around(resources: ResourceSet, connection: ResourceView): Surroundings {
  const follow = (argument: string, type: string): ResourceView | undefined => resources.follow(connection.values[argument], type)
  return {
    connection,
    service: follow('vpnservice_id', 'openstack_vpnaas_service_v2'),
    ike: follow('ikepolicy_id', 'openstack_vpnaas_ike_policy_v2'),
    ipsec: follow('ipsecpolicy_id', 'openstack_vpnaas_ipsec_policy_v2'),
    localGroup: follow('local_ep_group_id', 'openstack_vpnaas_endpoint_group_v2'),
    peerGroup: follow('peer_ep_group_id', 'openstack_vpnaas_endpoint_group_v2'),
  }
}

function isSwitchedOn({ connection, service }: Surroundings): boolean {
  return connection.values['admin_state_up'] !== false && service?.values['admin_state_up'] !== false
}

function readEnd(resources: ResourceSet, found: Surroundings): EndView {
  const { connection, ike, ipsec } = found
  const local = localPrefixes(resources, found)
  const peer = peerPrefixes(found)
  return {
    cloud: 'openstack',
    connection: connection.address,
    at: places(found),
    outside: { local: localAddress(resources, found), peer: peerAddress(connection) },
    routing: 'static',
    prefixes: { ...(local ? { local } : {}), ...(peer ? { peer } : {}) },
    ...(leavesOut(resources, found) ? { selectors: { local: textsOf(local), peer: textsOf(peer) } } : {}),
    ...readPolicies(ike, ipsec),
    key: textOrToken(connection.values['psk']) ?? { token: `${connection.address}.psk` },
    initiates: connection.values['initiator'] !== 'response-only',
    mayIdle: false,
  }
}

/** The service's address; an identity of its own would have to be what the peer expects, and peers expect the address. */
function localAddress(resources: ResourceSet, { connection, service }: Surroundings): Known<string> {
  const address = service ? textOrToken(resources.attribute(service, 'external_v4_ip')) : undefined
  const known = address ?? { token: `${service?.address ?? `${connection.address}.vpnservice_id`}.external_v4_ip` }
  const identity = textOrToken(connection.values['local_id'])
  return identity === undefined || identity === '' || same(identity, known) ? known : { token: `${connection.address}.local_id` }
}

/** Peers say their address as their identity, so an end that expects another meets nobody. */
function peerAddress(connection: ResourceView): Known<string> {
  const address = textOrToken(connection.values['peer_address']) ?? { token: `${connection.address}.peer_address` }
  const identity = textOrToken(connection.values['peer_id'])
  return identity !== undefined && same(identity, address) ? address : { token: `${connection.address}.peer_id` }
}

/** Blocks of the subnets that a connection reaches; undefined where not all of them are at hand, empty where it reaches none. */
function localPrefixes(resources: ResourceSet, found: Surroundings): Known<string>[] | undefined {
  const blocks = localEndpoints(found)?.map((endpoint) => textOrToken(subnetOf(resources, endpoint)?.values['cidr']))
  return blocks?.every((block) => block !== undefined) ? blocks : undefined
}

/** A group of another type than the cloud wants stands for nothing. */
function localEndpoints({ connection, service, localGroup }: Surroundings): readonly unknown[] | undefined {
  if (localGroup) return localGroup.values['type'] === 'subnet' ? listOf(localGroup.values['endpoints']) : []
  if (!isUnset(connection.values['local_ep_group_id']) || !service) return undefined
  return isUnset(service.values['subnet_id']) ? [] : [service.values['subnet_id']]
}

/** True where a subnet is attached to the router of the service and not reached through the connection. */
function leavesOut(resources: ResourceSet, found: Surroundings): boolean {
  const routerOf = (view: ResourceView | undefined): ResourceView | undefined => resources.follow(view?.values['router_id'], 'openstack_networking_router_v2')
  const router = routerOf(found.service)
  if (!router || !found.localGroup) return false
  const reached = new Set((localEndpoints(found) ?? []).map((endpoint) => subnetOf(resources, endpoint)))
  return resources.ofType('openstack_networking_router_interface_v2').some((attached) => routerOf(attached) === router && !reached.has(subnetOf(resources, attached.values['subnet_id'])))
}

/** Before an apply a subnet is named by way of the interface that attaches it. */
function subnetOf(resources: ResourceSet, endpoint: unknown): ResourceView | undefined {
  const types = ['openstack_networking_subnet_v2', 'data.openstack_networking_subnet_v2']
  const attached = isToken(endpoint) ? resources.follow(endpoint, 'openstack_networking_router_interface_v2') : undefined
  return resources.follow(attached ? attached.values['subnet_id'] : endpoint, ...types)
}

function peerPrefixes({ connection, peerGroup }: Surroundings): Known<string>[] | undefined {
  if (peerGroup) return peerGroup.values['type'] === 'cidr' ? listOf(peerGroup.values['endpoints']).flatMap((block) => textOrToken(block) ?? []) : []
  return isUnset(connection.values['peer_ep_group_id']) ? textsOf(connection.values['peer_cidrs']) : undefined
}

function places({ service, ike, ipsec, localGroup, peerGroup }: Surroundings): EndView['at'] {
  return {
    ...(service ? { 'outside.local': service.address } : {}),
    ...(localGroup ? { 'prefixes.local': localGroup.address, 'selectors.local': localGroup.address } : {}),
    ...(peerGroup ? { 'prefixes.peer': peerGroup.address, 'selectors.peer': peerGroup.address } : {}),
    ...(ike && {
      ikeVersion: ike.address, 'phase1.encryption': ike.address, 'phase1.integrity': ike.address, 'phase1.prf': ike.address, 'phase1.dhGroup': ike.address, 'phase1.lifetime': ike.address,
    }),
    ...(ipsec && { 'phase2.encryption': ipsec.address, 'phase2.integrity': ipsec.address, 'phase2.pfs': ipsec.address, 'phase2.lifetime': ipsec.address }),
  }
}

function same(a: Known<string>, b: Known<string>): boolean {
  return isToken(a) && isToken(b) ? a.token === b.token : a === b
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === ''
}
