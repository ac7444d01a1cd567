import { describe, expect, it } from 'vitest'
import { inMemory, refused, sample } from './in-memory-cloud.fixture.ts'

describe('networks and subnets', () => {
  it('gives a subnet its gateway and its pool', () => {
    expect(sample().subnet).toMatchObject({ gateway_ip: '10.1.0.1', allocation_pool: [{ start: '10.1.0.2', end: '10.1.0.254' }] })
  })

  it('gives namesakes ids of their own', () => {
    const cloud = inMemory()
    expect(cloud.create('openstack_networking_network_v2', { name: 'net' })['id']).not.toBe(cloud.create('openstack_networking_network_v2', { name: 'net' })['id'])
  })

  it.each([
    ['a block that overlaps another', { cidr: '10.1.0.128/25' }, /overlaps with another subnet/],
    ['a block with host bits', { cidr: '10.1.1.1/24' }, /not a valid CIDR/],
    ['loopback addresses', { cidr: '127.0.0.0/24' }, /no block for a subnet/],
    ['a block too small for DHCP', { cidr: '10.1.1.0/31' }, /no block for a subnet/],
    ['a block of the other family', { cidr: '2001:db8::/64' }, /does not match the ip_version/],
    ['a network that is not there', { network_id: 'nowhere' }, /NetworkNotFound/],
  ])('refuses a subnet with %s', (_, change, message) => {
    const { cloud, network } = sample()
    expect(refused(() => cloud.create('openstack_networking_subnet_v2', { network_id: network['id'], cidr: '10.1.1.0/24', ip_version: 4, ...change }))).toMatch(message)
  })

  it('lets no project make an external network', () => {
    expect(refused(() => inMemory().create('openstack_networking_network_v2', { name: 'net', external: true }))).toMatch(/disallowed by policy/)
  })

  it('holds on to what is in use', () => {
    const { cloud, network, subnet, port } = sample()
    expect(refused(() => cloud.remove('openstack_networking_network_v2', network))).toMatch(/NetworkInUse/)
    expect(refused(() => cloud.remove('openstack_networking_subnet_v2', subnet))).toMatch(/SubnetInUseByEndpointGroup/)
    expect(refused(() => cloud.remove('openstack_networking_router_interface_v2', port))).toMatch(/SubnetInUseByEndpointGroup/)
  })

  it('holds on to a subnet that a router is attached to', () => {
    const { cloud, subnet, local } = sample()
    cloud.remove('openstack_vpnaas_endpoint_group_v2', local)
    expect(refused(() => cloud.remove('openstack_networking_subnet_v2', subnet))).toMatch(/SubnetInUse/)
  })
})

describe('routers', () => {
  it('have a public address where they have an external gateway', () => {
    expect(sample().router).toMatchObject({ external_fixed_ip: [{ ip_address: '203.0.113.1' }], enable_snat: true })
    expect(inMemory().create('openstack_networking_router_v2', { name: 'edge' })).toMatchObject({ external_fixed_ip: [], external_network_id: '' })
    expect(inMemory().create('openstack_networking_router_v2', { name: 'edge', external_network_id: '' })).toMatchObject({ external_fixed_ip: [] })
  })

  it.each([
    ['a network that is not there', 'nowhere', /NetworkNotFound/],
    ['a network of the project', undefined, /is not an external network/],
  ])('refuse %s as external network', (_, id, message) => {
    const { cloud, network } = sample()
    expect(refused(() => cloud.create('openstack_networking_router_v2', { name: 'other', external_network_id: id ?? network['id'] }))).toMatch(message)
  })

  it('cannot go or lose their external gateway while a VPN service uses them', () => {
    const { cloud, router } = sample()
    expect(refused(() => cloud.remove('openstack_networking_router_v2', router))).toMatch(/used by VPN service/)
    expect(refused(() => cloud.update(router, 'openstack_networking_router_v2', { external_network_id: '' }))).toMatch(/used by VPN service/)
  })

  it('cannot go while subnets are attached, and take each subnet once', () => {
    const { cloud, router, subnet, service } = sample()
    expect(refused(() => cloud.create('openstack_networking_router_interface_v2', { router_id: router['id'], subnet_id: subnet['id'] }))).toMatch(/already has a port/)
    const other = cloud.create('openstack_networking_router_v2', { name: 'other' })
    expect(refused(() => cloud.create('openstack_networking_router_interface_v2', { router_id: other['id'], subnet_id: subnet['id'] }))).toMatch(/IpAddressInUse/)
    cloud.remove('openstack_vpnaas_service_v2', service)
    expect(refused(() => cloud.remove('openstack_networking_router_v2', router))).toMatch(/still has ports/)
  })
})

describe('data sources', () => {
  it.each([
    ['openstack_networking_network_v2', { external: true }, { name: 'public', external: true }],
    ['openstack_networking_network_v2', { name: 'net' }, { name: 'net', admin_state_up: 'true', status: 'ACTIVE' }],
    ['openstack_networking_subnet_v2', { name: 'apps' }, { cidr: '10.1.0.0/24' }],
    ['openstack_networking_router_v2', { name: 'edge' }, { status: 'ACTIVE' }],
  ])('%s finds %o', (kind, config, expected) => {
    expect(sample().cloud.data(kind, config)).toMatchObject(expected)
  })

  it('tell what a network has', () => {
    const { cloud, network, subnet } = sample()
    expect(cloud.data('openstack_networking_network_v2', { network_id: network['id'] })['subnets']).toEqual([subnet['id']])
  })

  it('tell by its ports which router a network is attached to', () => {
    const { cloud, network, router, port } = sample()
    const owner = 'network:router_interface'
    expect(cloud.data('openstack_networking_port_ids_v2', { network_id: network['id'], device_owner: owner })['ids']).toEqual([port['id']])
    expect(cloud.data('openstack_networking_port_ids_v2', { network_id: network['id'], device_owner: `${owner}_distributed` })['ids']).toEqual([])
    expect(cloud.data('openstack_networking_port_v2', { port_id: port['id'] })).toMatchObject({ device_id: router['id'], device_owner: owner, all_fixed_ips: ['10.1.0.1'] })
  })

  it('refuse a query that fits none, or more than one', () => {
    const { cloud } = sample()
    expect(refused(() => cloud.data('openstack_networking_network_v2', { external: true, name: 'net' }))).toMatch(/returned no results/)
    expect(refused(() => cloud.data('openstack_networking_network_v2', {}))).toMatch(/more than one/)
  })
})
