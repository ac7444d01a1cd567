import { Cidr, gatewayExport, isIsthmusError, networkExport, ref, type Half, type Resource } from '@isthmus/core'
import { freshAddress, gatewayAddress } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { link } from './link.ts'
import { cbc, fourFresh, fullMesh, pairOfTwo, sampleHalf, sampleSite, sampleTunnels } from '../test/samples.ts'

const site = sampleSite()
const made = (half: Half): Resource[] => [...link(site, half).resources]
const ofType = (half: Half, type: string): Resource[] => made(half).filter((resource) => resource.type === type)
const external = 'google_compute_external_vpn_gateway'
const tunnelType = 'google_compute_vpn_tunnel'

describe('a half under BGP', () => {
  it('knows four fresh addresses as one external gateway of four', () => {
    const half = sampleHalf('bgp', fourFresh())
    expect(ofType(half, external)).toEqual([{
      type: external,
      name: 'south--north',
      body: {
        name: 'mesh-south--north',
        redundancy_type: 'FOUR_IPS_REDUNDANCY',
        interface: ['00', '01', '10', '11'].map((tunnel, id) => ({ id, ip_address: freshAddress(site, Number(tunnel[1]), Number(tunnel[0])) })),
      },
    }])
    expect(ofType(half, tunnelType).map(({ body }) => [body['vpn_gateway_interface'], body['peer_external_gateway_interface']])).toEqual([[0, 0], [0, 1], [1, 2], [1, 3]])
  })

  it('knows two gateway addresses once each, however many tunnels end there', () => {
    const half = sampleHalf('bgp', fullMesh())
    expect(ofType(half, external)[0]?.body['interface']).toEqual([{ id: 0, ip_address: gatewayAddress(site, 0) }, { id: 1, ip_address: gatewayAddress(site, 1) }])
    expect(ofType(half, external)[0]?.body['redundancy_type']).toBe('TWO_IPS_REDUNDANCY')
    expect(ofType(half, tunnelType).map(({ body }) => [body['vpn_gateway_interface'], body['peer_external_gateway_interface']])).toEqual([[0, 0], [0, 1], [1, 0], [1, 1]])
  })

  it('names the other gateway where both are of the cloud, and makes no external one', () => {
    const kin = gatewayExport({ name: 'north' }, 'ha_gateway_id')
    const half = { ...sampleHalf('bgp', pairOfTwo()), kin }
    expect(ofType(half, external)).toEqual([])
    for (const { body } of ofType(half, tunnelType)) expect(body).toMatchObject({ peer_gcp_gateway: kin })
    for (const { body } of ofType(half, tunnelType)) expect(Object.keys(body)).not.toContain('peer_external_gateway_interface')
  })

  it.each([
    [1, ['SINGLE_IP_INTERNALLY_REDUNDANT']],
    [2, ['TWO_IPS_REDUNDANCY']],
    [3, ['TWO_IPS_REDUNDANCY', 'SINGLE_IP_INTERNALLY_REDUNDANT']],
    [4, ['FOUR_IPS_REDUNDANCY']],
    [6, ['FOUR_IPS_REDUNDANCY', 'TWO_IPS_REDUNDANCY']],
  ])('splits %d peer addresses into %s', (count, expected) => {
    const half = sampleHalf('bgp', sampleTunnels(Array.from({ length: count }, (_, peer) => [peer % 2, peer] as const)))
    const sizes = { SINGLE_IP_INTERNALLY_REDUNDANT: 1, TWO_IPS_REDUNDANCY: 2, FOUR_IPS_REDUNDANCY: 4 }
    const gateways = ofType(half, external)
    expect(gateways.map(({ body }) => body['redundancy_type'])).toEqual(expected)
    for (const { body } of gateways) {
      const size = Object.entries(sizes).find(([type]) => type === body['redundancy_type'])?.[1]
      expect(Array.isArray(body['interface']) && body['interface'].length).toBe(size)
    }
    expect(new Set(gateways.map(({ name }) => name)).size).toBe(gateways.length)
  })

  it('gives each tunnel an interface and a session on the router', () => {
    const half = sampleHalf('bgp', pairOfTwo())
    const [, tunnel, routerInterface, session] = made(half)
    const router = gatewayExport(site, 'router_name')
    expect(tunnel).toMatchObject({
      name: 'south--north--00',
      body: {
        name: 'mesh-south--north--00',
        region: 'asia-northeast3',
        router,
        vpn_gateway: gatewayExport(site, 'ha_gateway_id'),
        peer_external_gateway: ref(`${external}.south--north`, 'id'),
        ike_version: 2,
        shared_secret: { key: 'north--south--00@v1' },
      },
    })
    expect(routerInterface?.body).toEqual({
      name: 'mesh-south--north--00', region: 'asia-northeast3', router, ip_range: '169.254.10.2/30', vpn_tunnel: ref(`${tunnelType}.south--north--00`, 'name'),
    })
    expect(session?.body).toEqual({
      name: 'mesh-south--north--00', region: 'asia-northeast3', router, interface: ref('google_compute_router_interface.south--north--00', 'name'),
      ip_address: '169.254.10.2', peer_ip_address: '169.254.10.1', peer_asn: 4200000001, advertise_mode: 'DEFAULT', advertised_route_priority: 100, enable: true,
    })
  })

  it('is the same in whatever order its connections come', () => {
    const tunnels = fourFresh()
    expect(link(site, sampleHalf('bgp', tunnels.toReversed()))).toEqual(link(site, sampleHalf('bgp', tunnels)))
  })
})

