import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { UNKNOWN } from '../../wire/unknown.ts'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { tunnelState } from '../tunnel-state.fixture.ts'
import { sample } from './sample.fixture.ts'

describe('a VPN connection', () => {
  it('computes addresses, numbers and keys of both tunnels', () => {
    const connection = sample().connect({ tunnel1_inside_cidr: '169.254.10.0/30', tunnel1_preshared_key: 'given.key_1' })
    expect(connection).toMatchObject({
      id: expect.stringMatching(/^vpn-0[0-9a-f]{16}$/),
      tunnel1_vgw_inside_address: '169.254.10.1', tunnel1_cgw_inside_address: '169.254.10.2', tunnel1_bgp_asn: '64601', tunnel1_bgp_holdtime: 30,
      tunnel1_preshared_key: 'given.key_1', tunnel2_preshared_key: expect.stringMatching(/^[1-9A-Za-z_.][0-9A-Za-z_.]{7,63}$/),
      tunnel2_inside_cidr: expect.stringMatching(/^169\.254\.\d+\.\d+\/30$/),
      static_routes_only: false, transit_gateway_attachment_id: '', local_ipv4_network_cidr: '0.0.0.0/0',
    })
    expect(connection['tunnel1_address']).not.toBe(connection['tunnel2_address'])
    expect(connection['customer_gateway_configuration']).toContain(String(connection['tunnel1_address']))
    expect(connection['customer_gateway_configuration']).not.toContain('given.key_1')
  })

  it('fills what is unknown and leaves what is known, null included', () => {
    const connection = sample().connect({ tunnel1_address: UNKNOWN, routes: UNKNOWN, vpn_concentrator_id: null })
    expect(connection).toMatchObject({ tunnel1_address: expect.stringMatching(/^203\.0\.113\./), routes: [], vpn_concentrator_id: null })
  })

  it('has no BGP on a static connection', () => {
    expect(sample().connect({ static_routes_only: true })).toMatchObject({ tunnel1_bgp_asn: '', tunnel1_bgp_holdtime: 0 })
  })

  const key = 'abcdefgh'
  it.each([
    ['a reserved inside block', { tunnel1_inside_cidr: '169.254.5.0/30' }, { tunnel1_inside_cidr: '169.254.5.4/30' }, 'tunnel1_inside_cidr'],
    ['the block of the metadata service', { tunnel2_inside_cidr: '169.254.169.252/30' }, { tunnel2_inside_cidr: '169.254.169.248/30' }, 'tunnel2_inside_cidr'],
    ['an inside block of another size', { tunnel1_inside_cidr: '169.254.10.0/29' }, { tunnel1_inside_cidr: '169.254.10.0/30' }, 'tunnel1_inside_cidr'],
    ['an inside block that is not link-local', { tunnel1_inside_cidr: '10.0.0.0/30' }, { tunnel1_inside_cidr: '169.254.10.0/30' }, 'tunnel1_inside_cidr'],
    ['one inside block in both tunnels', { tunnel1_inside_cidr: '169.254.10.0/30', tunnel2_inside_cidr: '169.254.10.0/30' }, { tunnel1_inside_cidr: '169.254.10.0/30', tunnel2_inside_cidr: '169.254.10.4/30' }, 'tunnel2_inside_cidr'],
    ['a short key', { tunnel1_preshared_key: key.slice(1) }, { tunnel1_preshared_key: key }, 'tunnel1_preshared_key'],
    ['a long key', { tunnel1_preshared_key: key.repeat(8) + 'x' }, { tunnel1_preshared_key: key.repeat(8) }, 'tunnel1_preshared_key'],
    ['a key with another character', { tunnel2_preshared_key: `${key}-` }, { tunnel2_preshared_key: `${key}_.` }, 'tunnel2_preshared_key'],
    ['a key that starts with zero', { tunnel1_preshared_key: `0${key}` }, { tunnel1_preshared_key: `1${key}0` }, 'tunnel1_preshared_key'],
  ])('refuses %s and accepts its neighbour', (_what, refused: Attributes, accepted: Attributes, path) => {
    const { connect } = sample()
    const refusal = refusalOf(() => connect(refused))
    expect(refusal).toMatchObject({ message: expect.stringContaining('InvalidParameterValue'), path: [path] })
    if (path.endsWith('key')) expect(`${refusal.message} ${refusal.detail}`).not.toContain(key)
    expect(() => connect(accepted)).not.toThrow()
  })

  it('shares no inside block with another connection of the gateway', () => {
    const { cloud, customer, connect } = sample()
    connect({ tunnel1_inside_cidr: '169.254.10.0/30' })
    expect(refusalOf(() => connect({ tunnel2_inside_cidr: '169.254.10.0/30' })).detail).toContain('already in use')
    const other = cloud.create('aws_vpn_gateway', { amazon_side_asn: '64611' })
    expect(() => cloud.create('aws_vpn_connection', { customer_gateway_id: customer['id'], vpn_gateway_id: other['id'], tunnel1_inside_cidr: '169.254.10.0/30' })).not.toThrow()
  })

  it('is one of ten at most', () => {
    const { connect } = sample()
    for (let count = 0; count < 10; count += 1) connect()
    expect(refusalOf(() => connect()).message).toContain('VpnConnectionLimitExceeded')
  })

  it('needs two numbers under BGP, and only then', () => {
    const { cloud, connect } = sample()
    const twin = cloud.create('aws_customer_gateway', { bgp_asn: '64601', ip_address: '198.51.100.9', type: 'ipsec.1' })
    expect(refusalOf(() => connect({ customer_gateway_id: twin['id'] })).detail).toContain('both sides need numbers of their own')
    expect(() => connect({ customer_gateway_id: twin['id'], static_routes_only: true })).not.toThrow()
  })

  it('needs gateways that exist', () => {
    const { connect } = sample()
    expect(refusalOf(() => connect({ customer_gateway_id: 'cgw-0' })).message).toContain('InvalidCustomerGatewayID.NotFound')
    expect(refusalOf(() => connect({ vpn_gateway_id: 'vgw-0' })).message).toContain('InvalidVpnGatewayID.NotFound')
  })

  it('computes the inside addresses anew when the block changes', () => {
    const { cloud, connect } = sample()
    const before = connect({ tunnel1_inside_cidr: '169.254.10.0/30' })
    const after = cloud.update(before, 'aws_vpn_connection', { tunnel1_inside_cidr: '169.254.10.4/30' })
    expect(after).toMatchObject({ tunnel1_vgw_inside_address: '169.254.10.5', tunnel1_cgw_inside_address: '169.254.10.6', tunnel1_address: before['tunnel1_address'] })
    expect(after['tunnel2_vgw_inside_address']).toBe(before['tunnel2_vgw_inside_address'])
  })
})

