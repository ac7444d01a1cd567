import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { readAsn } from './gateway.ts'
import { type Sample, sample } from './sample.fixture.ts'

type Change = (made: Sample) => Attributes

describe('a VPN gateway', () => {
  it('has an address for the master and one for the slave tunnels', () => {
    const gateway = sample().gateway()
    expect(gateway).toMatchObject({
      id: expect.stringMatching(/^vpn-[0-9a-f]{20}$/), internet_ip: '203.0.113.1', disaster_recovery_internet_ip: '203.0.113.2',
      status: 'active', business_status: 'Normal', payment_type: 'PayAsYouGo', vpn_type: 'Normal', network_type: 'public', name: 'gw',
    })
  })

  const cases: [string, Change, Change, string][] = [
    ['a bandwidth that does not exist', () => ({ bandwidth: 300 }), () => ({ bandwidth: 500 }), 'InvalidBandwidth'],
    ['a single vSwitch', () => ({ disaster_recovery_vswitch_id: null }), () => ({}), 'MissingParameter'],
    ['a vSwitch that is not there', () => ({ vswitch_id: 'vsw-none' }), () => ({}), 'InvalidVSwitchId.NotFound'],
    ['two vSwitches in one zone', ({ vswitches }) => ({ disaster_recovery_vswitch_id: vswitches[0]['id'] }), ({ vswitches }) => ({ disaster_recovery_vswitch_id: vswitches[1]['id'] }), 'InvalidDisasterRecoveryVSwitchId'],
    ['a vSwitch of another VPC', ({ make }) => ({ vswitch_id: make('vswitch', { vpc_id: make('vpc', { cidr_block: '10.9.0.0/16' })['id'], cidr_block: '10.9.0.0/24', zone_id: 'ap-northeast-1a' })['id'] }), () => ({}), 'InvalidVSwitchId'],
    ['neither IPsec nor SSL', () => ({ enable_ipsec: false }), () => ({ enable_ipsec: false, enable_ssl: true }), 'MissingParameter'],
  ]
  it.each(cases)('refuses %s and accepts its neighbour', (_what, refused, accepted, code) => {
    const made = sample()
    expect(refusalOf(() => made.gateway(refused(made))).message).toContain(code)
    expect(() => made.gateway(accepted(made))).not.toThrow()
  })

  it('takes one vSwitch twice in a region with one zone', () => {
    const { gateway, vswitches } = sample('ap-northeast-2')
    expect(() => gateway({ disaster_recovery_vswitch_id: vswitches[0]['id'] })).not.toThrow()
  })

  it('stays while a connection or a route leads over it', () => {
    const { cloud, connect, gateway, make, vpc } = sample()
    const made = gateway()
    const connection = connect(made)
    expect(refusalOf(() => cloud.remove('alicloud_vpn_gateway', made)).message).toContain('DependencyViolation.VpnConnection')
    cloud.remove('alicloud_vpn_connection', connection)
    const route = make('route_entry', { route_table_id: vpc['route_table_id'], destination_cidrblock: '10.1.0.0/16', nexthop_type: 'VpnGateway', nexthop_id: made['id'] })
    expect(refusalOf(() => cloud.remove('alicloud_vpn_gateway', made)).message).toContain('DependencyViolation.RouteEntry')
    cloud.remove('alicloud_route_entry', route)
    expect(() => cloud.remove('alicloud_vpn_gateway', made)).not.toThrow()
  })
})

describe('a customer gateway', () => {
  it.each([
    ['an address that is none', { ip_address: 'peer.example' }, { ip_address: '198.51.100.9' }, 'InvalidIpAddress.WrongFormat'],
    ['a private address', { ip_address: '10.1.2.3' }, { ip_address: '11.1.2.3' }, 'InvalidIpAddress.WrongFormat'],
    ['an address that another one has', { ip_address: '198.51.100.1', asn: '64700' }, { ip_address: '198.51.100.3', asn: '64700' }, 'InvalidIpAddress.AlreadyExist'],
    ['the number of the cloud itself', { ip_address: '198.51.100.9', asn: '45104' }, { ip_address: '198.51.100.9', asn: '45105' }, 'InvalidAsn'],
    ['a number that is none', { ip_address: '198.51.100.9', asn: 'AS1' }, { ip_address: '198.51.100.9', asn: '1' }, 'InvalidAsn'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, code) => {
    const { make } = sample()
    expect(refusalOf(() => make('vpn_customer_gateway', refused)).message).toContain(code)
    expect(() => make('vpn_customer_gateway', accepted)).not.toThrow()
  })

  it('may have the address of one in another region', () => {
    const near = sample()
    const far = sample('eu-west-1')
    const [twin] = near.customers
    expect(far.customers[0]['ip_address']).toBe(twin['ip_address'])
    expect(String(far.customers[0]['id']).slice(0, 7)).not.toBe(String(twin['id']).slice(0, 7))
  })

  it('stays while a connection leads to it', () => {
    const { cloud, connect, customers, gateway } = sample()
    const connection = connect(gateway())
    for (const customer of customers) expect(refusalOf(() => cloud.remove('alicloud_vpn_customer_gateway', customer)).message).toContain('DependencyViolation')
    cloud.remove('alicloud_vpn_connection', connection)
    expect(() => cloud.remove('alicloud_vpn_customer_gateway', customers[0])).not.toThrow()
  })
})

it.each([['1', 1], ['4294967295', 4294967295], ['4294967296', undefined], ['0', undefined], ['123.456', 8061384], ['65535.65535', 4294967295], ['1.2.3', undefined], ['', undefined]])('reads the number %s', (written, value) => {
  expect(readAsn(written)).toBe(value)
})
