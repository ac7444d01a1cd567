import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { sample } from './sample.fixture.ts'

const links = 'https://www.googleapis.com/compute/v1/'

describe('ids of Google Cloud', () => {
  it('are paths, and links to them', () => {
    const { network, subnetwork, gateway, router, peer } = sample()
    expect(network).toMatchObject({ id: 'projects/p/global/networks/net', self_link: `${links}projects/p/global/networks/net`, project: 'p', network_id: expect.stringMatching(/^\d{19}$/) })
    expect(subnetwork).toMatchObject({ id: 'projects/p/regions/asia-northeast3/subnetworks/work', region: 'asia-northeast3' })
    expect(gateway['id']).toBe('projects/p/regions/asia-northeast3/vpnGateways/gw')
    expect(router['id']).toBe('projects/p/regions/asia-northeast3/routers/router')
    expect(peer['id']).toBe('projects/p/global/externalVpnGateways/peer')
  })

  it('exist once', () => {
    const { make, network } = sample()
    expect(refusalOf(() => make('network', { name: 'net' })).detail).toBe("The resource 'projects/p/global/networks/net' already exists, alreadyExists")
    expect(() => make('network', { name: 'net', project: 'q' })).not.toThrow()
    expect(refusalOf(() => make('ha_vpn_gateway', { name: 'gw', network: network['id'] })).detail).toContain('alreadyExists')
    expect(() => make('ha_vpn_gateway', { name: 'gw', network: network['id'], region: 'us-east4' })).not.toThrow()
  })

  it.each(['projects/p/global/networks/net', `${links}projects/p/global/networks/net`, 'global/networks/net', 'net'])('can be referred to as %s', (network) => {
    const { make } = sample()
    expect(() => make('router', { name: 'second', network, bgp: [{ asn: 64604 }] })).not.toThrow()
    expect(refusalOf(() => make('router', { name: 'third', network: `${network}-2` })).detail).toContain('notFound')
  })

  it('are found at an import', () => {
    const { cloud } = sample()
    const imported = (id: string): string | undefined => cloud.cloud.behaviours['google_compute_network']?.importId?.(id, cloud.context('google_compute_network'))
    expect(['net', 'projects/p/global/networks/net'].map(imported)).toEqual(Array.from({ length: 2 }, () => 'projects/p/global/networks/net'))
    expect(imported('none')).toBe('none')
  })

  it.each([['Net', 'net-2'], ['-net', 'n'], ['net-', 'n1'], ['1net', 'n-1'], ['net_2', 'net-2'], [`n${'x'.repeat(63)}`, `n${'x'.repeat(62)}`], ['', 'n']])('refuse the name "%s" and accept "%s"', (refused, accepted) => {
    const { make } = sample()
    expect(refusalOf(() => make('network', { name: refused }))).toMatchObject({ detail: expect.stringContaining("doesn't match regexp"), path: ['name'] })
    expect(make('network', { name: accepted })['name']).toBe(accepted)
  })
})

describe('labels', () => {
  it('join those of the provider and its own one', () => {
    const { make, cloud } = sample()
    cloud.provider['default_labels'] = { team: 'net' }
    const labels = { 'goog-terraform-provisioned': 'true', team: 'net', site: 'one' }
    const address = make('address', { name: 'a', labels: { site: 'one' } })
    expect(address).toMatchObject({ effective_labels: labels, terraform_labels: labels })
    expect(cloud.update(address, 'google_compute_address', { labels: { site: 'two' } })).toMatchObject({ effective_labels: { ...labels, site: 'two' }, address: address['address'] })
    cloud.provider['default_labels'] = {}
    cloud.provider['add_terraform_attribution_label'] = false
    expect(make('address', { name: 'b' })).toMatchObject({ effective_labels: {}, label_fingerprint: '42WmSpB8rSM=' })
  })
})

