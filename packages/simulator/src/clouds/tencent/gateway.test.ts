import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { InMemoryCloud, refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { tencentCloud } from './index.ts'
import { sample } from './sample.fixture.ts'

describe('a VPN gateway', () => {
  it('has one public address', () => {
    const { gateway, fixed } = sample()
    expect(gateway).toMatchObject({ id: expect.stringMatching(/^vpngw-[0-9a-f]{8}$/), public_ip_address: expect.stringMatching(/^203\.0\.113\./), type: 'IPSEC', state: 'AVAILABLE' })
    expect(fixed['public_ip_address']).not.toBe(gateway['public_ip_address'])
  })

  it.each([
    ['a bandwidth that is not sold', { bandwidth: 300 }, { bandwidth: 500 }, 'it must be one of'],
    ['BGP on a slow gateway', { bandwidth: 100, bgp_asn: 64700 }, { bandwidth: 200, bgp_asn: 64700 }, 'does not support BGP below 200 Mbps'],
    ['BGP at the default bandwidth', { bgp_asn: 64700 }, {}, 'does not support BGP'],
    ['a number out of range', { bandwidth: 200, bgp_asn: 0 }, { bandwidth: 200, bgp_asn: 1 }, 'it must be 1 to 4294967295'],
    ['no VPC', { vpc_id: undefined }, {}, 'vpc_id is missing'],
    ['a VPC that is not there', { vpc_id: 'vpc-0' }, {}, 'does not exist'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const { vpc, make } = sample()
    const gateway = (change: Attributes): Attributes => make('vpn_gateway', { name: 'x', vpc_id: vpc['id'], ...change })
    expect(refusalOf(() => gateway(refused)).detail).toContain(detail)
    expect(() => gateway(accepted)).not.toThrow()
  })

  it('keeps its number', () => {
    const { cloud, gateway } = sample()
    expect(refusalOf(() => cloud.update(gateway, 'tencentcloud_vpn_gateway', { bgp_asn: 64700 })).message).toContain('VpnUnsupportedModifyBgpAsn')
    expect(() => cloud.update(gateway, 'tencentcloud_vpn_gateway', { bandwidth: 500 })).not.toThrow()
  })

  it.each([
    ['connection', ({ connect }: ReturnType<typeof sample>) => connect(), 'vpn_connection'],
    ['route', ({ make, vpc, gateway }: ReturnType<typeof sample>) => make('route_table_entry', { route_table_id: vpc['default_route_table_id'], destination_cidr_block: '10.20.0.0/16', next_type: 'VPN', next_hub: gateway['id'] }), 'route_table_entry'],
  ])('stays while a %s needs it', (_what, use, type) => {
    const made = sample()
    const user = use(made)
    expect(refusalOf(() => made.cloud.remove('tencentcloud_vpn_gateway', made.gateway)).detail).toContain(String(user['id']))
    made.cloud.remove(`tencentcloud_${type}`, user)
    expect(() => made.cloud.remove('tencentcloud_vpn_gateway', made.gateway)).not.toThrow()
  })

  it('stays until it expires when it was prepaid', () => {
    const { cloud, vpc, make } = sample()
    expect(refusalOf(() => cloud.remove('tencentcloud_vpn_gateway', make('vpn_gateway', { name: 'paid', vpc_id: vpc['id'], charge_type: 'PREPAID' }))).detail).toContain('prepaid')
  })
})

describe('a customer gateway', () => {
  it('is the only one of its address in a region', () => {
    const { make, customer } = sample()
    expect(refusalOf(() => make('vpn_customer_gateway', { name: 'again', public_ip_address: '198.51.100.1' }))).toMatchObject({ message: expect.stringContaining('Duplicate'), detail: expect.stringContaining(String(customer['id'])) })
    const elsewhere = new InMemoryCloud(tencentCloud, { region: 'ap-tokyo' }).create('tencentcloud_vpn_customer_gateway', { name: 'again', public_ip_address: '198.51.100.1' })
    expect(elsewhere['id']).not.toBe(customer['id'])
  })

  it.each([
    ['a number of the cloud', { bgp_asn: 45090 }, { bgp_asn: 45091 }, 'none of 139341, 45090, 58835'],
    ['a private address', { public_ip_address: '10.0.0.1' }, {}, 'not a public address'],
    ['a link-local address', { public_ip_address: '169.254.1.1' }, {}, 'not a public address'],
    ['a name', { public_ip_address: 'peer.example' }, {}, 'not a valid IP address'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const { make } = sample()
    const gateway = (change: Attributes): Attributes => make('vpn_customer_gateway', { name: 'x', public_ip_address: '198.51.100.9', ...change })
    expect(refusalOf(() => gateway(refused)).detail).toContain(detail)
    expect(() => gateway(accepted)).not.toThrow()
  })

  it('stays while a tunnel ends at it', () => {
    const { cloud, connect, customer } = sample()
    const connection = connect()
    expect(refusalOf(() => cloud.remove('tencentcloud_vpn_customer_gateway', customer)).message).toContain('associated tunnel')
    cloud.remove('tencentcloud_vpn_connection', connection)
    expect(() => cloud.remove('tencentcloud_vpn_customer_gateway', customer)).not.toThrow()
  })
})
