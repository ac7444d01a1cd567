import { gatewayExport, KeyReference, networkExport, ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { full, halfWith, parallel, siteWith, statically, tunnel } from '../test/samples.ts'
import { link } from './link.ts'

const site = siteWith()
const bodies = (half: ReturnType<typeof halfWith>, type: string) => link(site, half).resources.filter((resource) => resource.type === type).map(({ body }) => body)
const connections = (half: ReturnType<typeof halfWith>) => bodies(half, 'ibm_is_vpn_gateway_connection')

describe('link under BGP', () => {
  it('makes two policies and a connection for each address of the peer, and exports nothing', () => {
    const { resources, exports } = link(site, halfWith(full))
    expect(resources.map(({ type, name }) => `${type}.${name}`)).toEqual([
      'ibm_is_ike_policy.north--south',
      'ibm_is_ipsec_policy.north--south',
      'ibm_is_vpn_gateway_connection.north--south--0',
      'ibm_is_vpn_gateway_connection.north--south--1',
    ])
    expect(exports).toEqual({})
  })

  it('states everything, and the inside addresses of both members', () => {
    expect(connections(halfWith(full))[1]).toEqual({
      name: 'mesh-north--south--1',
      vpn_gateway: gatewayExport(site, 'gateway_id'),
      preshared_key: new KeyReference('north--south--1@v1'),
      peer: [{ address: '198.51.100.1', asn: 64601 }],
      ike_policy: ref('ibm_is_ike_policy.north--south', 'id'),
      ipsec_policy: ref('ibm_is_ipsec_policy.north--south', 'id'),
      establish_mode: 'bidirectional',
      admin_state_up: true,
      routing_protocol: 'bgp',
      action: 'restart',
      interval: 15,
      timeout: 45,
      tunnel: [
        { tunnel_interface_ip: '169.254.10.10', neighbor_ip: '169.254.10.9' },
        { tunnel_interface_ip: '169.254.10.14', neighbor_ip: '169.254.10.13' },
      ],
      distribute_traffic: false,
      timeouts: { delete: '30m' },
    })
  })

  it('gives an idle member a block that no link has, at its own position', () => {
    expect(connections(halfWith(parallel)).map((body) => body['tunnel'])).toEqual([
      [{ tunnel_interface_ip: '169.254.21.2', neighbor_ip: '169.254.21.1' }, { tunnel_interface_ip: '169.254.85.2', neighbor_ip: '169.254.85.1' }],
      [{ tunnel_interface_ip: '169.254.86.2', neighbor_ip: '169.254.86.1' }, { tunnel_interface_ip: '169.254.22.2', neighbor_ip: '169.254.22.1' }],
    ])
  })

  it('finds the member of a tunnel by its slot, not by its position', () => {
    const [first] = full
    const reversed = [{ id: '0', tunnels: (first?.tunnels ?? []).toReversed() }]
    expect(connections(halfWith(reversed))[0]?.['tunnel']).toEqual(connections(halfWith(full))[0]?.['tunnel'])
  })

  it('writes one algorithm per role', () => {
    expect(bodies(halfWith(full), 'ibm_is_ike_policy')).toEqual([
      { name: 'mesh-north--south', ike_version: 2, encryption_algorithms: ['aes256'], authentication_algorithms: ['sha512'], dh_groups: [21], key_lifetime: 28800 },
    ])
    expect(bodies(halfWith(full), 'ibm_is_ipsec_policy')).toEqual([
      { name: 'mesh-north--south', encryption_algorithms: ['aes256gcm16'], authentication_algorithms: ['disabled'], pfs_groups: ['group_21'], key_lifetime: 3600 },
    ])
  })

  it('authenticates a phase 2 that does not do so by itself', () => {
    const suite = { ...halfWith([]).suite, phase2: { encryption: 'aes-128-cbc', integrity: 'sha2-384', pfs: 'none' } as const }
    expect(bodies(halfWith(full, { suite }), 'ibm_is_ipsec_policy')[0]).toMatchObject({ encryption_algorithms: ['aes128'], authentication_algorithms: ['sha384'], pfs_groups: ['disabled'] })
  })

  it('waits when the other end starts, and keeps the timers of the cloud where nobody sets them', () => {
    const [waiting] = connections(halfWith(full, { initiates: false }))
    expect(waiting).toMatchObject({ establish_mode: 'peer_only', action: 'clear' })
    expect(connections(halfWith(full, { dpdTimeout: undefined }))[0]).not.toHaveProperty('timeout')
    expect(connections(halfWith(full, { dpdTimeout: 2 }))[0]).toMatchObject({ interval: 1, timeout: 2 })
  })

  it('refuses a transform that IBM Cloud does not have', () => {
    const suite = { ...halfWith([]).suite, phase1: { encryption: 'aes-256-gcm-16', prf: 'prf-sha2-512', dhGroup: 21 } as const }
    expect(() => link(site, halfWith(full, { suite }))).toThrow(/aes-256-gcm-16/)
  })

  it.each([
    ['no tunnel', []],
    ['two peer addresses', [tunnel(0, 0, '169.254.10.0/30'), tunnel(1, 1, '169.254.10.4/30')]],
    ['two keys', [tunnel(0, 0, '169.254.10.0/30'), { ...tunnel(1, 0, '169.254.10.4/30'), key: new KeyReference('other@v1') }]],
    ['two tunnels at one member', [tunnel(0, 0, '169.254.10.0/30'), tunnel(0, 0, '169.254.10.4/30')]],
  ])('refuses a connection with %s', (_, tunnels) => {
    expect(() => link(site, halfWith([{ id: '0', tunnels }]))).toThrow(/north--south--0/)
  })
})

describe('link under static routing', () => {
  const half = halfWith(full, { routing: statically })
  const routes = link(site, half).resources.filter(({ type }) => type === 'ibm_is_vpc_routing_table_route')

  it('has no BGP in its connections, and uses both members', () => {
    for (const body of connections(half)) {
      expect(body).toMatchObject({ routing_protocol: 'none', distribute_traffic: true })
      expect(body['peer']).toEqual([{ address: expect.any(String) }])
      expect(body).not.toHaveProperty('tunnel')
    }
    expect(connections(halfWith(parallel, { routing: statically })).map((body) => body['distribute_traffic'])).toEqual([false, false])
  })

  it('routes each prefix in each zone over each connection, which has a priority of its own', () => {
    expect(routes.map(({ body }) => [body['zone'], body['destination'], body['priority']])).toEqual(
      ['jp-tok-1', 'jp-tok-2'].flatMap((zone) => ['10.2.0.0/16', '10.3.0.0/24'].flatMap((prefix) => [0, 1].map((priority) => [zone, prefix, priority]))),
    )
    expect(routes[1]).toMatchObject({
      name: 'north--south--1--jp-tok-1--10-2-0-0-16',
      body: {
        name: 'mesh-north--south--1--jp-tok-1--10-2-0-0-16',
        vpc: networkExport(site, 'vpc_id'),
        routing_table: networkExport(site, 'routing_table_id'),
        action: 'deliver',
        next_hop: ref('ibm_is_vpn_gateway_connection.north--south--1', 'gateway_connection'),
      },
    })
  })

  it('makes one route after the other, and the first behind all connections', () => {
    const names = routes.map(({ type, name }) => `${type}.${name}`)
    expect(routes.map(({ dependsOn }) => dependsOn)).toEqual([
      ['ibm_is_vpn_gateway_connection.north--south--0', 'ibm_is_vpn_gateway_connection.north--south--1'],
      ...names.slice(0, -1).map((name) => [name]),
    ])
  })

  it('cuts the names of routes to what the cloud takes, and keeps them apart', () => {
    const long = halfWith(full, { routing: statically, label: `mesh-${'n'.repeat(50)}` })
    const names = bodies(long, 'ibm_is_vpc_routing_table_route').map((body) => String(body['name']))
    expect(new Set(names).size).toBe(8)
    for (const name of names) expect(name.length).toBeLessThanOrEqual(63)
  })

  it('takes no more connections than there are priorities', () => {
    const many = (count: number) => Array.from({ length: count }, (_, slot) => ({ id: `${slot}`, tunnels: [tunnel(0, slot, `169.254.10.${slot * 4}/30`)] }))
    expect(() => link(site, halfWith(many(5), { routing: statically }))).not.toThrow()
    expect(() => link(site, halfWith(many(6), { routing: statically }))).toThrow(/5 priorities/)
  })
})