describe('a network', () => {
  it('stays while something is inside', () => {
    const { cloud, network, subnetwork, gateway, router } = sample()
    expect(refusalOf(() => cloud.remove('google_compute_network', network)).detail).toContain("The network resource 'projects/p/global/networks/net' is already being used by")
    cloud.remove('google_compute_subnetwork', subnetwork)
    cloud.remove('google_compute_ha_vpn_gateway', gateway)
    cloud.remove('google_compute_router', router)
    expect(() => cloud.remove('google_compute_network', network)).not.toThrow()
  })
})

describe('a subnetwork', () => {
  it('computes what the API computes', () => {
    expect(sample().subnetwork).toMatchObject({ gateway_address: '10.30.1.1', purpose: 'PRIVATE', stack_type: 'IPV4_ONLY', secondary_ip_range: [], fingerprint: expect.stringMatching(/^[\w+/]{11}=$/) })
  })

  it.each([
    ['host bits', '10.30.2.1/24', '10.30.2.0/24', 'Must be a CIDR address range'],
    ['a range that is too small', '10.30.2.0/30', '10.30.2.0/29', 'Must be a CIDR address range'],
    ['a range of the network in use', '10.30.0.0/16', '10.31.0.0/16', "conflicts with existing subnetwork 'work'"],
    ['link-local addresses', '169.254.10.0/24', '169.253.10.0/24', 'reserved'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const { make, network } = sample()
    expect(refusalOf(() => make('subnetwork', { name: 'two', network: network['id'], region: 'us-east4', ip_cidr_range: refused }))).toMatchObject({ detail: expect.stringContaining(detail), path: ['ip_cidr_range'] })
    expect(() => make('subnetwork', { name: 'two', network: network['id'], region: 'us-east4', ip_cidr_range: accepted })).not.toThrow()
  })

  it('shares a range with one of another network', () => {
    const { make } = sample()
    const other = make('network', { name: 'other' })
    expect(() => make('subnetwork', { name: 'two', network: other['id'], ip_cidr_range: '10.30.1.0/24' })).not.toThrow()
  })

  it('grows in place and is replaced where it shrinks', () => {
    const { cloud, subnetwork } = sample()
    const replaces = (range: string): unknown => cloud.cloud.behaviours['google_compute_subnetwork']?.replaces?.(subnetwork, { ...subnetwork, ip_cidr_range: range })
    expect(replaces('10.30.0.0/23')).toEqual([])
    expect(replaces('10.30.1.0/25')).toEqual(['ip_cidr_range'])
    expect(cloud.update(subnetwork, 'google_compute_subnetwork', { ip_cidr_range: '10.30.0.0/23' })['ip_cidr_range']).toBe('10.30.0.0/23')
    expect(refusalOf(() => cloud.update(subnetwork, 'google_compute_subnetwork', { ip_cidr_range: '10.30.1.0/25' })).detail).toContain('can only grow')
  })
})

describe('an address', () => {
  it('knows its users and stays while it has some', () => {
    const { cloud, make, network } = sample()
    const address = make('address', { name: 'ip' })
    const gateway = make('vpn_gateway', { name: 'classic', network: network['id'] })
    const rule = make('forwarding_rule', { name: 'esp', ip_address: address['address'], ip_protocol: 'ESP', target: gateway['self_link'] })
    expect(cloud.read('google_compute_address', address)['users']).toEqual([rule['self_link']])
    expect(refusalOf(() => cloud.remove('google_compute_address', address)).detail).toContain('is already being used by')
    cloud.remove('google_compute_forwarding_rule', rule)
    expect(cloud.read('google_compute_address', address)['users']).toEqual([])
    expect(() => cloud.remove('google_compute_address', address)).not.toThrow()
  })
})

it('a network shows its subnetworks to who looks it up', () => {
  const { cloud, network, subnetwork, make } = sample()
  make('network', { name: 'other', auto_create_subnetworks: false })
  make('subnetwork', { name: 'apps', network: 'other', ip_cidr_range: '10.99.1.0/24' })
  expect(cloud.read('google_compute_network', network)['subnetworks_self_links']).toEqual([subnetwork['self_link']])
})
