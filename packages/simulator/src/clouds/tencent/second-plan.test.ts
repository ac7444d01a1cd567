import { describe } from 'vitest'
import { idOf, itKeepsWhatItMade, type Plan } from '../second-plan.fixture.ts'
import { tencentCloud } from './index.ts'

const plan: Plan = [
  ['vpc', 'tencentcloud_vpc', () => ({ name: 'net', cidr_block: '10.10.0.0/16', assistant_cidrs: ['10.11.0.0/16'] })],
  ['plain', 'tencentcloud_vpc', () => ({ name: 'plain', cidr_block: '10.12.0.0/16' })],
  ['table', 'tencentcloud_route_table', (made) => ({ name: 'mine', vpc_id: idOf(made, 'vpc') })],
  ['subnet', 'tencentcloud_subnet', (made) => ({ name: 's', vpc_id: idOf(made, 'vpc'), cidr_block: '10.11.1.0/24', availability_zone: 'ap-seoul-1', tags: { team: 'net' } })],
  ['gateway', 'tencentcloud_vpn_gateway', (made) => ({ name: 'bgp', vpc_id: idOf(made, 'vpc'), bandwidth: 200, bgp_asn: 64605 })],
  ['fixed', 'tencentcloud_vpn_gateway', (made) => ({ name: 'static', vpc_id: idOf(made, 'vpc') })],
  ['customer', 'tencentcloud_vpn_customer_gateway', () => ({ name: 'one', public_ip_address: '198.51.100.1', bgp_asn: 64601 })],
  ['connection', 'tencentcloud_vpn_connection', (made) => ({
    name: 'c', vpc_id: idOf(made, 'vpc'), vpn_gateway_id: idOf(made, 'gateway'), customer_gateway_id: idOf(made, 'customer'), pre_share_key: 'secret',
    ike_local_address: made['gateway']?.['public_ip_address'], ike_remote_address: '198.51.100.1', ike_version: 'IKEV2', route_type: 'Bgp',
    bgp_config: [{ tunnel_cidr: '169.254.128.0/30', local_bgp_ip: '169.254.128.2', remote_bgp_ip: '169.254.128.1' }],
  })],
  ['static connection', 'tencentcloud_vpn_connection', (made) => ({
    name: 's', vpc_id: idOf(made, 'vpc'), vpn_gateway_id: idOf(made, 'fixed'), customer_gateway_id: idOf(made, 'customer'), pre_share_key: 'secret',
    ike_local_address: made['fixed']?.['public_ip_address'], ike_remote_address: '198.51.100.1', enable_health_check: false,
  })],
  ['second customer', 'tencentcloud_vpn_customer_gateway', () => ({ name: 'two', public_ip_address: '198.51.100.2' })],
  ['route target', 'tencentcloud_vpn_connection', (made) => ({
    name: 'r', vpc_id: idOf(made, 'vpc'), vpn_gateway_id: idOf(made, 'fixed'), customer_gateway_id: idOf(made, 'second customer'), pre_share_key: 'secret',
    ike_local_address: made['fixed']?.['public_ip_address'], ike_remote_address: '198.51.100.2', route_type: 'StaticRoute',
  })],
  ['gateway route', 'tencentcloud_vpn_gateway_route', (made) => ({ vpn_gateway_id: idOf(made, 'fixed'), destination_cidr_block: '10.20.0.0/16', instance_type: 'VPNCONN', instance_id: idOf(made, 'route target'), priority: 0, status: 'ENABLE' })],
  ['entry', 'tencentcloud_route_table_entry', (made) => ({ route_table_id: made['vpc']?.['default_route_table_id'], destination_cidr_block: '10.20.0.0/16', next_type: 'VPN', next_hub: idOf(made, 'fixed') })],
]

describe('Tencent Cloud', () => {
  itKeepsWhatItMade(tencentCloud, { region: 'ap-seoul' }, plan)
})
