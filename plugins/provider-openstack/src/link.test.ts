import { KeyReference, networkExport, ref, type Resource } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { both, halfWith, siteWith, tunnel } from '../test/samples.ts'
import { link } from './link.ts'

const site = siteWith()
const made = (half = halfWith()): readonly Resource[] => link(site, half).resources
const bodies = (type: string, half = halfWith()): Resource['body'][] => made(half).filter((resource) => resource.type === `openstack_vpnaas_${type}_v2`).map(({ body }) => body)

describe('link', () => {
  it('makes a connection for each address of the peer, all with the same policies and groups', () => {
    const connections = bodies('site_connection')
    expect(connections.map((body) => [body['name'], body['peer_address'], body['peer_id'], body['psk']])).toEqual([
      ['mesh-north--south--0', '198.51.100.0', '198.51.100.0', new KeyReference('north--south--00@v1')],
      ['mesh-north--south--1', '198.51.100.1', '198.51.100.1', new KeyReference('north--south--01@v1')],
    ])
    expect(new Set(connections.map((body) => JSON.stringify([body['ikepolicy_id'], body['ipsecpolicy_id'], body['local_ep_group_id'], body['peer_ep_group_id']]))).size).toBe(1)
  })

  it('names the subnets of the site and the blocks of the peer in groups of the types that the cloud wants', () => {
    expect(bodies('endpoint_group')).toEqual([
      { name: 'mesh-north--south--local', type: 'subnet', endpoints: networkExport(site, 'subnet_ids') },
      { name: 'mesh-north--south--peer', type: 'cidr', endpoints: ['10.2.0.0/16', '10.3.0.0/24'] },
    ])
  })

  it('replaces connections with a group of theirs: a group in use cannot go', () => {
    const groups = ['local', 'peer'].map((side) => `openstack_vpnaas_endpoint_group_v2.north--south--${side}`)
    expect(made().filter(({ type }) => type.includes('site_connection')).map(({ replacedWith }) => replacedWith)).toEqual([groups, groups])
  })

  it('writes one algorithm per role', () => {
    expect(bodies('ike_policy')).toEqual([{
      name: 'mesh-north--south', ike_version: 'v2', phase1_negotiation_mode: 'main', encryption_algorithm: 'aes-256', auth_algorithm: 'sha512', pfs: 'group14',
      lifetime: [{ units: 'seconds', value: 28800 }],
    }])
    expect(bodies('ipsec_policy')).toEqual([{
      name: 'mesh-north--south', transform_protocol: 'esp', encapsulation_mode: 'tunnel', encryption_algorithm: 'aes-256', auth_algorithm: 'sha256', pfs: 'group14',
      lifetime: [{ units: 'seconds', value: 3600 }],
    }])
  })

  it('gives another suite policies of other addresses: one in use cannot be changed', () => {
    const { suite } = halfWith()
    const names = (half = halfWith()): string[] => made(half).filter(({ type }) => type.includes('policy')).map(({ name }) => name)
    expect(names()).toEqual(['north--south--aes-256-sha512-group14-28800s', 'north--south--aes-256-sha256-group14-3600s'])
    expect(names(halfWith(both, { suite: { ...suite, phase1: { ...suite.phase1, dhGroup: 21 } } }))).toEqual(['north--south--aes-256-sha512-group21-28800s', 'north--south--aes-256-sha256-group14-3600s'])
    expect(names(halfWith(both, { lifetimes: { phase1: 3600, phase2: 600 } }))).toEqual(['north--south--aes-256-sha512-group14-3600s', 'north--south--aes-256-sha256-group14-600s'])
    expect(bodies('site_connection')[0]).toMatchObject({ ikepolicy_id: ref('openstack_vpnaas_ike_policy_v2.north--south--aes-256-sha512-group14-28800s', 'id') })
  })

  it.each([
    ['starts', true, 'bi-directional', 'restart'],
    ['waits', false, 'response-only', 'clear'],
  ])('tells an end that %s', (_, initiates, initiator, action) => {
    expect(bodies('site_connection', halfWith(both, { initiates }))[0]).toMatchObject({ initiator, dpd: [{ action, interval: 15, timeout: 45 }] })
  })

  it('probes before the time-out ends, however short it is', () => {
    expect(bodies('site_connection', halfWith(both, { dpdTimeout: 2 }))[0]).toMatchObject({ dpd: [{ interval: 1, timeout: 2 }] })
  })

  it.each([
    ['BGP', halfWith(both, { routing: { mode: 'bgp', localAsn: 65000, peerAsn: 64601, peerPrefixes: [] } }), /bgp routing/],
    ['a connection of two tunnels', halfWith([{ id: '0', tunnels: [tunnel(0), tunnel(1)] }]), /2 tunnels/],
    ['a connection without a tunnel', halfWith([{ id: '0', tunnels: [] }]), /0 tunnels/],
    ['an algorithm that is not offered', halfWith(both, { suite: { ...halfWith().suite, phase2: { encryption: '3des-cbc', integrity: 'sha2-256', pfs: 14 } } }), /3des-cbc/],
  ])('refuses %s', (_, half, message) => {
    expect(() => link(site, half)).toThrow(message)
  })
})
