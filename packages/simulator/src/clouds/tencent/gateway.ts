import { type Attributes, type Behaviour, Refusal } from '../../behaviour/behaviour.ts'
import { isPublic, readAddress } from '../addresses.ts'
import { having, number, text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { apiError, demand, invalidValue, keepWhileUsed, vpcResource } from './resource.ts'

/** Mbps that gateways are sold with, and the least that speaks BGP ("Use Limits" of VPN Connections). */
const bandwidths = [5, 10, 20, 50, 100, 200, 500, 1000, 3000]
const leastForBgp = 200

/** Numbers of the cloud itself, which no peer may have. */
const forbiddenAsns = [139_341, 45_090, 58_835]
const highestAsn = 4_294_967_295

export const vpnGateway: Behaviour = vpcResource({ prefix: 'vpngw', key: ['vpc_id', 'name'] }, () => [], {
  create(object, context) {
    const type = text(object, 'type') ?? 'IPSEC'
    if (!text(object, 'vpc_id')) throw new Refusal(`[CRITAL] vpc_id is required for vpn gateway in ${type} type`, 'vpc_id is missing.', ['vpc_id'])
    demand(context, 'tencentcloud_vpc', object, 'vpc_id')
    checkBandwidth(object)
    checkOwnAsn(object)
    fill(object, {
      cdc_id: '', expired_time: '', is_address_blocked: false, max_connection: 0, new_purchase_plan: '', restrict_state: 'NORMAL', state: 'AVAILABLE', type, zone: '',
      public_ip_address: context.address(String(object['id'])),
    })
  },
  update(prior, object) {
    if (prior['type'] !== object['type']) throw new Refusal('type cannot be updated', 'Template resource_tc_vpn_gateway update on type is not supportted yet.', ['type'])
    if (prior['bgp_asn'] !== object['bgp_asn']) throw apiError('UnsupportedOperation.VpnUnsupportedModifyBgpAsn', 'VPN does not support modifying BGP ASN.', 'bgp_asn')
    checkBandwidth(object)
    checkOwnAsn(object)
  },
  remove(object, context) {
    if (object['charge_type'] === 'PREPAID') throw apiError('UnsupportedOperation', 'A prepaid VPN gateway cannot be deleted before it expires.', 'charge_type')
    keepWhileUsed('VPN gateway', object, having(context.list('tencentcloud_vpn_connection'), 'vpn_gateway_id', object['id'])[0])
    keepWhileUsed('VPN gateway', object, having(context.list('tencentcloud_route_table_entry'), 'next_hub', object['id'])[0])
  },
})

/** One per address in a region: the id depends on both and on nothing else. */
export const customerGateway: Behaviour = vpcResource({
  prefix: 'cgw',
  key: ['public_ip_address'],
  twin: (object, other) => invalidValue('Duplicate', object, 'public_ip_address', `the customer gateway ${other.id} has this address already.`),
}, validateCustomer, {
  create: checkCustomerAsn,
  update: (_prior, object) => { checkCustomerAsn(object) },
  remove(object, context) {
    const [user] = having(context.list('tencentcloud_vpn_connection'), 'customer_gateway_id', object['id'])
    if (user) throw new Refusal('There is associated tunnel exists, please delete associated tunnels first.', `${user.id} ends at ${String(object['id'])}.`)
  },
})

function validateCustomer(config: Attributes): Refusal[] {
  const written = text(config, 'public_ip_address')
  if (written === undefined) return []
  const address = readAddress(written)
  if (!address) return [new Refusal('Invalid public_ip_address', `"public_ip_address" (${written}) is not a valid IP address`, ['public_ip_address'])]
  return isPublic(address) ? [] : [invalidValue('Malformed', config, 'public_ip_address', 'it is not a public address.')]
}

function checkBandwidth(object: Attributes): void {
  if (!bandwidths.includes(number(object, 'bandwidth') ?? 5)) throw invalidValue('', object, 'bandwidth', `it must be one of ${bandwidths.join(', ')}.`)
}

function checkOwnAsn(object: Attributes): void {
  const asn = number(object, 'bgp_asn')
  if (asn === undefined) return
  if (asn < 1 || asn > highestAsn) throw invalidValue('', object, 'bgp_asn', `it must be 1 to ${highestAsn}.`)
  if ((number(object, 'bandwidth') ?? 5) < leastForBgp) throw apiError('UnsupportedOperation.VpnUnsupportedBgp', `VPN does not support BGP below ${leastForBgp} Mbps.`, 'bgp_asn')
}

function checkCustomerAsn(object: Attributes): void {
  const asn = number(object, 'bgp_asn')
  if (asn !== undefined && (asn < 1 || asn > highestAsn || forbiddenAsns.includes(asn))) {
    throw invalidValue('', object, 'bgp_asn', `it must be 1 to ${highestAsn}, and none of ${forbiddenAsns.join(', ')}.`)
  }
}
