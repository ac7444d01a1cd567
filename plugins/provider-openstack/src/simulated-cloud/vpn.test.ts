import { describe, expect, it } from 'vitest'
import { refused, sample } from './in-memory-cloud.fixture.ts'

describe('VPN services', () => {
  it('have the address of their router and become active with their first connection', () => {
    const { cloud, service, connect } = sample()
    expect(service).toMatchObject({ external_v4_ip: '203.0.113.1', status: 'PENDING_CREATE' })
    connect()
    expect(cloud.read('openstack_vpnaas_service_v2', service)).toMatchObject({ status: 'ACTIVE' })
  })

  it('refuse a router that is not there or has no external gateway, and a subnet that is not attached', () => {
    const { cloud, router } = sample()
    const inner = cloud.create('openstack_networking_router_v2', { name: 'inner' })
    expect(refused(() => cloud.create('openstack_vpnaas_service_v2', { router_id: 'nowhere' }))).toMatch(/RouterNotFound/)
    expect(refused(() => cloud.create('openstack_vpnaas_service_v2', { router_id: inner['id'] }))).toMatch(/has no external network gateway set/)
    expect(refused(() => cloud.create('openstack_vpnaas_service_v2', { router_id: router['id'], subnet_id: 'nowhere' }))).toMatch(/is not connected to Router/)
  })

  it('stay while a connection uses them', () => {
    const { cloud, service, connect } = sample()
    connect()
    expect(refused(() => cloud.remove('openstack_vpnaas_service_v2', service))).toMatch(/still in use/)
  })
})

describe('policies', () => {
  it.each(['ike', 'ipsec'] as const)('of %s can be neither changed nor removed while a connection uses them', (name) => {
    const { cloud, connect, [name]: policy } = sample()
    expect(cloud.update(policy, `openstack_vpnaas_${name}_policy_v2`, { pfs: 'group14' })).toMatchObject({ pfs: 'group14' })
    connect()
    expect(refused(() => cloud.update(policy, `openstack_vpnaas_${name}_policy_v2`, { pfs: 'group15' }))).toMatch(/in use by existing IPsecSiteConnection/)
    expect(refused(() => cloud.remove(`openstack_vpnaas_${name}_policy_v2`, policy))).toMatch(/in use by existing IPsecSiteConnection/)
  })

  it.each([
    [{ units: 'seconds', value: 59 }, /at least 60/],
    [{ units: 'kilobytes', value: 3600 }, /not in \['seconds'\]/],
  ])('refuse a lifetime of %o', (lifetime, message) => {
    expect(refused(() => sample().cloud.create('openstack_vpnaas_ike_policy_v2', { name: 'q', lifetime: [lifetime] }))).toMatch(message)
  })

  it('have an hour where nothing is said', () => {
    expect(sample().ike).toMatchObject({ lifetime: [{ units: 'seconds', value: 3600 }] })
  })
})

describe('endpoint groups', () => {
  it.each([
    ['no endpoint', { type: 'cidr', endpoints: [] }, /No endpoints specified/],
    ['a block that is none', { type: 'cidr', endpoints: ['10.2.0.1/16'] }, /not a valid CIDR/],
    ['a subnet that is not there', { type: 'subnet', endpoints: ['nowhere'] }, /unknown subnet/],
    ['a type that VPN does not use', { type: 'vlan', endpoints: ['4'] }, /InvalidEndpointInEndpointGroup/],
  ])('refuse %s', (_, config, message) => {
    expect(refused(() => sample().cloud.create('openstack_vpnaas_endpoint_group_v2', config))).toMatch(message)
  })

  it('stay while a connection uses them', () => {
    const { cloud, local, peer, connect } = sample()
    connect()
    expect([local, peer].map((group) => refused(() => cloud.remove('openstack_vpnaas_endpoint_group_v2', group)))).toEqual([expect.stringMatching(/is in use/), expect.stringMatching(/is in use/)])
  })
})

describe('site connections', () => {
  it('fill what nobody said', () => {
    expect(sample().connect()).toMatchObject({ initiator: 'bi-directional', mtu: 1500, dpd: [{ action: 'hold', interval: 30, timeout: 120 }] })
  })

  it.each([
    ['a name that cannot be resolved', { peer_address: 'vpn.example.org' }, /cannot be resolved/],
    ['an IPv6 peer', { peer_address: '2001:db8::9' }, /no IPv6 subnet/],
    ['a time-out that is not longer than the interval', { dpd: [{ interval: 30, timeout: 30 }] }, /dpd_timeout is equal to or less than dpd_interval/],
    ['an unknown action', { dpd: [{ action: 'reboot' }] }, /is not in/],
    ['an unknown initiator', { initiator: 'never' }, /initiator/],
    ['packets that are too small', { mtu: 60 }, /MTU 60 is too small/],
    ['a key that is too long', { psk: 'k'.repeat(256) }, /at most 255 characters/],
    ['a missing group', { local_ep_group_id: null }, /Missing endpoint group local_ep_group_id/],
    ['blocks beside groups', { peer_cidrs: ['10.2.0.0/16'] }, /cannot be specified, when using endpoint groups/],
    ['a service that is not there', { vpnservice_id: 'nowhere' }, /VPNServiceNotFound/],
    ['a policy that is not there', { ikepolicy_id: 'nowhere' }, /IKEPolicyNotFound/],
  ])('refuse %s', (_, change, message) => {
    const { connect } = sample()
    expect(refused(() => connect(change))).toMatch(message)
  })

  it('refuse groups of the wrong type, on either side', () => {
    const { connect, local, peer } = sample()
    expect(refused(() => connect({ local_ep_group_id: peer['id'] }))).toMatch(/should be 'subnet'/)
    expect(refused(() => connect({ peer_ep_group_id: local['id'] }))).toMatch(/should be 'cidr'/)
  })

  it('refuse a subnet that is not attached to the router of the service', () => {
    const { cloud, network, connect } = sample()
    const loose = cloud.create('openstack_networking_subnet_v2', { network_id: network['id'], cidr: '10.1.1.0/24', ip_version: 4 })
    const group = cloud.create('openstack_vpnaas_endpoint_group_v2', { name: 'loose', type: 'subnet', endpoints: [loose['id']] })
    expect(refused(() => connect({ local_ep_group_id: group['id'] }))).toMatch(/is not connected to Router/)
  })

  it('of a service with a subnet take blocks and no groups', () => {
    const { cloud, router, subnet, connect } = sample()
    const legacy = cloud.create('openstack_vpnaas_service_v2', { name: 'legacy', router_id: router['id'], subnet_id: subnet['id'] })
    const bare = { vpnservice_id: legacy['id'], local_ep_group_id: null, peer_ep_group_id: null }
    expect(connect({ ...bare, peer_cidrs: ['10.2.0.0/16'] })).toHaveProperty('id')
    expect(refused(() => connect(bare))).toMatch(/Missing peer CIDRs/)
    expect(refused(() => connect({ vpnservice_id: legacy['id'] }))).toMatch(/cannot be specified, when VPN Service has subnet specified/)
  })
})
