import { gatewayExport, IsthmusError, KeyReference, networkExport, ref, type Resource } from '@isthmus/core'
import { freshAddress, gatewayAddress } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { aead, fourFresh, fullMesh, pairOfTwo, sampleHalf, sampleSite, sampleTunnels } from '../test/samples.ts'
import { link } from './link.ts'

const site = sampleSite()
const ofType = (resources: readonly Resource[], type: string): Resource[] => resources.filter((resource) => resource.type === `tencentcloud_${type}`)
const names = (resources: readonly Resource[], type: string): string[] => ofType(resources, type).map(({ name }) => name)

describe('a half with BGP', () => {
  const { resources, exports } = link(site, sampleHalf('bgp', pairOfTwo()))

  it('writes every argument of a connection', () => {
    expect(ofType(resources, 'vpn_connection')[1]).toEqual({
      type: 'tencentcloud_vpn_connection',
      name: 'south--north--11',
      body: {
        name: 'mesh-south--north--11',
        vpc_id: networkExport(site, 'vpc_id'),
        vpn_gateway_id: gatewayExport(site, 'gateway_id_1'),
        customer_gateway_id: ref('tencentcloud_vpn_customer_gateway.south--north--1', 'id'),
        pre_share_key: new KeyReference('north--south--11@v1'),
        ike_version: 'IKEV2',
        ike_exchange_mode: 'MAIN',
        ike_local_identity: 'ADDRESS',
        ike_local_address: gatewayExport(site, 'address_1'),
        ike_remote_identity: 'ADDRESS',
        ike_remote_address: gatewayAddress(site, 1),
        ike_proto_encry_algorithm: 'AES-CBC-256',
        ike_proto_authen_algorithm: 'SHA-256',
        ike_dh_group_name: 'GROUP14',
        ike_sa_lifetime_seconds: 28800,
        ipsec_encrypt_algorithm: 'AES-CBC-128',
        ipsec_integrity_algorithm: 'SHA1',
        ipsec_pfs_dh_group: 'DH-GROUP24',
        ipsec_sa_lifetime_seconds: 3600,
        ipsec_sa_lifetime_traffic: 1843200,
        negotiation_type: 'active',
        dpd_enable: 1,
        dpd_timeout: 45,
        dpd_action: 'restart',
        enable_health_check: false,
        route_type: 'Bgp',
        bgp_config: [{ tunnel_cidr: '169.254.128.4/30', local_bgp_ip: '169.254.128.6', remote_bgp_ip: '169.254.128.5' }],
      },
    })
  })

  it('tells each customer gateway the number of the peer', () => {
    expect(ofType(resources, 'vpn_customer_gateway').map(({ name, body }) => [name, body])).toEqual([0, 1].map((slot) => [
      `south--north--${slot}`, { name: `mesh-south--north--${slot}`, public_ip_address: gatewayAddress(site, slot), bgp_asn: 4200000001 },
    ]))
  })

  it('makes no gateway routes but one table route per gateway and prefix, after the connection', () => {
    expect(ofType(resources, 'vpn_gateway_route')).toEqual([])
    expect(ofType(resources, 'route_table_entry')).toHaveLength(4)
    expect(ofType(resources, 'route_table_entry')[3]).toEqual({
      type: 'tencentcloud_route_table_entry',
      name: 'south--north--1--10-30-128-0-17',
      body: { route_table_id: networkExport(site, 'route_table_id'), destination_cidr_block: '10.30.128.0/17', next_type: 'VPN', next_hub: gatewayExport(site, 'gateway_id_1') },
      dependsOn: ['tencentcloud_vpn_connection.south--north--11'],
    })
    expect(exports).toEqual({})
  })
})

