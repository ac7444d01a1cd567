import { gatewayExport, Import, KeyReference, networkExport, ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { addresses, bodyOf, halfWith, siteWith, staticRouting, tunnel } from '../test/samples.ts'
import { link } from './link.ts'

const south = { name: 'south' }
const single = halfWith({ connections: [{ id: '0', tunnels: [tunnel(1, 0, '169.254.21.0/30')] }] })

/** Arguments in the schema of hashicorp/aws 6.66.0; those of tunnel 2 are the same as of tunnel 1. */
const settable: Readonly<Record<string, readonly string[]>> = {
  aws_customer_gateway: ['bgp_asn', 'bgp_asn_extended', 'certificate_arn', 'device_name', 'ip_address', 'region', 'tags', 'type'],
  aws_vpn_connection_route: ['destination_cidr_block', 'region', 'vpn_connection_id'],
  aws_ec2_transit_gateway_route: ['blackhole', 'destination_cidr_block', 'region', 'transit_gateway_attachment_id', 'transit_gateway_route_table_id'],
  aws_route: ['destination_cidr_block', 'gateway_id', 'region', 'route_table_id', 'transit_gateway_id'],
  aws_vpn_connection: [
    'customer_gateway_id', 'enable_acceleration', 'local_ipv4_network_cidr', 'outside_ip_address_type', 'remote_ipv4_network_cidr', 'static_routes_only', 'tags', 'transit_gateway_id',
    'tunnel_inside_ip_version', 'type', 'vpn_gateway_id',
    'tunnel1_dpd_timeout_action', 'tunnel1_dpd_timeout_seconds', 'tunnel1_enable_tunnel_lifecycle_control', 'tunnel1_ike_versions', 'tunnel1_inside_cidr',
    'tunnel1_phase1_dh_group_numbers', 'tunnel1_phase1_encryption_algorithms', 'tunnel1_phase1_integrity_algorithms', 'tunnel1_phase1_lifetime_seconds',
    'tunnel1_phase2_dh_group_numbers', 'tunnel1_phase2_encryption_algorithms', 'tunnel1_phase2_integrity_algorithms', 'tunnel1_phase2_lifetime_seconds',
    'tunnel1_preshared_key', 'tunnel1_rekey_fuzz_percentage', 'tunnel1_rekey_margin_time_seconds', 'tunnel1_replay_window_size', 'tunnel1_startup_action',
  ],
}

const tunnelOne = {
  tunnel1_inside_cidr: '169.254.21.0/30',
  tunnel1_preshared_key: new KeyReference('north--south--00@v1'),
  tunnel1_ike_versions: ['ikev2'],
  tunnel1_phase1_encryption_algorithms: ['AES256-GCM-16'],
  tunnel1_phase1_integrity_algorithms: ['SHA2-384'],
  tunnel1_phase1_dh_group_numbers: [20],
  tunnel1_phase1_lifetime_seconds: 28_800,
  tunnel1_phase2_encryption_algorithms: ['AES256-GCM-16'],
  tunnel1_phase2_integrity_algorithms: ['SHA2-384'],
  tunnel1_phase2_dh_group_numbers: [20],
  tunnel1_phase2_lifetime_seconds: 3600,
  tunnel1_rekey_margin_time_seconds: 540,
  tunnel1_rekey_fuzz_percentage: 100,
  tunnel1_replay_window_size: 1024,
  tunnel1_dpd_timeout_seconds: 30,
  tunnel1_dpd_timeout_action: 'restart',
  tunnel1_startup_action: 'start',
  tunnel1_enable_tunnel_lifecycle_control: false,
}

describe('link over a virtual private gateway', () => {
  it('makes a customer gateway and a connection per peer address', () => {
    const fragment = link(siteWith(), halfWith())
    expect(addresses(fragment)).toEqual([
      'aws_customer_gateway.south--north--0', 'aws_vpn_connection.south--north--0', 'aws_customer_gateway.south--north--1', 'aws_vpn_connection.south--north--1',
    ])
    expect(bodyOf(fragment, 'aws_customer_gateway.south--north--1')).toEqual({
      type: 'ipsec.1',
      ip_address: new Import('gateway/north', 'address_1'),
      bgp_asn: '64602',
      device_name: 'mesh-south--north--1',
      tags: { Name: 'mesh-south--north--1' },
    })
    expect(bodyOf(fragment, 'aws_vpn_connection.south--north--0')).toMatchObject({
      customer_gateway_id: ref('aws_customer_gateway.south--north--0', 'id'),
      vpn_gateway_id: gatewayExport(south, 'gateway_id'),
      static_routes_only: false,
      ...tunnelOne,
      tunnel2_inside_cidr: '169.254.22.0/30',
      tunnel2_preshared_key: new KeyReference('north--south--01@v1'),
    })
  })

  it('writes the same options for both tunnels', () => {
    const names = Object.keys(bodyOf(link(siteWith(), halfWith()), 'aws_vpn_connection.south--north--0'))
    const of = (number: number): string[] => names.filter((name) => name.startsWith(`tunnel${number}_`)).map((name) => name.slice(8)).sort()
    expect(of(1)).toEqual(Object.keys(tunnelOne).map((name) => name.slice(8)).sort())
    expect(of(2)).toEqual(of(1))
  })

  it('exports the fresh address of each tunnel', () => {
    expect(link(siteWith(), halfWith()).exports).toEqual({
      address_00: ref('aws_vpn_connection.south--north--0', 'tunnel1_address'),
      address_10: ref('aws_vpn_connection.south--north--0', 'tunnel2_address'),
      address_01: ref('aws_vpn_connection.south--north--1', 'tunnel1_address'),
      address_11: ref('aws_vpn_connection.south--north--1', 'tunnel2_address'),
    })
  })

  it('states static prefixes on every connection', () => {
    const fragment = link(siteWith(), halfWith({ routing: staticRouting }))
    expect(addresses(fragment).filter((address) => address.startsWith('aws_vpn_connection_route.'))).toEqual([
      'aws_vpn_connection_route.south--north--0--10-2-0-0-16', 'aws_vpn_connection_route.south--north--0--10-3-0-0-24',
      'aws_vpn_connection_route.south--north--1--10-2-0-0-16', 'aws_vpn_connection_route.south--north--1--10-3-0-0-24',
    ])
    expect(bodyOf(fragment, 'aws_vpn_connection_route.south--north--1--10-3-0-0-24')).toEqual({
      vpn_connection_id: ref('aws_vpn_connection.south--north--1', 'id'), destination_cidr_block: '10.3.0.0/24',
    })
    expect(bodyOf(fragment, 'aws_vpn_connection.south--north--0')).toMatchObject({ static_routes_only: true })
    expect(bodyOf(fragment, 'aws_customer_gateway.south--north--0')).toMatchObject({ bgp_asn: '64602' })
  })

  it.each([
    [2_147_483_647, { bgp_asn: '2147483647' }],
    [4_200_000_001, { bgp_asn_extended: '4200000001' }],
  ])('gives the peer number %i where it fits', (peerAsn, expected) => {
    const body = bodyOf(link(siteWith(), halfWith({ routing: { ...halfWith().routing, peerAsn } })), 'aws_customer_gateway.south--north--0')
    expect(Object.fromEntries(Object.entries(body).filter(([name]) => name.startsWith('bgp_')))).toEqual(expected)
  })

  it('names integrity beside a cipher that needs it, and waits where told to', () => {
    const half = halfWith({
      initiates: false,
      dpdTimeout: undefined,
      lifetimes: { phase1: 900, phase2: 900 },
      suite: { phase1: { encryption: 'aes-256-cbc', integrity: 'sha2-256', prf: 'prf-sha2-256', dhGroup: 14 }, phase2: { encryption: 'aes-128-cbc', integrity: 'sha2-512', pfs: 5 } },
    })
    expect(bodyOf(link(siteWith(), half), 'aws_vpn_connection.south--north--0')).toMatchObject({
      tunnel2_phase1_encryption_algorithms: ['AES256'], tunnel2_phase1_integrity_algorithms: ['SHA2-256'],
      tunnel2_phase2_encryption_algorithms: ['AES128'], tunnel2_phase2_integrity_algorithms: ['SHA2-512'], tunnel2_phase2_dh_group_numbers: [5],
      tunnel2_rekey_margin_time_seconds: 225, tunnel2_dpd_timeout_seconds: 30, tunnel2_dpd_timeout_action: 'restart', tunnel2_startup_action: 'add',
    })
  })

  it('puts a single tunnel first, whatever its slot, and keeps the spare one quiet', () => {
    const fragment = link(siteWith(), single)
    const body = bodyOf(fragment, 'aws_vpn_connection.south--north--0')
    expect(body).toMatchObject({
      tunnel1_inside_cidr: '169.254.21.0/30', tunnel1_startup_action: 'start', tunnel2_phase1_encryption_algorithms: ['AES256-GCM-16'],
      tunnel2_startup_action: 'add', tunnel2_dpd_timeout_action: 'clear',
    })
    expect(body).not.toHaveProperty('tunnel2_inside_cidr')
    expect(body).not.toHaveProperty('tunnel2_preshared_key')
    expect(fragment.exports).toEqual({ address_10: ref('aws_vpn_connection.south--north--0', 'tunnel1_address') })
  })

  it.each([
    ['no tunnel', []],
    ['three tunnels', [tunnel(0, 0, '169.254.21.0/30'), tunnel(1, 0, '169.254.21.4/30'), tunnel(2, 0, '169.254.21.8/30')]],
  ])('refuses a connection with %s', (_, tunnels) => {
    expect(() => link(siteWith(), halfWith({ connections: [{ id: '0', tunnels }] }))).toThrow(expect.objectContaining({ code: 'CONTRACT_BROKEN' }))
  })

  it('refuses a transform that it did not offer', () => {
    const suite = { ...halfWith().suite, phase2: { encryption: 'aes-256-gcm-16', pfs: 'none' } } as const
    expect(() => link(siteWith(), halfWith({ suite }))).toThrow(/none/)
  })
})

describe('link over a transit gateway', () => {
  const site = siteWith({ gateway: 'tgw' })

  it('routes the VPC to the attached gateway under BGP', () => {
    const fragment = link(site, halfWith())
    const connection = bodyOf(fragment, 'aws_vpn_connection.south--north--0')
    expect(connection).toMatchObject({ transit_gateway_id: gatewayExport(south, 'gateway_id') })
    expect(connection).not.toHaveProperty('vpn_gateway_id')
    expect(bodyOf(fragment, 'aws_route.south--north--10-2-0-0-16')).toEqual({
      route_table_id: networkExport(south, 'route_table_id'), destination_cidr_block: '10.2.0.0/16', transit_gateway_id: gatewayExport(south, 'attached_gateway_id'),
    })
    expect(addresses(fragment).filter((address) => address.includes('_gateway_route.'))).toEqual([])
  })

  it('states static prefixes in the route table of the gateway and not on the connection', () => {
    const fragment = link(site, { ...single, routing: staticRouting })
    expect(bodyOf(fragment, 'aws_ec2_transit_gateway_route.south--north--0--10-2-0-0-16')).toEqual({
      transit_gateway_route_table_id: gatewayExport(south, 'route_table_id'),
      transit_gateway_attachment_id: ref('aws_vpn_connection.south--north--0', 'transit_gateway_attachment_id'),
      destination_cidr_block: '10.2.0.0/16',
    })
    expect(addresses(fragment).filter((address) => address.startsWith('aws_vpn_connection_route'))).toEqual([])
  })

  it('routes every table of an existing VPC, named by the table', () => {
    const existing = { vpcId: 'vpc-0a1', routeTableIds: ['rtb-0a1', 'rtb-0a2'], subnetIds: ['subnet-0a1'] }
    const fragment = link(siteWith({ gateway: 'tgw', existing }), halfWith())
    expect(bodyOf(fragment, 'aws_route.south--north--10-2-0-0-16--rtb-0a2')).toMatchObject({ route_table_id: 'rtb-0a2' })
  })
})

describe.each(['vgw', 'tgw'] as const)('arguments over a %s', (gateway) => {
  it.each(['bgp', 'static'] as const)('exist in the provider under %s', (mode) => {
    const half = mode === 'bgp' ? halfWith() : { ...single, routing: staticRouting }
    for (const { type, body } of link(siteWith({ gateway }), half).resources) {
      const names = Object.keys(body).map((name) => name.replace(/^tunnel2_/, 'tunnel1_'))
      expect(names.filter((name) => !settable[type]?.includes(name))).toEqual([])
    }
  })
})