describe('a half under static routes', () => {
  const half = sampleHalf('static', fullMesh())

  it('puts each tunnel on the Classic VPN gateway of its slot', () => {
    expect(ofType(half, external)).toEqual([])
    expect(ofType(half, tunnelType).map(({ body }) => body['target_vpn_gateway'])).toEqual([0, 0, 1, 1].map((slot) => gatewayExport(site, `classic_gateway_${slot}`)))
    expect(ofType(half, tunnelType)[1]?.body).toMatchObject({ peer_ip: gatewayAddress(site, 1), local_traffic_selector: ['0.0.0.0/0'], remote_traffic_selector: ['0.0.0.0/0'] })
  })

  it('routes every block over every tunnel at one priority', () => {
    const routes = ofType(half, 'google_compute_route')
    expect(routes).toHaveLength(8)
    expect(new Set(routes.map(({ body }) => body['priority']))).toEqual(new Set([1000]))
    expect(routes[1]).toEqual({
      type: 'google_compute_route',
      name: 'south--north--00--0a1e8000-17',
      body: {
        name: 'mesh-south--north--00--0a1e8000-17',
        network: networkExport(site, 'network_id'),
        dest_range: '10.30.128.0/17',
        next_hop_vpn_tunnel: ref(`${tunnelType}.south--north--00`, 'id'),
        priority: 1000,
      },
    })
  })
})

describe('what a tunnel is told of cryptography', () => {
  it('leaves integrity out where GCM has its own', () => {
    expect(ofType(sampleHalf('bgp', pairOfTwo()), tunnelType)[0]?.body['cipher_suite']).toEqual([{
      phase1: [{ encryption: ['AES-GCM-16-256'], prf: ['PRF-HMAC-SHA2-384'], dh: ['Group-20'] }],
      phase2: [{ encryption: ['AES-GCM-16-256'], pfs: ['Group-20'] }],
    }])
  })

  it('spells CBC with integrity, and group 24 by its size', () => {
    expect(ofType(sampleHalf('bgp', pairOfTwo(), { suite: cbc }), tunnelType)[0]?.body['cipher_suite']).toEqual([{
      phase1: [{ encryption: ['AES-CBC-256'], integrity: ['HMAC-SHA2-512-256'], prf: ['PRF-HMAC-SHA2-512'], dh: ['modp-2048-256'] }],
      phase2: [{ encryption: ['AES-CBC-128'], integrity: ['HMAC-SHA2-256-128'], pfs: ['Group-14'] }],
    }])
  })

  it.each([
    ['no PFS', { ...cbc, phase2: { ...cbc.phase2, pfs: 'none' as const } }],
    ['SHA-384 in phase 2', { ...cbc, phase2: { ...cbc.phase2, integrity: 'sha2-384' as const } }],
  ])('refuses a deal with %s', (_what, suite) => {
    const error = ((): unknown => {
      try {
        return link(site, sampleHalf('bgp', pairOfTwo(), { suite }))
      } catch (thrown) {
        return thrown
      }
    })()
    expect(isIsthmusError(error) && error.code).toBe('CONTRACT_BROKEN')
  })
})

describe('names of a half', () => {
  const label = `m${'x'.repeat(58)}`
  const cidrs = [Cidr.of('10.20.0.0/16'), Cidr.of('10.20.0.0/17'), Cidr.of('0.0.0.0/1')]

  it.each(['bgp', 'static'] as const)('fit the cloud and stay unique under %s, even with the longest label', (mode) => {
    const tunnels = sampleTunnels([[0, 0], [1, 1], [0, 2]])
    const half = sampleHalf(mode, tunnels, { label, routing: { mode, localAsn: 64603, peerAsn: 64601, peerPrefixes: cidrs } })
    const names = made(half).map(({ type, body }) => `${type} ${String(body['name'])}`)
    for (const each of made(half)) expect(each.body['name']).toMatch(/^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/)
    expect(new Set(names).size).toBe(names.length)
    expect(names).toContain(`${tunnelType} ${label}--00`)
  })
})