describe('telemetry of a VPN connection', () => {
  it.each([
    ['nobody is opposite', [], 'DOWN', 'IPSEC IS DOWN', 0],
    ['the ends differ', [{ up: false, reason: 'the ends differ in key' }], 'DOWN', 'IPSEC IS DOWN: the ends differ in key', 0],
    ['BGP is up', [{ up: true }], 'UP', '2 BGP ROUTES', 2],
    ['a static tunnel is up', [{ up: true, routing: 'static' as const }], 'UP', '', 0],
  ])('shows %s', (_what, changes, status, message, routes) => {
    const { cloud, connect } = sample()
    const connection = connect()
    const local = String(connection['tunnel1_address'])
    for (const change of changes) {
      cloud.states.push(tunnelState(local, '198.51.100.7', change), tunnelState('198.51.100.7', local, { ...change, prefixes: ['10.20.0.0/16', '10.21.0.0/16'] }))
    }
    const shown = cloud.read('aws_vpn_connection', connection)
    expect(shown['vgw_telemetry']).toEqual([
      expect.objectContaining({ outside_ip_address: local, status, status_message: message, accepted_route_count: routes }),
      expect.objectContaining({ outside_ip_address: connection['tunnel2_address'], status: 'DOWN' }),
    ])
  })

  it('is down at first', () => {
    expect(sample().connect()['vgw_telemetry']).toEqual([expect.objectContaining({ status: 'DOWN' }), expect.objectContaining({ status: 'DOWN' })])
  })
})

describe('a static route of a VPN connection', () => {
  it('needs a static connection and a destination of its own', () => {
    const { cloud, connect } = sample()
    const dynamic = connect()
    const fixed = connect({ static_routes_only: true })
    const route = (connection: Attributes, destination: string): Attributes => cloud.create('aws_vpn_connection_route', { vpn_connection_id: connection['id'], destination_cidr_block: destination })
    expect(refusalOf(() => route(dynamic, '10.20.0.0/16')).detail).toContain('uses dynamic routing')
    expect(route(fixed, '10.20.0.0/16')['id']).toBe(`10.20.0.0/16:${String(fixed['id'])}`)
    expect(refusalOf(() => route(fixed, '10.20.0.0/16')).message).toContain('RouteAlreadyExists')
    expect(refusalOf(() => route(fixed, '10.20.0.1/16')).message).toContain('InvalidParameterValue')
    expect(cloud.read('aws_vpn_connection', fixed)['routes']).toEqual([{ destination_cidr_block: '10.20.0.0/16', source: 'Static', state: 'available' }])
  })
})
