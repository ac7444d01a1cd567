import { cipherOffer, type EndView, type Half, resourceSetOf, type ResourceSet } from '@isthmus/core'
import { changed, resourcesOfLink } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { both, halfWith, siteWith, without } from '../test/samples.ts'
import { openstackFacts } from './facts.ts'
import { openstack } from './index.ts'
import { read } from './read.ts'

const planWith = (half: Half): ResourceSet => resourcesOfLink(openstack, siteWith(), half)
const plan = planWith(halfWith())
const connection = 'openstack_vpnaas_site_connection_v2.north--south--0'
const service = 'openstack_vpnaas_service_v2.north'
const ike = 'openstack_vpnaas_ike_policy_v2.north--south--aes-256-sha512-group14-28800s'
const ipsec = 'openstack_vpnaas_ipsec_policy_v2.north--south--aes-256-sha256-group14-3600s'
const groupOf = (side: string): string => `openstack_vpnaas_endpoint_group_v2.north--south--${side}`
const first = (set = plan): EndView | undefined => read(set)[0]

describe('read', () => {
  it('gives the half back', () => {
    expect(first()).toEqual({
      cloud: 'openstack',
      connection,
      at: {
        'outside.local': service, 'prefixes.local': groupOf('local'), 'prefixes.peer': groupOf('peer'), 'selectors.local': groupOf('local'), 'selectors.peer': groupOf('peer'),
        ikeVersion: ike, 'phase1.encryption': ike, 'phase1.integrity': ike, 'phase1.prf': ike, 'phase1.dhGroup': ike, 'phase1.lifetime': ike,
        'phase2.encryption': ipsec, 'phase2.integrity': ipsec, 'phase2.pfs': ipsec, 'phase2.lifetime': ipsec,
      },
      outside: { local: { token: `${service}.external_v4_ip` }, peer: '198.51.100.0' },
      routing: 'static',
      prefixes: { local: ['10.1.0.0/24', '10.1.1.0/24'], peer: ['10.2.0.0/16', '10.3.0.0/24'] },
      ikeVersion: 2,
      phase1: { encryption: ['aes-256-cbc'], integrity: ['sha2-512'], prf: ['prf-sha2-512'], dhGroup: [14], lifetime: { seconds: 28800, fixed: false } },
      phase2: { encryption: ['aes-256-cbc'], integrity: ['sha2-256'], pfs: [14], lifetime: { seconds: 3600, fixed: false } },
      key: { token: 'var.keys.north--south--00@v1' },
      initiates: true,
      mayIdle: false,
    })
    expect(read(plan)).toHaveLength(2)
  })

  it.each([
    ['peer address', connection, { peer_address: '192.0.2.9', peer_id: '192.0.2.9' }, { outside: { peer: '192.0.2.9' } }],
    ['peer address without the identity', connection, { peer_address: '192.0.2.9' }, { outside: { peer: { token: `${connection}.peer_id` } } }],
    ['identity of the peer', connection, { peer_id: 'vpn.example.org' }, { outside: { peer: { token: `${connection}.peer_id` } } }],
    ['identity of its own', connection, { local_id: 'vpn.example.org' }, { outside: { local: { token: `${connection}.local_id` } } }],
    ['key', connection, { psk: 'plain' }, { key: 'plain' }],
    ['unknown key', connection, { psk: null }, { key: { token: `${connection}.psk` } }],
    ['initiator', connection, { initiator: 'response-only' }, { initiates: false }],
    ['outside address', service, { external_v4_ip: '203.0.113.7' }, { outside: { local: '203.0.113.7' } }],
    ['list of the peer’s blocks', groupOf('peer'), { endpoints: ['10.2.0.0/16'] }, { prefixes: { peer: ['10.2.0.0/16'] } }],
    ['type of the peer’s group', groupOf('peer'), { type: 'subnet' }, { prefixes: { peer: [] } }],
    ['type of its own group', groupOf('local'), { type: 'cidr' }, { prefixes: { local: [] } }],
    ['connection without groups', connection, { local_ep_group_id: null, peer_ep_group_id: null }, { prefixes: { local: [], peer: [] } }],
    ['IKE version', ike, { ike_version: 'v1' }, { ikeVersion: 1 }],
    ['IKE version that is not stated', ike, { ike_version: null }, { ikeVersion: 1 }],
    ['group that is not stated', ike, { pfs: null }, { phase1: { dhGroup: [5] } }],
    ['group', ipsec, { pfs: 'group20' }, { phase2: { pfs: [20] } }],
    ['lifetime that is not stated', ipsec, { lifetime: null }, { phase2: { lifetime: { seconds: 3600 } } }],
    ['AEAD', ipsec, { encryption_algorithm: 'aes-256-gcm-16' }, { phase2: { encryption: ['aes-256-gcm-16'], integrity: [] } }],
    ['transport mode', ipsec, { encapsulation_mode: 'transport' }, { phase2: { encryption: [] } }],
    ['AH', ipsec, { transform_protocol: 'ah' }, { phase2: { encryption: [] } }],
    ['word that nobody can match', ike, { encryption_algorithm: 'aes-256-ccm-16' }, { phase1: { encryption: [] } }],
  ])('shows a changed %s', (_, address, values, expected) => {
    expect(first(changed(plan, address, values))).toMatchObject(expected)
  })

  it.each([
    ['connection', connection, 1],
    ['service', service, 0],
  ])('passes over what a switched-off %s would bring up', (_, address, ends) => {
    expect(read(changed(plan, address, { admin_state_up: false }))).toHaveLength(ends)
  })

  it('says what it does not know when only the connections are at hand', () => {
    const [end] = read(without(without(without(plan, '_policy_'), '_service_'), '_group_'))
    expect(end).toMatchObject({ outside: { local: { token: `${connection}.vpnservice_id.external_v4_ip` } }, prefixes: {}, phase1: { encryption: [] }, phase2: { pfs: [] } })
  })

  it('states selectors where a subnet of the router is left out, since no peer expects that', () => {
    const apps = { token: 'openstack_networking_router_interface_v2.north--apps.subnet_id' }
    expect(first()).not.toHaveProperty('selectors')
    expect(first(changed(plan, groupOf('local'), { endpoints: [apps] }))).toMatchObject({ selectors: { local: ['10.1.0.0/24'], peer: ['10.2.0.0/16', '10.3.0.0/24'] } })
  })

  it('states no blocks of its own unless all of its subnets are at hand', () => {
    expect(first(without(plan, 'subnet_v2.north--apps'))?.prefixes).toEqual({ peer: ['10.2.0.0/16', '10.3.0.0/24'] })
  })

  it('follows ids, which is how a state names everything', () => {
    const bare = (type: string, name: string, values: Readonly<Record<string, unknown>>) => ({ address: `openstack_${type}_v2.${name}`, type: `openstack_${type}_v2`, name, values: { id: `${type}-${name}`, ...values } })
    const state = resourceSetOf([
      bare('networking_subnet', 'apps', { cidr: '10.1.0.0/24' }),
      bare('vpnaas_service', 'north', { external_v4_ip: '203.0.113.7' }),
      bare('vpnaas_endpoint_group', 'local', { type: 'subnet', endpoints: ['networking_subnet-apps'] }),
      bare('vpnaas_site_connection', 'one', { vpnservice_id: 'vpnaas_service-north', local_ep_group_id: 'vpnaas_endpoint_group-local', peer_address: '198.51.100.9', peer_id: '198.51.100.9', psk: 'k' }),
    ])
    expect(first(state)).toMatchObject({ outside: { local: '203.0.113.7' }, prefixes: { local: ['10.1.0.0/24'] } })
  })

  it('reads the form of the first releases: a subnet of the service, blocks at the connection', () => {
    const legacy = without(changed(changed(plan, connection, { local_ep_group_id: null, peer_ep_group_id: null, peer_cidrs: ['10.9.0.0/16'] }), service, { subnet_id: { token: 'openstack_networking_subnet_v2.north--apps.id' } }), '_group_')
    expect(first(legacy)?.prefixes).toEqual({ local: ['10.1.0.0/24'], peer: ['10.9.0.0/16'] })
  })
})

describe('read of every suite that is offered', () => {
  const { phase1, phase2 } = cipherOffer(openstackFacts.ciphers)

  it.each(phase1.dhGroup)('understands group %s in phase 1', (dhGroup) => {
    const half = halfWith(both, { suite: { ...halfWith().suite, phase1: { ...halfWith().suite.phase1, dhGroup } } })
    expect(first(planWith(half))?.phase1.dhGroup).toEqual([dhGroup])
  })

  it.each(phase2.encryption)('understands %s in phase 2', (encryption) => {
    const authentication = encryption.includes('gcm') ? {} : { integrity: 'sha2-384' as const }
    const half = halfWith(both, { suite: { ...halfWith().suite, phase2: { encryption, ...authentication, pfs: 14 } } })
    expect(first(planWith(half))?.phase2).toMatchObject({ encryption: [encryption], integrity: Object.values(authentication) })
  })
})
