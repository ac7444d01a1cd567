import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { localAddress } from './gateway.ts'
import { type Sample, sample } from './sample.fixture.ts'

interface Classic extends Sample {
  readonly classic: Attributes
  readonly address: Attributes
  rule(name: string, config: Attributes): Attributes
  join(name: string, change?: Attributes): Attributes
}

function bare(): Classic {
  const made = sample()
  const classic = made.make('vpn_gateway', { name: 'classic', network: made.network['id'] })
  const address = made.make('address', { name: 'ip' })
  return {
    ...made, classic, address,
    rule: (name, config) => made.make('forwarding_rule', { name, ip_address: address['address'], target: classic['self_link'], ...config }),
    join: (name, change = {}) => made.make('vpn_tunnel', { name, target_vpn_gateway: classic['self_link'], peer_ip: '198.51.100.1', shared_secret: 'secret', ...change }),
  }
}

const rules: [string, Attributes][] = [['esp', { ip_protocol: 'ESP' }], ['udp500', { ip_protocol: 'UDP', port_range: '500' }], ['udp4500', { ip_protocol: 'UDP', port_range: '4500-4500' }]]

function ready(): Classic {
  const made = bare()
  for (const [name, config] of rules) made.rule(name, config)
  return made
}

describe('a tunnel of a Classic VPN gateway', () => {
  it('starts at the address of its rules', () => {
    const { cloud, address, join } = ready()
    const tunnel = join('t')
    expect(localAddress(tunnel, cloud.context('google_compute_vpn_tunnel'))).toBe(address['address'])
    expect(tunnel).toMatchObject({ peer_ip: '198.51.100.1', detailed_status: 'Waiting for route configuration.' })
  })

  it.each(rules.map(([name]) => name))('needs the rule %s first', (missing) => {
    const { rule, join } = bare()
    for (const [name, config] of rules) if (name !== missing) rule(name, config)
    expect(refusalOf(() => join('t'))).toMatchObject({ detail: expect.stringContaining('needs a forwarding rule for'), path: ['target_vpn_gateway'] })
    for (const [name, config] of rules) if (name === missing) rule(name, config)
    expect(() => join('t')).not.toThrow()
  })

  it('keeps its rules', () => {
    const { cloud, join, rule } = bare()
    const [esp] = rules.map(([name, config]) => rule(name, config))
    const tunnel = join('t')
    expect(refusalOf(() => cloud.remove('google_compute_forwarding_rule', esp ?? {})).detail).toContain(String(tunnel['id']))
    cloud.remove('google_compute_vpn_tunnel', tunnel)
    expect(() => cloud.remove('google_compute_forwarding_rule', esp ?? {})).not.toThrow()
  })

  it.each([
    ['a router', { router: 'router' }, {}, 'dynamic routing can no longer be created'],
    ['a private peer', { peer_ip: '10.0.0.1' }, { peer_ip: '198.51.100.3' }, 'must be a public IPv4 address'],
    ['no peer', { peer_ip: undefined }, { peer_ip: '198.51.100.3' }, 'must be a public IPv4 address'],
    ['a peer that is no address', { peer_ip: 'peer.example' }, { peer_ip: '198.51.100.3' }, 'is not a valid IP address'],
    ['another region', { region: 'us-east4' }, { region: 'asia-northeast3' }, 'both must be in one region'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const { join } = ready()
    expect(refusalOf(() => join('t', refused)).detail).toContain(detail)
    expect(() => join('t', accepted)).not.toThrow()
  })
})

describe('a static route', () => {
  it('leads into a Classic tunnel of its own network', () => {
    const { cloud, make, join, tunnel } = ready()
    const into = (name: string, change: Attributes): Attributes => make('route', { name, network: 'net', dest_range: '10.1.0.0/16', next_hop_vpn_tunnel: classic['id'], ...change })
    const classic = join('classic')
    expect(refusalOf(() => into('r', { next_hop_vpn_tunnel: tunnel('dynamic')['id'] })).detail).toContain('is routed by BGP and takes no static routes')
    expect(refusalOf(() => into('r', { network: make('network', { name: 'other' })['id'] })).detail).toContain('in another network')
    const route = into('r', {})
    expect(route).toMatchObject({ id: 'projects/p/global/routes/r', route_type: 'STATIC', as_paths: [] })
    expect(refusalOf(() => into('r', {})).detail).toContain('alreadyExists')
    expect(refusalOf(() => cloud.remove('google_compute_vpn_tunnel', classic)).detail).toContain('projects/p/global/routes/r')
    cloud.remove('google_compute_route', route)
    expect(() => cloud.remove('google_compute_vpn_tunnel', classic)).not.toThrow()
  })

  it.each([
    ['a range inside a subnetwork', '10.30.1.128/25', '10.30.0.0/16', 'lies inside the subnetwork'],
    ['host bits', '10.1.0.1/16', '10.1.0.0/16', 'Must be a CIDR address range'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const { make, join } = ready()
    const tunnel = join('t')
    const route = (dest_range: string): Attributes => make('route', { name: 'r', network: 'net', dest_range, next_hop_vpn_tunnel: tunnel['self_link'] })
    expect(refusalOf(() => route(refused)).detail).toContain(detail)
    expect(() => route(accepted)).not.toThrow()
  })
})
