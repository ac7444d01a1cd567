import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { UNKNOWN } from '../../wire/unknown.ts'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { tunnelState } from '../tunnel-state.fixture.ts'
import { bgpConfig, sample } from './sample.fixture.ts'

const inside = (block: string, local: string, remote: string): Attributes => bgpConfig(`169.254.128.${block}`, `169.254.128.${local}`, `169.254.128.${remote}`)

describe('a VPN connection', () => {
  it('fills in what the cloud decides', () => {
    expect(sample().connectStatic({ bgp_config: UNKNOWN })).toMatchObject({
      id: expect.stringMatching(/^vpnx-[0-9a-f]{8}$/), bgp_config: [], dpd_enable: 0, dpd_timeout: 30, dpd_action: 'clear', negotiation_type: 'active',
      enable_health_check: false, state: 'AVAILABLE', net_status: 'UNAVAILABLE', is_ccn_type: false,
    })
  })

  const cases: [string, Attributes, Attributes, string][] = [
    ['no address of its own', { ike_local_address: undefined }, {}, 'ike_local_address is missing'],
    ['no address of the peer', { ike_remote_address: undefined }, {}, 'ike_remote_address is missing'],
    ['an identity without its name', { ike_remote_identity: 'FQDN' }, { ike_remote_identity: 'FQDN', ike_remote_fqdn_name: 'peer' }, 'ike_remote_fqdn_name is missing'],
    ['a gateway that is not there', { vpn_gateway_id: 'vpngw-0' }, {}, 'does not exist'],
    ['a customer gateway that is not there', { customer_gateway_id: 'cgw-0' }, {}, 'does not exist'],
    ['no VPC', { vpc_id: undefined }, {}, 'vpc_id is missing'],
    ['another VPC', { vpc_id: 'vpc-0' }, {}, 'is not in the VPC vpc-0'],
    ['a word of another cloud', { ike_proto_encry_algorithm: 'AES256' }, { ike_proto_encry_algorithm: 'AES-CBC-256' }, 'it must be one of 3DES-CBC'],
    ['SHA-384 in phase 1', { ike_proto_authen_algorithm: 'SHA-384' }, { ike_proto_authen_algorithm: 'SHA-512' }, 'it must be one of MD5'],
    ['the spelling of the other phase', { ipsec_integrity_algorithm: 'SHA' }, { ipsec_integrity_algorithm: 'SHA1' }, 'it must be one of MD5, SHA1'],
    ['group 18', { ipsec_pfs_dh_group: 'DH-GROUP18' }, { ipsec_pfs_dh_group: 'DH-GROUP21' }, 'it must be one of DH-GROUP1'],
    ['a negotiation of its own kind', { negotiation_type: 'start' }, { negotiation_type: 'passive' }, 'active, passive, flowTrigger'],
    ['a short time-out', { dpd_timeout: 29 }, { dpd_timeout: 30 }, 'in the range (30 - 60)'],
    ['a long time-out', { dpd_timeout: 61 }, { dpd_timeout: 60 }, 'in the range (30 - 60)'],
    ['a short lifetime', { ipsec_sa_lifetime_seconds: 179 }, { ipsec_sa_lifetime_seconds: 180 }, 'in the range (180 - 604800)'],
    ['an unknown route type', { route_type: 'BGP' }, { route_type: 'Bgp' }, 'expected route_type'],
    ['BGP without addresses', { bgp_config: [] }, {}, 'BgpConfig is missing'],
    ['a block of another size', inside('0/29', '2', '1'), inside('0/30', '2', '1'), 'must be a /30'],
    ['an address outside the block', inside('0/30', '6', '1'), inside('0/30', '2', '1'), 'is no host of 169.254.128.0/30'],
    ['the network address', inside('0/30', '0', '1'), inside('0/30', '2', '1'), 'is no host of'],
    ['one address twice', inside('0/30', '1', '1'), inside('0/30', '2', '1'), 'the same address'],
  ]
  it.each(cases)('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const { connect } = sample()
    const refusal = refusalOf(() => connect(refused))
    expect(refusal.detail).toContain(detail)
    expect(`${refusal.message} ${refusal.detail}`).not.toContain('the-secret')
    expect(() => connect(accepted)).not.toThrow()
  })

  it('checks bounds at plan time too', () => {
    expect(sample().cloud.validate('tencentcloud_vpn_connection', { dpd_timeout: 20, ike_sa_lifetime_seconds: 59, dpd_action: UNKNOWN })).toHaveLength(2)
  })

  it('is the only one between its two gateways', () => {
    const { connectStatic, other } = sample()
    const first = connectStatic()
    expect(refusalOf(() => connectStatic({ name: 'again' })).detail).toContain(String(first['id']))
    expect(() => connectStatic({ customer_gateway_id: other['id'] })).not.toThrow()
  })

  it('shares its gateway with connections of the same routing only', () => {
    const { connect, connectStatic, gateway, other } = sample()
    connect()
    expect(refusalOf(() => connectStatic({ vpn_gateway_id: gateway['id'], customer_gateway_id: other['id'] })).message).toContain('VpnConnRouteTypeMixed')
    expect(() => connect({ customer_gateway_id: other['id'], ...inside('4/30', '6', '5') })).not.toThrow()
  })

  it('shares no inside block with another of its gateway', () => {
    const { connect, other } = sample()
    connect()
    expect(refusalOf(() => connect({ customer_gateway_id: other['id'] })).detail).toContain('overlaps that of vpnx-')
    expect(() => connect({ customer_gateway_id: other['id'], ...inside('4/30', '6', '5') })).not.toThrow()
  })

  it('has a peer with a number that no other of the gateway has', () => {
    const { connect, make, gateway } = sample()
    connect()
    const peer = (address: string, bgp_asn?: number): unknown => make('vpn_customer_gateway', { name: 'p', public_ip_address: address, ...(bgp_asn === undefined ? {} : { bgp_asn }) })['id']
    const join = (customer_gateway_id: unknown) => () => connect({ customer_gateway_id, ...inside('4/30', '6', '5') })
    expect(refusalOf(join(peer('198.51.100.11', 64601))).message).toContain('VpnUnsupportedBgpAsnEqual')
    expect(refusalOf(join(peer('198.51.100.12', Number(gateway['bgp_asn'])))).message).toContain('VpnUnsupportedBgpAsnEqual')
    expect(refusalOf(join(peer('198.51.100.13'))).message).toContain('NotExistBgpAsn')
    expect(join(peer('198.51.100.14', 64609))).not.toThrow()
  })

  it('needs a gateway with a number for BGP', () => {
    const { connect, fixed } = sample()
    expect(refusalOf(() => connect({ vpn_gateway_id: fixed['id'] })).detail).toContain(String(fixed['id']))
  })

  it.each([
    ['up', { up: true }, 'AVAILABLE'],
    ['down', { up: false, reason: 'the ends differ in key' }, 'UNAVAILABLE'],
  ])('shows a tunnel that is %s', (_what, change, status) => {
    const { cloud, connect } = sample()
    const connection = connect()
    const state = tunnelState('203.0.113.1', '198.51.100.1', change)
    cloud.states.push({ ...state, end: { ...state.end, connection: `tencentcloud_vpn_connection.${String(connection['id'])}` } })
    expect(cloud.read('tencentcloud_vpn_connection', connection)['net_status']).toBe(status)
  })
})

