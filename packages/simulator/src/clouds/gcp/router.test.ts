import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { type Sample, sample } from './sample.fixture.ts'

interface Joined extends Sample {
  join(name: string, change?: Attributes): Attributes
  speak(name: string, change?: Attributes): Attributes
}

function joined(): Joined {
  const made = sample()
  made.tunnel('t-0')
  made.tunnel('t-1', { vpn_gateway_interface: 1, peer_external_gateway_interface: 1 })
  return {
    ...made,
    join: (name, change = {}) => made.make('router_interface', { name, router: 'router', vpn_tunnel: 't-0', ip_range: '169.254.10.2/30', ...change }),
    speak: (name, change = {}) => made.make('router_peer', { name, router: 'router', interface: 'if-0', peer_asn: 64601, ...change }),
  }
}

describe('a router', () => {
  it.each([[64511, 64512], [65535, 65534], [4199999999, 4200000000], [4294967295, 4294967294], [15169, 16550]])('refuses the number %d and accepts %d', (refused, accepted) => {
    const { make } = sample()
    expect(refusalOf(() => make('router', { name: 'second', network: 'net', bgp: [{ asn: refused }] }))).toMatchObject({ detail: expect.stringContaining('RFC6996'), path: ['bgp', 0, 'asn'] })
    expect(make('router', { name: 'second', network: 'net', bgp: [{ asn: accepted }] })['bgp']).toEqual([{ asn: accepted, identifier_range: '' }])
  })

  it('stays while a tunnel or an interface uses it', () => {
    const { cloud, router, tunnel } = sample()
    const made = tunnel('t')
    expect(refusalOf(() => cloud.remove('google_compute_router', router)).detail).toContain(String(made['id']))
    cloud.remove('google_compute_vpn_tunnel', made)
    expect(() => cloud.remove('google_compute_router', router)).not.toThrow()
  })
})

