import { resourceSetOf, type EndView, type Half, type ResourceSet, type ResourceView } from '@isthmus/core'
import { resourcesOfLink } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { gcp } from './index.ts'
import { read } from './read.ts'
import { aead, cbc, fourFresh, fullMesh, pairOfTwo, sampleHalf, sampleSite } from '../test/samples.ts'

const site = sampleSite()
const rendered = (half: Half): ResourceSet => resourcesOfLink(gcp, site, half)
const readBack = (half: Half): EndView[] => read(rendered(half))
const leg = ({ outside }: EndView): unknown[] => [outside.local, outside.peer]
const ha = (slot: number): { token: string } => ({ token: `google_compute_ha_vpn_gateway.south.vpn_interfaces.${slot}.ip_address` })
const classic = (slot: number): { token: string } => ({ token: `google_compute_address.south--${slot}.address` })

function firstEnd(half: Half): EndView {
  const [end] = readBack(half)
  if (!end) throw new Error('nothing was read')
  return end
}

/** The resources of a half with attributes put in the way an applied stack has them. */
function changed(half: Half, change: (view: ResourceView) => Record<string, unknown>): EndView[] {
  return read(resourceSetOf(rendered(half).all.map((view) => ({ ...view, values: { ...view.values, ...change(view) } }))))
}

describe('reading a rendered half back', () => {
  it('finds all that BGP needs', () => {
    expect(firstEnd(sampleHalf('bgp', pairOfTwo()))).toEqual({
      cloud: 'gcp',
      connection: 'google_compute_vpn_tunnel.south--north--00',
      at: {
        'outside.peer': 'google_compute_external_vpn_gateway.south--north',
        inside: 'google_compute_router_peer.south--north--00',
        'asn.peer': 'google_compute_router_peer.south--north--00',
        'asn.local': 'google_compute_router.south',
        insidePrefix: 'google_compute_router_interface.south--north--00',
        'prefixes.local': 'google_compute_network.south',
      },
      outside: { local: ha(0), peer: '203.0.113.1' },
      inside: { local: '169.254.10.2', peer: '169.254.10.1', prefix: 30 },
      routing: 'bgp',
      asn: { local: 64603, peer: 4200000001 },
      prefixes: { local: ['10.10.1.0/24', '10.10.2.0/24'] },
      selectors: { local: ['0.0.0.0/0'], peer: ['0.0.0.0/0'] },
      ikeVersion: 2,
      phase1: { encryption: ['aes-256-gcm-16'], integrity: [], prf: ['prf-sha2-384'], dhGroup: [20], lifetime: { seconds: 36000, fixed: true } },
      phase2: { encryption: ['aes-256-gcm-16'], integrity: [], pfs: [20], lifetime: { seconds: 10800, fixed: true } },
      key: { token: 'var.keys.north--south--00@v1' },
      initiates: true,
      mayIdle: false,
    })
  })

  it('gives no usable inside address where interface and session differ', () => {
    const [end] = changed(sampleHalf('bgp', pairOfTwo()), (view) => (view.address === 'google_compute_router_interface.south--north--00' ? { ip_range: '169.254.10.6/30' } : {}))
    expect(end?.inside?.local).toBe('169.254.10.6 and 169.254.10.2')
  })

  it('counts no session that is switched off', () => {
    expect(changed(sampleHalf('bgp', pairOfTwo()), (view) => (view.type === 'google_compute_router_peer' ? { enable: false } : {}))[0]).not.toHaveProperty('inside')
  })

  it.each(['esp', 'udp-500', 'udp-4500'])('gives a Classic gateway no address while its rule for %s leads elsewhere', (kind) => {
    const [end] = changed(sampleHalf('static', pairOfTwo()), (view) => (view.name === `south--0--${kind}` ? { ip_address: '192.0.2.99' } : {}))
    expect(end?.outside.local).toEqual({ token: 'google_compute_forwarding_rule.south--0--udp-4500.ip_address' })
  })

  it('reads ports as the cloud gives them back', () => {
    const [end] = changed(sampleHalf('static', pairOfTwo()), ({ values }) => (typeof values['port_range'] === 'string' ? { port_range: `${values['port_range']}-${values['port_range']}` } : {}))
    expect(end?.outside.local).toEqual(classic(0))
  })

  it('reads the traffic selectors of Classic VPN', () => {
    const [end] = changed(sampleHalf('static', pairOfTwo()), (view) => (view.type === 'google_compute_vpn_tunnel' ? { remote_traffic_selector: ['10.20.0.0/16'] } : {}))
    expect(end?.selectors).toEqual({ local: ['0.0.0.0/0'], peer: ['10.20.0.0/16'] })
  })

  it.each([
    ['two gateway addresses in parallel', pairOfTwo(), [[ha(0), '203.0.113.1'], [ha(1), '203.0.113.2']]],
    ['two gateway addresses, all with all', fullMesh(), [[ha(0), '203.0.113.1'], [ha(0), '203.0.113.2'], [ha(1), '203.0.113.1'], [ha(1), '203.0.113.2']]],
    // A fresh address is named by its own end: local slot first.
    ['four fresh addresses', fourFresh(), [[ha(0), '198.51.100.1'], [ha(0), '198.51.100.3'], [ha(1), '198.51.100.2'], [ha(1), '198.51.100.4']]],
  ])('finds who talks to whom with %s', (_what, tunnels, legs) => {
    expect(readBack(sampleHalf('bgp', tunnels)).map(leg)).toEqual(legs)
  })

  it('finds addresses and routes of Classic VPN behind its rules', () => {
    const ends = readBack(sampleHalf('static', pairOfTwo()))
    expect(ends.map(leg)).toEqual([[classic(0), '203.0.113.1'], [classic(1), '203.0.113.2']])
    expect(ends[1]).toMatchObject({
      routing: 'static',
      at: { 'prefixes.peer': 'google_compute_route.south--north--11--0a140000-16' },
      prefixes: { local: ['10.10.1.0/24', '10.10.2.0/24'], peer: ['10.20.0.0/16', '10.30.128.0/17'] },
    })
    expect(ends[1]).not.toHaveProperty('inside')
    expect(ends[1]).not.toHaveProperty('asn')
  })

  it.each([['GCM', aead], ['CBC', cbc]])('gives the suite of the deal back with %s', (_what, suite) => {
    const { phase1, phase2 } = firstEnd(sampleHalf('bgp', pairOfTwo(), { suite }))
    expect(phase1).toMatchObject({
      encryption: [suite.phase1.encryption], integrity: suite.phase1.integrity ? [suite.phase1.integrity] : [], prf: [suite.phase1.prf], dhGroup: [suite.phase1.dhGroup],
    })
    expect(phase2).toMatchObject({ encryption: [suite.phase2.encryption], integrity: suite.phase2.integrity ? [suite.phase2.integrity] : [], pfs: [suite.phase2.pfs] })
  })
})

