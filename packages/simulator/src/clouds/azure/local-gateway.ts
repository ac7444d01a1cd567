import { Cidr } from '@isthmus/core'
import type { Attributes, Behaviour } from '../../behaviour/behaviour.ts'
import { readAddress, readCidr } from '../addresses.ts'
import { block, number, text, texts } from '../attributes.ts'
import { isPeerAsn } from './asn.ts'
import { arm, armError, inUse, sameText } from './resource.ts'

const apipa = Cidr.of('169.254.0.0/16')

export const localNetworkGateway: Behaviour = arm({
  title: 'Local Network Gateway', path: (object) => `localNetworkGateways/${String(object['name'])}`,
}, {
  create(object) {
    checkLocalGateway(object, 'creating Local Network Gateway')
  },
  update(_prior, object) {
    checkLocalGateway(object, 'updating Local Network Gateway')
  },
  remove(object, context) {
    const user = context.list('azurerm_virtual_network_gateway_connection').find(({ attributes }) => sameText(attributes['local_network_gateway_id'], object['id']))
    if (user) throw inUse('LocalNetworkGateway', 'Local Network Gateway', object['id'], user.id)
  },
})

function checkLocalGateway(object: Attributes, action: string): void {
  const outside = text(object, 'gateway_address')
  if (outside !== undefined && !readAddress(outside)) {
    throw armError(action, 'InvalidIPAddressValue', `Value ${outside} is not a valid IPv4 address.`, 'gateway_address')
  }
  for (const written of texts(object, 'address_space')) {
    if (!readCidr(written)) throw armError(action, 'InvalidCIDRNotation', `The address prefix ${written} in resource ${String(object['id'])} has an invalid CIDR notation.`, 'address_space')
  }
  const settings = block(object, 'bgp_settings')
  if (settings) checkBgp(object, settings, action)
}

function checkBgp(object: Attributes, settings: Attributes, action: string): void {
  const asn = number(settings, 'asn') ?? 0
  if (!isPeerAsn(asn)) {
    throw armError(action, 'LocalNetworkGatewayBgpAsnReserved', `The BGP ASN ${asn} is reserved and cannot be used for a local network gateway.`, 'bgp_settings', 0, 'asn')
  }
  const peer = readAddress(settings['bgp_peering_address'])
  if (!peer) throw armError(action, 'InvalidIPAddressValue', `Value ${String(settings['bgp_peering_address'])} is not a valid IPv4 address.`, 'bgp_settings', 0, 'bgp_peering_address')
  const route = texts(object, 'address_space').find((written) => readCidr(written)?.contains(peer))
  // Only a link-local peer is refused here; for others the route is redundant (VPN Gateway FAQ).
  if (route !== undefined && apipa.contains(peer)) {
    throw armError(action, 'LocalNetworkGatewayBgpPeeringAddressInAddressSpace', `The BGP peering address ${peer.toString()} is an APIPA address and cannot be part of the address space (${route}).`, 'address_space')
  }
}
