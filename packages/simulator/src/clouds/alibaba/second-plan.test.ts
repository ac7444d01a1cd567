import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { idOf, itKeepsWhatItMade, type Made, type Plan } from '../second-plan.fixture.ts'
import { alibabaCloud } from './index.ts'
import { tunnel } from './sample.fixture.ts'

const customer = (made: Made, name: string): Attributes => made[name] ?? {}
const selectors = { local_subnet: ['0.0.0.0/0'], remote_subnet: ['0.0.0.0/0'], network_type: 'public', auto_config_route: false, effect_immediately: true }

const plan: Plan = [
  ['vpc', 'alicloud_vpc', () => ({ vpc_name: 'net', cidr_block: '10.4.0.0/16', tags: { team: 'network' } })],
  ['block', 'alicloud_vpc_ipv4_cidr_block', (made) => ({ vpc_id: idOf(made, 'vpc'), secondary_cidr_block: '10.5.0.0/16' })],
  ['a', 'alicloud_vswitch', (made) => ({ vswitch_name: 'a', vpc_id: idOf(made, 'vpc'), cidr_block: '10.4.0.0/24', zone_id: 'ap-northeast-1a' })],
  ['b', 'alicloud_vswitch', (made) => ({ vswitch_name: 'b', vpc_id: idOf(made, 'vpc'), cidr_block: '10.5.0.0/24', zone_id: 'ap-northeast-1b' })],
  ['table', 'alicloud_route_table', (made) => ({ vpc_id: idOf(made, 'vpc'), route_table_name: 'own' })],
  ['gateway', 'alicloud_vpn_gateway', (made) => ({ vpn_gateway_name: 'gw', vpc_id: idOf(made, 'vpc'), vswitch_id: idOf(made, 'a'), disaster_recovery_vswitch_id: idOf(made, 'b'), bandwidth: 100, auto_propagate: true })],
  ['first', 'alicloud_vpn_customer_gateway', () => ({ customer_gateway_name: 'first', ip_address: '198.51.100.1', asn: '64601' })],
  ['second', 'alicloud_vpn_customer_gateway', () => ({ ip_address: '198.51.100.2', asn: '64601' })],
  ['dynamic', 'alicloud_vpn_connection', (made) => ({
    ...selectors, vpn_gateway_id: idOf(made, 'gateway'), enable_tunnels_bgp: true, tunnel_options_specification: [tunnel('master', customer(made, 'first'), 0), tunnel('slave', customer(made, 'second'), 4)],
  })],
  ['static', 'alicloud_vpn_connection', (made) => ({
    ...selectors, vpn_connection_name: 'static', vpn_gateway_id: idOf(made, 'gateway'), enable_tunnels_bgp: false,
    tunnel_options_specification: [tunnel('master', customer(made, 'second'), 8, { tunnel_bgp_config: [] }), tunnel('slave', customer(made, 'first'), 12, { tunnel_bgp_config: [] })],
  })],
  ['route', 'alicloud_vpn_route_entry', (made) => ({ vpn_gateway_id: idOf(made, 'gateway'), next_hop: idOf(made, 'static'), route_dest: '10.1.0.0/16', publish_vpc: true, weight: 100 })],
  ['entry', 'alicloud_route_entry', (made) => ({ route_table_id: idOf(made, 'table'), destination_cidrblock: '10.1.0.0/16', nexthop_type: 'VpnGateway', nexthop_id: idOf(made, 'gateway') })],
]

describe('Alibaba Cloud', () => {
  itKeepsWhatItMade(alibabaCloud, { region: 'ap-northeast-1' }, plan)

  it('keeps keys as secrets, which the real schema does not', () => {
    const tunnels = alibabaCloud.schema.resources['alicloud_vpn_connection']?.attributes['tunnel_options_specification']
    expect(tunnels?.block?.['tunnel_ike_config']?.block?.['psk']).toMatchObject({ secret: true })
  })
})