describe('reading an applied half', () => {
  const links = 'https://www.googleapis.com/compute/v1/projects/p'
  const gateway = `${links}/regions/asia-northeast3/vpnGateways/mesh-south`
  const half = sampleHalf('bgp', pairOfTwo())

  it('follows self links, ids and names to addresses and numbers', () => {
    const [, end] = changed(half, ({ type, name, values }) => {
      const label = values['name']
      if (type === 'google_compute_ha_vpn_gateway') return { self_link: gateway, vpn_interfaces: [{ id: 0, ip_address: '192.0.2.10' }, { id: 1, ip_address: '192.0.2.11' }] }
      if (type === 'google_compute_external_vpn_gateway') return { id: `projects/p/global/externalVpnGateways/${String(label)}` }
      if (type === 'google_compute_router') return { self_link: `${links}/regions/asia-northeast3/routers/mesh-south` }
      if (type === 'google_compute_router_interface') return { router: 'mesh-south', vpn_tunnel: `${links}/regions/asia-northeast3/vpnTunnels/${String(label)}` }
      if (type === 'google_compute_router_peer') return { router: 'mesh-south', interface: label }
      if (type !== 'google_compute_vpn_tunnel') return {}
      return {
        self_link: `${links}/regions/asia-northeast3/vpnTunnels/${String(label)}`,
        vpn_gateway: gateway,
        peer_external_gateway: 'projects/p/global/externalVpnGateways/mesh-south--north',
        target_vpn_gateway: name === 'south--north--11' ? '' : null,
        shared_secret: 'a-key',
        detailed_status: 'Tunnel is up and running.',
      }
    })
    expect(end).toMatchObject({
      outside: { local: '192.0.2.11', peer: '203.0.113.2' },
      inside: { local: '169.254.10.6', peer: '169.254.10.5', prefix: 30 },
      asn: { local: 64603, peer: 4200000001 },
      key: 'a-key',
      status: 'up',
    })
  })

  it('takes the address of a Classic VPN gateway from its rule', () => {
    const target = `${links}/regions/asia-northeast3/targetVpnGateways/mesh-south--0`
    const [end] = changed(sampleHalf('static', pairOfTwo()), ({ type, name }) => {
      if (type === 'google_compute_vpn_gateway' && name === 'south--0') return { self_link: target }
      if (type === 'google_compute_forwarding_rule' && name.startsWith('south--0')) return { target, ip_address: '192.0.2.20' }
      return type === 'google_compute_vpn_tunnel' && name.endsWith('00') ? { target_vpn_gateway: target } : {}
    })
    expect(end?.outside).toEqual({ local: '192.0.2.20', peer: '203.0.113.1' })
    expect(end?.prefixes?.local).toEqual(['10.10.1.0/24', '10.10.2.0/24'])
  })

  it.each([
    ['Tunnel is up and running.', 'up'],
    ['No incoming packets from peer', 'down'],
    ['', undefined],
    [null, undefined],
    [{ token: 'google_compute_vpn_tunnel.south--north--00.detailed_status' }, undefined],
  ])('takes the status %j for %s', (text, status) => {
    const [end] = changed(half, () => ({ detailed_status: text }))
    expect(end?.status).toBe(status)
  })

  it('takes a tunnel without cipher_suite for one that proposes all', () => {
    const [end] = changed(half, () => ({ cipher_suite: null }))
    expect(end?.phase1.encryption).toHaveLength(7)
    expect(end?.phase2.pfs).toContain(14)
  })

  it('names what it cannot find instead of guessing', () => {
    const alone = rendered(half).all.filter(({ type }) => type === 'google_compute_vpn_tunnel')
    const [end] = read(resourceSetOf(alone))
    expect(end).toMatchObject({ at: {}, outside: { local: ha(0), peer: { token: 'google_compute_vpn_tunnel.south--north--00.peer_ip' } } })
    expect(end).not.toHaveProperty('inside')
    expect(end).not.toHaveProperty('prefixes')
  })

  it('passes other resources over', () => {
    expect(read(resourceSetOf([{ address: 'acme_tunnel.a', type: 'acme_tunnel', name: 'a', values: {} }]))).toEqual([])
  })
})
