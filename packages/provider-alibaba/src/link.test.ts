import { Cidr, gatewayExport, Import, KeyReference, ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { crossed, halfWith, siteWith, toTwoNetworks, tunnel } from '../test/samples.ts'
import { link } from './link.ts'

const site = siteWith()
const half = halfWith(crossed)
const made = (given: ReturnType<typeof halfWith>, at = site) => link(at, given).resources.map(({ type, name, dependsOn }) => ({ is: `${type}.${name}`, after: dependsOn }))
const bodies = (type: string, given: ReturnType<typeof halfWith>, at = site) => link(at, given).resources.filter((resource) => resource.type === type).map(({ body }) => body)

describe('link under BGP', () => {
  it('makes each address of the peer once, and connections one after another', () => {
    expect(made(half)).toEqual([
      { is: 'alicloud_vpn_customer_gateway.north--south--00', after: undefined },
      { is: 'alicloud_vpn_customer_gateway.north--south--01', after: undefined },
      { is: 'alicloud_vpn_connection.north--south--00-11', after: undefined },
      { is: 'alicloud_vpn_connection.north--south--01-10', after: ['alicloud_vpn_connection.north--south--00-11'] },
    ])
    expect(link(site, half).exports).toEqual({})
  })

  it('tells a customer gateway address and number', () => {
    expect(bodies('alicloud_vpn_customer_gateway', half, siteWith({ tags: { team: 'network' } }))[1]).toEqual({
      customer_gateway_name: 'mesh-north--south--01', ip_address: new Import('gateway/south', 'address_1'), asn: '64601', tags: { team: 'network' },
    })
  })

  it('leaves nothing about a connection to a default', () => {
    const phases = (key: string) => ({
      tunnel_ike_config: [{
        ike_version: 'ikev2', ike_mode: 'main', ike_enc_alg: 'aes256', ike_auth_alg: 'sha512', ike_pfs: 'group14', ike_lifetime: 28800, psk: new KeyReference(key),
      }],
      tunnel_ipsec_config: [{ ipsec_enc_alg: 'aes256', ipsec_auth_alg: 'sha256', ipsec_pfs: 'group14', ipsec_lifetime: 3600 }],
    })
    const common = { enable_dpd: true, enable_nat_traversal: true }
    expect(bodies('alicloud_vpn_connection', half)[1]).toEqual({
      vpn_connection_name: 'mesh-north--south--01-10',
      vpn_gateway_id: gatewayExport(site, 'gateway_id'),
      network_type: 'public',
      local_subnet: ['0.0.0.0/0'],
      remote_subnet: ['0.0.0.0/0'],
      auto_config_route: false,
      effect_immediately: true,
      enable_tunnels_bgp: true,
      tunnel_options_specification: [
        {
          role: 'master', customer_gateway_id: ref('alicloud_vpn_customer_gateway.north--south--01', 'id'), ...common, ...phases('north--south--01@v1'),
          tunnel_bgp_config: [{ local_asn: '64604', local_bgp_ip: '169.254.10.10', tunnel_cidr: '169.254.10.8/30' }],
        },
        {
          role: 'slave', customer_gateway_id: ref('alicloud_vpn_customer_gateway.north--south--00', 'id'), ...common, ...phases('north--south--10@v1'),
          tunnel_bgp_config: [{ local_asn: '64604', local_bgp_ip: '169.254.10.14', tunnel_cidr: '169.254.10.12/30' }],
        },
      ],
      timeouts: { create: '30m', update: '30m', delete: '30m' },
    })
  })

  it('puts the tunnel of the first address in front, in whatever order they come', () => {
    const turned = [{ id: '00-11', tunnels: [tunnel(1, 1, '169.254.10.4/30'), tunnel(0, 0, '169.254.10.0/30')] }]
    expect(bodies('alicloud_vpn_connection', halfWith(turned))[0]?.['tunnel_options_specification']).toMatchObject([
      { role: 'master', tunnel_bgp_config: [{ tunnel_cidr: '169.254.10.0/30' }] }, { role: 'slave', tunnel_bgp_config: [{ tunnel_cidr: '169.254.10.4/30' }] },
    ])
  })

  it('makes a customer gateway for each fresh address of a peer', () => {
    const fresh = crossed.map((connection) => ({ ...connection, tunnels: connection.tunnels.map((each) => ({ ...each, peerAddress: new Import('link/north--south/south', `address_${each.peerSlot}${each.localSlot}`) })) }))
    expect(bodies('alicloud_vpn_customer_gateway', halfWith(fresh)).map(({ ip_address }) => ip_address)).toEqual(
      ['00', '10', '01', '11'].map((id) => new Import('link/north--south/south', `address_${id}`)),
    )
  })

  it('starts with the first packet where the other end starts', () => {
    expect(bodies('alicloud_vpn_connection', { ...half, initiates: false })[0]?.['effect_immediately']).toBe(false)
  })

  it('writes routes only into custom route tables', () => {
    const existing = { vpcId: 'vpc-0xi1', vswitchIds: ['vsw-0xi1', 'vsw-0xi2'], routeTableIds: ['vtb-0xi1', 'vtb-0xi2'] }
    const at = siteWith({ existing })
    expect(made(half, at).slice(4)).toEqual(['vtb-0xi1', 'vtb-0xi2'].map((table) => ({
      is: `alicloud_route_entry.north--south--10-2-0-0-16--${table}`, after: ['alicloud_vpn_connection.north--south--01-10'],
    })))
    expect(bodies('alicloud_route_entry', half, at)[0]).toEqual({
      route_table_id: 'vtb-0xi1', destination_cidrblock: '10.2.0.0/16', nexthop_type: 'VpnGateway', nexthop_id: gatewayExport(at, 'gateway_id'),
    })
  })

  it.each([
    ['two tunnels from one address', [tunnel(0, 0, '169.254.10.0/30'), tunnel(0, 1, '169.254.10.4/30')]],
    ['a single tunnel', [tunnel(0, 0, '169.254.10.0/30')]],
    ['three tunnels', [tunnel(0, 0, '169.254.10.0/30'), tunnel(1, 1, '169.254.10.4/30'), tunnel(1, 0, '169.254.10.8/30')]],
  ])('refuses a connection of %s', (_, tunnels) => {
    expect(() => link(site, halfWith([{ id: 'x', tunnels }]))).toThrow(/not one tunnel from each of the two addresses/)
  })

  it('refuses a transform that the cloud does not have', () => {
    const suite = { ...half.suite, phase2: { encryption: 'aes-256-gcm-16', pfs: 14 } as const }
    expect(() => link(site, { ...half, suite })).toThrow(/aes-256-gcm-16/)
  })
})

describe('link under static routing', () => {
  const routed = { ...half, routing: toTwoNetworks }

  it('routes every network into every connection, once all of them are there', () => {
    const after = ['alicloud_vpn_connection.north--south--01-10']
    expect(made(routed).slice(4)).toEqual(['00-11--10-2-0-0-16', '00-11--10-3-0-0-24', '01-10--10-2-0-0-16', '01-10--10-3-0-0-24'].map((name) => ({
      is: `alicloud_vpn_route_entry.north--south--${name}`, after,
    })))
  })

  it('uses the first connection and keeps the second in reserve', () => {
    const entries = bodies('alicloud_vpn_route_entry', routed)
    expect(entries.map(({ weight, publish_vpc }) => [weight, publish_vpc])).toEqual([[100, true], [100, true], [0, true], [0, true]])
    expect(entries[3]).toMatchObject({ vpn_gateway_id: gatewayExport(site, 'gateway_id'), next_hop: ref('alicloud_vpn_connection.north--south--01-10', 'id'), route_dest: '10.3.0.0/24' })
  })

  it('says nothing about BGP', () => {
    expect(bodies('alicloud_vpn_customer_gateway', routed)[0]).not.toHaveProperty('asn')
    const [connection] = bodies('alicloud_vpn_connection', routed)
    expect(connection?.['enable_tunnels_bgp']).toBe(false)
    expect(JSON.stringify(connection)).not.toContain('tunnel_bgp_config')
  })

  it('fills up a connection of one tunnel with an idle one', () => {
    const lone = { ...routed, connections: [{ id: '00', tunnels: [tunnel(0, 0, '169.254.10.0/30')] }] }
    const peer = ref('alicloud_vpn_customer_gateway.north--south--00', 'id')
    const key = [{ psk: new KeyReference('north--south--00@v1') }]
    expect(bodies('alicloud_vpn_connection', lone)[0]?.['tunnel_options_specification']).toMatchObject([
      { role: 'master', customer_gateway_id: peer, tunnel_ike_config: key }, { role: 'slave', customer_gateway_id: peer, tunnel_ike_config: key },
    ])
  })

  it('names routes of IPv6 networks without colons', () => {
    const routing = { ...toTwoNetworks, peerPrefixes: [Cidr.of('fd00::/64')] }
    expect(made({ ...half, routing }).at(-1)?.is).toMatch(/^alicloud_vpn_route_entry\.[a-z0-9-]+$/)
  })
})