describe('a half with static routes', () => {
  const { resources } = link(site, sampleHalf('static', fullMesh()))

  it('uses the gateways for static routing, and one customer gateway per peer address on both', () => {
    expect(names(resources, 'vpn_customer_gateway')).toEqual(['south--north--0', 'south--north--1'])
    expect(ofType(resources, 'vpn_customer_gateway').some(({ body }) => 'bgp_asn' in body)).toBe(false)
    expect(ofType(resources, 'vpn_connection').map(({ body }) => [body['vpn_gateway_id'], body['customer_gateway_id'], body['ike_local_address'], body['route_type']])).toEqual(
      [[0, 0], [0, 1], [1, 0], [1, 1]].map(([own, peer]) => [
        gatewayExport(site, `static_gateway_id_${own}`), ref(`tencentcloud_vpn_customer_gateway.south--north--${peer}`, 'id'), gatewayExport(site, `static_address_${own}`), 'StaticRoute',
      ]),
    )
    expect(ofType(resources, 'vpn_connection').some(({ body }) => 'bgp_config' in body)).toBe(false)
  })

  it('routes each prefix into each tunnel, the second of a gateway behind the first', () => {
    const routes = ofType(resources, 'vpn_gateway_route')
    expect(routes).toHaveLength(8)
    expect(routes[2]).toEqual({
      type: 'tencentcloud_vpn_gateway_route',
      name: 'south--north--01--10-20-0-0-16',
      body: {
        vpn_gateway_id: gatewayExport(site, 'static_gateway_id_0'), destination_cidr_block: '10.20.0.0/16', instance_type: 'VPNCONN',
        instance_id: ref('tencentcloud_vpn_connection.south--north--01', 'id'), priority: 100, status: 'ENABLE',
      },
    })
    expect(routes.map(({ body }) => body['priority'])).toEqual([0, 0, 100, 100, 0, 0, 100, 100])
  })

  it('leads a route table to a gateway only when that leads on', () => {
    expect(ofType(resources, 'route_table_entry')[0]).toMatchObject({
      name: 'south--north--0--10-20-0-0-16',
      dependsOn: ['tencentcloud_vpn_gateway_route.south--north--00--10-20-0-0-16', 'tencentcloud_vpn_gateway_route.south--north--01--10-20-0-0-16'],
    })
  })

  it('depends only on what is in the half', () => {
    const addresses = resources.map(({ type, name }) => `${type}.${name}`)
    expect(new Set(addresses).size).toBe(addresses.length)
    for (const { dependsOn } of resources) expect(addresses).toEqual(expect.arrayContaining([...(dependsOn ?? [])]))
  })

  it('leads every route table of an existing network to the peer', () => {
    const existing = sampleSite({ existing: { vpcId: 'vpc-1', routeTableIds: ['rtb-1', 'rtb-2'] } })
    expect(names(link(existing, sampleHalf('static', pairOfTwo())).resources, 'route_table_entry')).toEqual(
      ['rtb-1', 'rtb-2'].flatMap((table) => [0, 1].flatMap((slot) => ['10-20-0-0-16', '10-30-128-0-17'].map((prefix) => `south--north--${slot}--${prefix}--${table}`))),
    )
  })
})

describe('customer gateways', () => {
  it.each([
    ['one per peer slot where the peer has addresses of its own', fullMesh(), ['0', '1']],
    ['one per tunnel where each connection brings fresh addresses', fourFresh(), ['00', '01', '10', '11']],
    ['one per tunnel where only the first fresh address is used', sampleTunnels([[0, 0], [1, 0]], freshAddress), ['00', '10']],
  ])('are %s', (_what, tunnels, expected) => {
    const { resources } = link(site, sampleHalf('static', tunnels))
    expect(names(resources, 'vpn_customer_gateway')).toEqual(expected.map((suffix) => `south--north--${suffix}`))
    const pairs = ofType(resources, 'vpn_connection').map(({ body }) => JSON.stringify([body['vpn_gateway_id'], body['customer_gateway_id']]))
    expect(new Set(pairs).size).toBe(tunnels.length)
  })

  it('and the rest of the half do not depend on the order of the connections', () => {
    const half = sampleHalf('static', fullMesh())
    expect(link(site, { ...half, connections: half.connections.toReversed() })).toEqual(link(site, half))
  })
})

describe('a connection', () => {
  const body = (change: Parameters<typeof sampleHalf>[2], given: Readonly<Record<string, unknown>> = {}) => ofType(link(sampleSite(given), sampleHalf('bgp', pairOfTwo(), change)).resources, 'vpn_connection')[0]?.body

  it('waits where the other end starts, and then does not restart a lost peer', () => {
    expect(body({ initiates: false })).toMatchObject({ negotiation_type: 'passive', dpd_action: 'clear' })
  })

  it('says so where there is no dead peer detection', () => {
    expect(body({ dpdTimeout: undefined })).toMatchObject({ dpd_enable: 0 })
    expect(body({ dpdTimeout: undefined })).not.toHaveProperty('dpd_timeout')
  })

  it('names the PRF in place of the integrity beside GCM', () => {
    expect(body({ suite: aead })).toMatchObject({
      ike_proto_encry_algorithm: 'AES256GCM128', ike_proto_authen_algorithm: 'SHA-512', ike_dh_group_name: 'GROUP20',
      ipsec_encrypt_algorithm: 'AES256GCM128', ipsec_integrity_algorithm: 'SHA-256', ipsec_pfs_dh_group: 'DH-GROUP21',
    })
  })

  it('refuses a suite that the cloud cannot spell', () => {
    const suite = { ...aead, phase1: { ...aead.phase1, dhGroup: 31 as const } }
    expect(() => body({ suite })).toThrow(IsthmusError)
  })

  it('has tags where the site has some, and names of 60 characters at most', () => {
    const long = body({ label: 'm'.repeat(59) }, { tags: { team: 'net' } })
    expect(long?.['tags']).toEqual({ team: 'net' })
    expect(String(long?.['name'])).toHaveLength(60)
  })
})
