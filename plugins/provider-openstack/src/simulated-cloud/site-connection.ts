import { IpAddress, isIsthmusError } from '@isthmus/core'
import { block, fill, having, Refusal, text, texts, type Attributes, type Behaviour, type CloudObject, type Context } from '@isthmus/provider-kit/simulated-cloud'
import { demand, openstack, refusal } from './resource.ts'

const initiators = ['bi-directional', 'response-only']
const actions = ['hold', 'clear', 'restart', 'disabled', 'restart-by-peer']

/** Characters of the longest key that the database has room for. */
const longestKey = 255

/** Smallest maximum transmission unit of an IPv4 connection. */
const smallestMtu = 68

export const siteConnection: Behaviour = openstack(['vpnservice_id', 'name', 'peer_address'], {
  validate(config) {
    const key = text(config, 'psk')
    return key !== undefined && key.length > longestKey ? [new Refusal('Invalid psk', `The key must have at most ${longestKey} characters.`, ['psk'])] : []
  },
  create: complete,
  update: (_prior, object, context) => complete(object, context),
})

function complete(object: Attributes, context: Context): void {
  const service = demand(context, 'openstack_vpnaas_service_v2', object, 'vpnservice_id', 'VPNService')
  demand(context, 'openstack_vpnaas_ike_policy_v2', object, 'ikepolicy_id', 'IKEPolicy')
  demand(context, 'openstack_vpnaas_ipsec_policy_v2', object, 'ipsecpolicy_id', 'IPsecPolicy')
  fill(object, { dpd: [{}], initiator: 'bi-directional', mtu: 1500 })
  checkPeer(object)
  checkDpd(object)
  checkEndpoints(object, service, context)
  const mtu = object['mtu']
  if (typeof mtu === 'number' && mtu < smallestMtu) throw refusal(400, 'IPsecSiteConnectionMtuError', `ipsec_site_connection MTU ${mtu} is too small for ipv4`, 'mtu')
  if (!initiators.includes(String(object['initiator']))) throw refusal(400, 'HTTPBadRequest', `Invalid input for initiator. Reason: '${String(object['initiator'])}' is not in ${JSON.stringify(initiators)}.`, 'initiator')
}

/** The cloud would resolve a name; in a simulated one no name means anything. */
function checkPeer(object: Attributes): void {
  const address = text(object, 'peer_address') ?? ''
  try {
    if (IpAddress.of(address).family === 4) return
  } catch (error) {
    if (!isIsthmusError(error)) throw error
    throw refusal(400, 'VPNPeerAddressNotResolved', `Peer address ${address} cannot be resolved`, 'peer_address')
  }
  throw refusal(400, 'ExternalNetworkHasNoSubnet', 'Router has no IPv6 subnet on its external network', 'peer_address')
}

function checkDpd(object: Attributes): void {
  const dpd = block(object, 'dpd')
  if (!dpd) return
  fill(dpd, { action: 'hold', interval: 30, timeout: 120 })
  if (!actions.includes(String(dpd['action']))) throw refusal(400, 'HTTPBadRequest', `Invalid input for dpd. Reason: '${String(dpd['action'])}' is not in ${JSON.stringify(actions)}.`, 'dpd')
  if (Number(dpd['timeout']) > Number(dpd['interval'])) return
  throw refusal(400, 'IPsecSiteConnectionDpdIntervalValueError', 'ipsec_site_connection dpd_timeout is equal to or less than dpd_interval', 'dpd')
}

/** Either a subnet of the service and blocks of the peer, as in the first releases, or a group for each side. */
function checkEndpoints(object: Attributes, service: CloudObject, context: Context): void {
  const sides = [['local_ep_group_id', 'subnet'], ['peer_ep_group_id', 'cidr']] as const
  if (text(service.attributes, 'subnet_id')) {
    const given = sides.find(([argument]) => text(object, argument))
    if (given) throw refusal(400, 'InvalidEndpointGroup', `Endpoint group ${given[0]} cannot be specified, when VPN Service has subnet specified`, given[0])
    if (texts(object, 'peer_cidrs').length === 0) throw refusal(400, 'MissingPeerCidrs', 'Missing peer CIDRs for IPsec site-to-site connection', 'peer_cidrs')
    return
  }
  if (texts(object, 'peer_cidrs').length > 0) throw refusal(400, 'PeerCidrsInvalid', 'Peer CIDRs cannot be specified, when using endpoint groups', 'peer_cidrs')
  for (const [argument, wanted] of sides) {
    if (!text(object, argument)) throw refusal(400, 'MissingRequiredEndpointGroup', `Missing endpoint group ${argument} for IPSec site-to-site connection`, argument)
    const { id, attributes } = demand(context, 'openstack_vpnaas_endpoint_group_v2', object, argument, 'Endpoint group')
    if (attributes['type'] !== wanted) throw refusal(400, 'WrongEndpointGroupType', `Endpoint group ${id} type is '${String(attributes['type'])}' and should be '${wanted}'`, argument)
    if (wanted === 'subnet') checkAttached(texts(attributes, 'endpoints'), service, context)
  }
}

function checkAttached(subnets: readonly string[], service: CloudObject, context: Context): void {
  const router = service.attributes['router_id']
  const attached = having(context.list('openstack_networking_router_interface_v2'), 'router_id', router).map(({ attributes }) => attributes['subnet_id'])
  const loose = subnets.find((subnet) => !attached.includes(subnet))
  if (loose !== undefined) throw refusal(400, 'SubnetIsNotConnectedToRouter', `Subnet ${loose} is not connected to Router ${String(router)}`, 'local_ep_group_id')
}
