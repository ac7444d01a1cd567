import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { external, sample } from './sample.fixture.ts'

describe('an HA VPN gateway', () => {
  it('has two interfaces with addresses of their own', () => {
    const { gateway } = sample()
    expect(gateway['vpn_interfaces']).toEqual([
      { id: 0, interconnect_attachment: '', ip_address: expect.stringMatching(/^203\.0\.113\./) },
      { id: 1, interconnect_attachment: '', ip_address: expect.stringMatching(/^203\.0\.113\./) },
    ])
  })

  it('stays while it has tunnels', () => {
    const { cloud, gateway, tunnel } = sample()
    const made = tunnel('t')
    expect(refusalOf(() => cloud.remove('google_compute_ha_vpn_gateway', gateway)).detail).toContain('resourceInUseByAnotherResource')
    cloud.remove('google_compute_vpn_tunnel', made)
    expect(() => cloud.remove('google_compute_ha_vpn_gateway', gateway)).not.toThrow()
  })
})

describe('an external VPN gateway', () => {
  const four = ['198.51.100.11', '198.51.100.12', '198.51.100.13', '198.51.100.14']

  it.each([
    ['SINGLE_IP_INTERNALLY_REDUNDANT', 2, 1],
    ['TWO_IPS_REDUNDANCY', 1, 2],
    ['TWO_IPS_REDUNDANCY', 4, 2],
    ['FOUR_IPS_REDUNDANCY', 2, 4],
  ])('of type %s refuses %d interfaces and accepts %d', (redundancy_type, refused, accepted) => {
    const { make } = sample()
    expect(refusalOf(() => external(make, 'two', four.slice(0, refused), { redundancy_type }))).toMatchObject({ detail: expect.stringContaining(`must be ${accepted}`), path: ['interface'] })
    expect(() => external(make, 'two', four.slice(0, accepted), { redundancy_type })).not.toThrow()
  })

  it.each(['10.0.0.1', '100.64.0.1', '169.254.10.1', 'peer.example', undefined])('refuses the address %s', (address) => {
    expect(refusalOf(() => external(sample().make, 'two', [address]))).toMatchObject({ detail: expect.stringContaining('must be a public IPv4 address'), path: ['interface', 0, 'ip_address'] })
  })

  it('refuses addresses that this cloud gave out', () => {
    const { make, gateway } = sample()
    const [entry] = Array.isArray(gateway['vpn_interfaces']) ? gateway['vpn_interfaces'] : []
    expect(refusalOf(() => external(make, 'two', [entry.ip_address])).detail).toContain('use peer_gcp_gateway')
    expect(refusalOf(() => external(make, 'two', [make('address', { name: 'ip' })['address']])).detail).toContain('use peer_gcp_gateway')
    expect(() => external(make, 'two', ['203.0.113.200'])).not.toThrow()
  })

  it('refuses one address twice, ids with a gap, and an unknown type', () => {
    const { make } = sample()
    expect(refusalOf(() => external(make, 'two', ['198.51.100.9', '198.51.100.9'])).detail).toContain('must differ')
    expect(refusalOf(() => external(make, 'two', ['198.51.100.9'], { interface: [{ id: 1, ip_address: '198.51.100.9' }] })).detail).toContain('ids must be 0 to 0')
    expect(refusalOf(() => external(make, 'two', ['198.51.100.9'], { redundancy_type: 'THREE' })).detail).toContain('expected redundancy_type to be one of')
    expect(() => external(make, 'two', ['198.51.100.9', '198.51.100.10'])).not.toThrow()
  })

  it('stays while a tunnel uses it', () => {
    const { cloud, peer, tunnel } = sample()
    const made = tunnel('t')
    expect(refusalOf(() => cloud.remove('google_compute_external_vpn_gateway', peer)).detail).toContain(String(made['id']))
    cloud.remove('google_compute_vpn_tunnel', made)
    expect(() => cloud.remove('google_compute_external_vpn_gateway', peer)).not.toThrow()
  })
})

describe('a forwarding rule of a Classic VPN gateway', () => {
  function classic(): { cloud: ReturnType<typeof sample>['cloud']; gateway: Attributes; rule: (name: string, change?: Attributes) => Attributes } {
    const { cloud, make, network } = sample()
    const gateway = make('vpn_gateway', { name: 'classic', network: network['id'] })
    const address = make('address', { name: 'ip' })
    return { cloud, gateway, rule: (name, change = {}) => make('forwarding_rule', { name, ip_address: address['address'], ip_protocol: 'UDP', port_range: '500', target: gateway['self_link'], ...change }) }
  }

  it.each([
    ['another port', { port_range: '501' }, { port_range: '4500' }, 'port 500 or 4500'],
    ['UDP without port', { port_range: undefined }, { port_range: '500' }, 'port 500 or 4500'],
    ['ESP with a port', { ip_protocol: 'ESP' }, { ip_protocol: 'ESP', port_range: undefined }, 'ESP without ports'],
    ['another protocol', { ip_protocol: 'TCP' }, { ip_protocol: 'UDP' }, 'port 500 or 4500'],
    ['another region', { region: 'us-east4' }, { region: 'asia-northeast3' }, 'region of the forwarding rule'],
    ['a gateway that is not there', { target: 'projects/p/regions/asia-northeast3/targetVpnGateways/none' }, {}, 'notFound'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const { rule } = classic()
    expect(refusalOf(() => rule('r', refused)).detail).toContain(detail)
    expect(() => rule('r', accepted)).not.toThrow()
  })

  it('shares an address only with another port', () => {
    const { rule } = classic()
    rule('one')
    expect(refusalOf(() => rule('two')).detail).toContain('Specified IP address is in-use and would result in a conflict.')
    expect(() => rule('two', { port_range: '4500' })).not.toThrow()
  })

  it('keeps its gateway', () => {
    const { cloud, gateway, rule } = classic()
    const made = rule('one')
    expect(refusalOf(() => cloud.remove('google_compute_vpn_gateway', gateway)).detail).toContain(String(made['id']))
    cloud.remove('google_compute_forwarding_rule', made)
    expect(() => cloud.remove('google_compute_vpn_gateway', gateway)).not.toThrow()
  })
})