describe('a route of a VPN gateway', () => {
  it('leads into a static connection of its gateway', () => {
    const { cloud, connect, connectStatic, fixed, gateway, make } = sample()
    const connection = connectStatic()
    const route = (change: Attributes = {}): Attributes => make('vpn_gateway_route', { vpn_gateway_id: fixed['id'], destination_cidr_block: '10.20.0.0/16', instance_type: 'VPNCONN', instance_id: connection['id'], priority: 0, status: 'ENABLE', ...change })
    const made = route()
    expect(made).toMatchObject({ id: `${String(fixed['id'])}#${String(made['route_id'])}`, route_id: expect.stringMatching(/^vpnr-/), type: 'Static' })
    expect(refusalOf(() => route({ vpn_gateway_id: gateway['id'] })).detail).toContain('it is no connection of')
    expect(refusalOf(() => route({ vpn_gateway_id: gateway['id'], instance_id: connect()['id'] })).detail).toContain('only StaticRoute takes routes')
    expect(refusalOf(() => cloud.remove('tencentcloud_vpn_connection', connection)).detail).toContain(String(made['id']))
  })

  it.each([
    ['a priority between the two', { priority: 50 }, { priority: 100 }, '0, 100'],
    ['a status of its own', { status: 'ON' }, { status: 'DISABLE' }, 'ENABLE, DISABLE'],
    ['host bits', { destination_cidr_block: '10.20.0.1/16' }, {}, 'network address'],
    ['a connection that is not there', { instance_id: 'vpnx-0' }, {}, 'does not exist'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const { connectStatic, fixed, make } = sample()
    const connection = connectStatic()
    const route = (change: Attributes): Attributes => make('vpn_gateway_route', { vpn_gateway_id: fixed['id'], destination_cidr_block: '10.20.0.0/16', instance_type: 'VPNCONN', instance_id: connection['id'], priority: 0, status: 'ENABLE', ...change })
    expect(refusalOf(() => route(refused)).detail).toContain(detail)
    expect(() => route(accepted)).not.toThrow()
  })
})