describe('a router interface', () => {
  it('has an id of three parts', () => {
    expect(joined().join('if-0')).toMatchObject({ id: 'asia-northeast3/router/if-0', ip_version: 'IPV4', redundant_interface: '' })
    expect(joined().join('if-0', { ip_range: undefined })['ip_range']).toMatch(/^169\.254\.\d+\.\d+\/30$/)
  })

  it.each([
    ['a short name', { name: 'i' }, { name: 'i0' }, 'at least 2 characters'],
    ['another prefix length', { ip_range: '169.254.10.2/29' }, { ip_range: '169.254.10.2/30' }, 'must be a /30'],
    ['an address that is not link-local', { ip_range: '10.0.0.2/30' }, { ip_range: '169.254.0.2/30' }, 'must be a /30'],
    ['a network address', { ip_range: '169.254.10.0/30' }, { ip_range: '169.254.10.1/30' }, 'network or broadcast address'],
    ['a broadcast address', { ip_range: '169.254.10.3/30' }, { ip_range: '169.254.10.2/30' }, 'network or broadcast address'],
    ['no range', { ip_range: 'none' }, { ip_range: '169.254.10.2/30' }, 'must be a /30'],
    ['a tunnel that is not there', { vpn_tunnel: 'none' }, { vpn_tunnel: 't-1' }, 'notFound'],
    ['a router that is not there', { router: 'none' }, {}, 'notFound'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const { join } = joined()
    expect(refusalOf(() => join('if-0', refused)).detail).toContain(detail)
    expect(() => join('if-0', accepted)).not.toThrow()
  })

  it('shares its range with no interface of any router of the network', () => {
    const { make, join } = joined()
    join('if-0')
    expect(refusalOf(() => join('if-1', { vpn_tunnel: 't-1', ip_range: '169.254.10.1/30' })).detail).toContain('overlaps')
    const second = make('router', { name: 'second', network: 'net', bgp: [{ asn: 64604 }] })
    expect(refusalOf(() => make('router_interface', { name: 'if-1', router: second['name'], ip_range: '169.254.10.1/30' })).detail).toContain('overlaps')
    const other = make('router', { name: 'other', network: make('network', { name: 'other' })['id'], bgp: [{ asn: 64604 }] })
    expect(() => make('router_interface', { name: 'if-1', router: other['name'], ip_range: '169.254.10.1/30' })).not.toThrow()
    expect(() => join('if-1', { vpn_tunnel: 't-1', ip_range: '169.254.10.6/30' })).not.toThrow()
  })

  it('has a tunnel of its own, of the same router', () => {
    const { make, join } = joined()
    join('if-0')
    expect(refusalOf(() => join('if-1', { ip_range: '169.254.10.6/30' })).detail).toContain('linked to the interface if-0 already')
    make('router', { name: 'second', network: 'net', bgp: [{ asn: 64604 }] })
    expect(refusalOf(() => join('if-1', { router: 'second', vpn_tunnel: 't-1', ip_range: '169.254.10.6/30' })).detail).toContain('does not use this router')
  })

  it('keeps its tunnel, and stays while a peer uses it', () => {
    const { cloud, join, speak } = joined()
    const made = join('if-0')
    const peer = speak('peer')
    expect(refusalOf(() => cloud.remove('google_compute_vpn_tunnel', { id: 'projects/p/regions/asia-northeast3/vpnTunnels/t-0' })).detail).toContain(String(made['id']))
    expect(refusalOf(() => cloud.remove('google_compute_router_interface', made)).detail).toContain(String(peer['id']))
    cloud.remove('google_compute_router_peer', peer)
    expect(() => cloud.remove('google_compute_router_interface', made)).not.toThrow()
  })
})

describe('a BGP peer', () => {
  it('computes both addresses from its interface', () => {
    const { join, speak } = joined()
    join('if-0')
    expect(speak('peer')).toMatchObject({
      id: 'projects/p/regions/asia-northeast3/routers/router/peer', ip_address: '169.254.10.2', peer_ip_address: '169.254.10.1', enable_ipv4: true, management_type: 'MANAGED_BY_USER', bfd: [],
    })
  })

  it.each([
    ['the number of the router', { peer_asn: 64603 }, { peer_asn: 64602 }, 'must differ from the ASN of the router'],
    ['the number 0', { peer_asn: 0 }, { peer_asn: 1 }, '1 to 4294967295'],
    ['an interface that is not there', { interface: 'none' }, {}, 'has no such interface'],
    ['another address than its interface', { ip_address: '169.254.10.1' }, { ip_address: '169.254.10.2' }, 'must be that of the interface'],
    ['a peer outside the range', { peer_ip_address: '169.254.10.5' }, { peer_ip_address: '169.254.10.1' }, 'other usable one'],
    ['its own address as peer', { peer_ip_address: '169.254.10.2' }, { peer_ip_address: '169.254.10.1' }, 'other usable one'],
    ['the broadcast address as peer', { peer_ip_address: '169.254.10.3' }, { peer_ip_address: '169.254.10.1' }, 'other usable one'],
    ['a short name', { name: 'p' }, { name: 'p0' }, 'at least 2 characters'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const { join, speak } = joined()
    join('if-0')
    expect(refusalOf(() => speak('peer', refused)).detail).toContain(detail)
    expect(() => speak('peer', accepted)).not.toThrow()
  })

  it('is the only one of its interface', () => {
    const { join, speak } = joined()
    join('if-0')
    join('if-1', { vpn_tunnel: 't-1', ip_range: '169.254.10.6/30' })
    speak('peer')
    expect(refusalOf(() => speak('second')).detail).toContain('has the BGP peer peer already')
    expect(() => speak('second', { interface: 'if-1' })).not.toThrow()
  })

  it('is checked again when it changes', () => {
    const { cloud, join, speak } = joined()
    join('if-0')
    const peer = speak('peer')
    expect(refusalOf(() => cloud.update(peer, 'google_compute_router_peer', { peer_asn: 64603 })).path).toEqual(['peer_asn'])
    expect(cloud.update(peer, 'google_compute_router_peer', { peer_asn: 64604 })['peer_asn']).toBe(64604)
  })
})
