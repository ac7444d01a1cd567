import { IpAddress } from '@isthmus/core'
import { type Attributes, type Behaviour, type CloudObject, type Context, Refusal } from '../../behaviour/behaviour.ts'
import { readAddress, readInterface } from '../addresses.ts'
import { block, number, text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { compute, demand, invalidValue, lastSegment, project, region } from './resource.ts'
import { interfaceOf } from './router-interface.ts'

export const routerPeer: Behaviour = compute({ title: 'RouterBgpPeer', collection: 'routers', scope: 'region', shortest: 2 }, () => [], {
  id: (object, context) => `projects/${project(object, context)}/regions/${region(object, context)}/routers/${lastSegment(String(object['router']))}/${String(object['name'])}`,
  create(object, context) {
    checkPeer(object, context, 'creating RouterBgpPeer')
  },
  update(_prior, object, context) {
    checkPeer(object, context, 'updating RouterBgpPeer')
  },
})

function checkPeer(object: Attributes, context: Context, action: string): void {
  const router = demand(context, 'google_compute_router', object, 'router', action)
  const routerInterface = interfaceOf(object, context)
  if (!routerInterface) throw invalidValue(action, 'bgpPeers[].interfaceName', object['interface'], `The router ${lastSegment(router.id)} has no such interface.`, 'interface')
  const asn = number(object, 'peer_asn')
  if (asn === number(block(router.attributes, 'bgp') ?? {}, 'asn')) {
    throw invalidValue(action, 'bgpPeers[].peerAsn', asn, 'The peer ASN must differ from the ASN of the router.', 'peer_asn')
  }
  if (asn === undefined || asn < 1 || asn > 4294967295) throw invalidValue(action, 'bgpPeers[].peerAsn', asn, 'The peer ASN must be 1 to 4294967295.', 'peer_asn')
  const other = context.list(context.type).find(({ id, attributes }) => id !== object['id'] && interfaceOf(attributes, context)?.id === routerInterface.id)
  if (other) throw invalidValue(action, 'bgpPeers[].interfaceName', object['interface'], `The interface has the BGP peer ${String(other.attributes['name'])} already.`, 'interface')
  checkAddresses(object, routerInterface, action)
}

function checkAddresses(object: Attributes, routerInterface: CloudObject, action: string): void {
  const own = readInterface(text(routerInterface.attributes, 'ip_range'))
  if (own) {
    // The two usable addresses of a /30 are the second and the third.
    const opposite = IpAddress.from(4, own.block.first + own.block.last - own.address.value)
    fill(object, { ip_address: own.address.toString(), peer_ip_address: opposite.toString() })
  }
  fill(object, {
    bfd: [], enable_ipv4: true, ipv4_nexthop_address: '', ipv6_nexthop_address: '', is_advertised_route_priority_set: object['advertised_route_priority'] !== null,
    is_custom_learned_priority_set: false, management_type: 'MANAGED_BY_USER', peer_ipv4_nexthop_address: '', peer_ipv6_nexthop_address: '',
  })
  if (!own) return
  const refuse = (field: string, name: string, message: string): Refusal => invalidValue(action, `bgpPeers[].${field}`, object[name], message, name)
  if (object['ip_address'] !== own.address.toString()) throw refuse('ipAddress', 'ip_address', `The address must be that of the interface, ${own.address.toString()}.`)
  const peer = readAddress(object['peer_ip_address'])
  if (!peer || !own.block.contains(peer) || peer.value === own.block.first || peer.value === own.block.last || peer.equals(own.address)) {
    throw refuse('peerIpAddress', 'peer_ip_address', `The address must be the other usable one of ${own.block.toString()}.`)
  }
}
