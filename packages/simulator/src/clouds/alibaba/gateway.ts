import type { Attributes, Behaviour, CloudObject, Context } from '../../behaviour/behaviour.ts'
import { isPublic, readAddress } from '../addresses.ts'
import { flag, having, isSet, number, text } from '../attributes.ts'
import { fill } from '../fill.ts'
import { apiError, demand, inRegion, inUse, newId, region, sinceMilliseconds } from './resource.ts'

/** Bandwidths of a public gateway in Mbit/s. */
const bandwidths = [5, 10, 20, 50, 100, 200, 500, 1000]

/** Regions with one zone that has VPN gateways: there both vSwitches may be in it (VPN Gateway, "IPsec-VPN connections support the dual-tunnel mode"). */
const oneZone = ['ap-northeast-2', 'ap-southeast-6', 'ap-southeast-7', 'cn-fuzhou', 'cn-nanjing', 'cn-wuhan-lr', 'me-east-1']

/** The cloud's own number, which it takes for no peer. */
const ownAsn = 45104

export const vpnGateway: Behaviour = {
  id: (object, context) => newId('vpn', [object['vpn_gateway_name'], object['vpc_id']], context),
  create(object, context) {
    checkGateway(object, context)
    const name = text(object, 'vpn_gateway_name') ?? text(object, 'name') ?? ''
    const salt = String(object['id'])
    fill(object, {
      business_status: 'Normal', create_time: sinceMilliseconds, instance_charge_type: 'PostPaid', payment_type: 'PayAsYouGo', name, vpn_gateway_name: name,
      network_type: 'public', resource_group_id: '', ssl_connections: flag(object, 'enable_ssl') ? 5 : 0, ssl_vpn_internet_ip: '', status: 'active', vpn_type: 'Normal',
      internet_ip: context.address(`${salt}/master`), disaster_recovery_internet_ip: context.address(`${salt}/slave`),
    })
  },
  remove(object, context) {
    const [user] = having(context.list('alicloud_vpn_connection'), 'vpn_gateway_id', object['id'])
    if (user) throw inUse(context, 'DeleteVpnGateway', 'VpnConnection', object['id'], user.id)
    const [route] = having(context.list('alicloud_route_entry'), 'nexthop_id', object['id'])
    if (route) throw inUse(context, 'DeleteVpnGateway', 'RouteEntry', object['id'], route.id)
  },
}

export const customerGateway: Behaviour = {
  id: (object, context) => newId('cgw', [object['ip_address'], object['asn'] ?? ''], context),
  create(object, context) {
    checkCustomerGateway(object, context)
    const name = text(object, 'customer_gateway_name') ?? text(object, 'name') ?? ''
    fill(object, { create_time: sinceMilliseconds, customer_gateway_name: name, name })
  },
  remove(object, context) {
    const user = context.list('alicloud_vpn_connection').find(({ attributes }) => JSON.stringify(attributes['tunnel_options_specification'] ?? []).includes(String(object['id'])))
    if (user) throw inUse(context, 'DeleteCustomerGateway', 'VpnConnection', object['id'], user.id)
  },
}

/** The number of a customer gateway; undefined where it has none. */
export function asnOf(gateway: CloudObject): number | undefined {
  const written = text(gateway.attributes, 'asn')
  return written === undefined ? undefined : readAsn(written)
}

/** `4200000000`, or in two parts `64086.59904`; undefined for anything else. */
export function readAsn(written: string): number | undefined {
  const [, high, low] = /^(?:(\d{1,5})\.)?(\d{1,10})$/.exec(written) ?? []
  if (low === undefined) return undefined
  const value = Number(high ?? 0) * 65_536 + Number(low)
  return value >= 1 && value <= 4_294_967_295 ? value : undefined
}

function checkGateway(object: Attributes, context: Context): void {
  const action = 'CreateVpnGateway'
  const network = demand(context, 'alicloud_vpc', object, 'vpc_id', action, 'Vpc')
  const bandwidth = number(object, 'bandwidth')
  if (bandwidth === undefined || !bandwidths.includes(bandwidth)) {
    throw apiError(context, action, 'InvalidBandwidth', `The specified Bandwidth ${String(object['bandwidth'])} is not one of ${bandwidths.join(', ')}.`, 'bandwidth')
  }
  if (!flag(object, 'enable_ipsec') && !flag(object, 'enable_ssl')) throw apiError(context, action, 'MissingParameter', 'Either IPsec or SSL must be enabled.', 'enable_ipsec')
  const zones = ['vswitch_id', 'disaster_recovery_vswitch_id'].map((name) => {
    if (!isSet(object, name)) throw apiError(context, action, 'MissingParameter', `VPN gateways in ${region(context)} work in dual-tunnel mode and need two vSwitches.`, name)
    const vswitch = demand(context, 'alicloud_vswitch', object, name, action, 'VSwitch')
    if (vswitch.attributes['vpc_id'] !== network.id) throw apiError(context, action, 'InvalidVSwitchId', `The vSwitch ${vswitch.id} is not in VPC ${network.id}.`, name)
    return vswitch.attributes['zone_id']
  })
  if (zones[0] === zones[1] && !oneZone.includes(region(context))) {
    throw apiError(context, action, 'InvalidDisasterRecoveryVSwitchId', `Both vSwitches are in zone ${String(zones[0])}; they must be in two zones.`, 'disaster_recovery_vswitch_id')
  }
}

function checkCustomerGateway(object: Attributes, context: Context): void {
  const action = 'CreateCustomerGateway'
  const address = readAddress(object['ip_address'])
  if (!address || !isPublic(address)) throw apiError(context, action, 'InvalidIpAddress.WrongFormat', `Specified IpAddress ${String(object['ip_address'])} is invalid.`, 'ip_address')
  const [twin] = having(inRegion(context, 'alicloud_vpn_customer_gateway'), 'ip_address', object['ip_address'])
  if (twin) throw apiError(context, action, 'InvalidIpAddress.AlreadyExist', `Specified IpAddress is already exist: ${twin.id} in ${region(context)}.`, 'ip_address')
  const written = text(object, 'asn')
  if (written === undefined) return
  const asn = readAsn(written)
  if (asn === undefined || asn === ownAsn) throw apiError(context, action, 'InvalidAsn', `The specified Asn ${written} is invalid.`, 'asn')
}
