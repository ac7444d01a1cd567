import type { Cidr } from '@isthmus/core'
import type { Attributes, CloudObject, Context } from '../../behaviour/behaviour.ts'
import { readAddress, readCidr } from '../addresses.ts'
import { block, number } from '../attributes.ts'
import { apiError } from './resource.ts'

/** What a BGP connection must get along with. */
interface Neighbours {
  readonly gateway: CloudObject
  readonly customer: CloudObject
  /** Other connections of the gateway. */
  readonly siblings: readonly CloudObject[]
}

/** Refuses what the cloud refuses of a connection with BGP. */
export function checkBgp(object: Attributes, { gateway, customer, siblings }: Neighbours, context: Context): void {
  const own = number(gateway.attributes, 'bgp_asn')
  const peer = number(customer.attributes, 'bgp_asn')
  if (own === undefined) throw apiError('UnsupportedOperation.VpnUnsupportedNotExistBgpAsn', `VPN is not configured with BGP ASN: ${gateway.id} has none.`, 'vpn_gateway_id')
  if (peer === undefined) throw apiError('UnsupportedOperation.VpnUnsupportedNotExistBgpAsn', `VPN is not configured with BGP ASN: ${customer.id} has none.`, 'customer_gateway_id')
  const peers = siblings.map(({ attributes }) => number(context.find('tencentcloud_vpn_customer_gateway', attributes['customer_gateway_id'])?.attributes ?? {}, 'bgp_asn'))
  if (peer === own || peers.includes(peer)) {
    throw apiError('UnsupportedOperation.VpnUnsupportedBgpAsnEqual', `The BGP ASN ${peer} of the peer gateway is the same as that of an existing tunnel peer or cloud-based VPN.`, 'customer_gateway_id')
  }
  checkInside(object, siblings)
}

function checkInside(object: Attributes, siblings: readonly CloudObject[]): void {
  const config = block(object, 'bgp_config')
  if (!config) throw apiError('MissingParameter', 'BgpConfig is missing; the route type Bgp needs it.', 'bgp_config')
  const refuse = (message: string, name: string): Error => apiError('InvalidParameterValue', message, 'bgp_config', 0, name)
  const tunnel = readCidr(config['tunnel_cidr'])
  if (!tunnel || tunnel.family !== 4 || tunnel.prefix !== 30) throw refuse(`The tunnel CIDR ${String(config['tunnel_cidr'])} must be a /30.`, 'tunnel_cidr')
  const names = ['local_bgp_ip', 'remote_bgp_ip'] as const
  for (const name of names) {
    const address = readAddress(config[name])
    if (!address || !isHost(address.value, tunnel)) throw refuse(`The address ${String(config[name])} is no host of ${tunnel.toString()}.`, name)
  }
  if (config['local_bgp_ip'] === config['remote_bgp_ip']) throw refuse('Both sides have the same address.', 'remote_bgp_ip')
  const other = siblings.find(({ attributes }) => readCidr(block(attributes, 'bgp_config')?.['tunnel_cidr'])?.overlaps(tunnel))
  if (other) throw refuse(`The tunnel CIDR ${tunnel.toString()} overlaps that of ${other.id}.`, 'tunnel_cidr')
}

function isHost(value: bigint, { first, last }: Cidr): boolean {
  return value > first && value < last
}
