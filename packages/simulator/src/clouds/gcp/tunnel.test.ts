import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { tunnelState } from '../tunnel-state.fixture.ts'
import { localAddress } from './gateway.ts'
import { type Sample, external, sample } from './sample.fixture.ts'

type Change = (made: Sample) => Attributes

const phase1 = { encryption: ['AES-GCM-16-256'], prf: ['PRF-HMAC-SHA2-384'], dh: ['Group-20'] }
const phase2 = { encryption: ['AES-GCM-16-256'], pfs: ['Group-20'] }
const cbc1 = { encryption: ['AES-CBC-256'], integrity: ['HMAC-SHA2-384-192'], prf: ['PRF-HMAC-SHA2-384'], dh: ['Group-14'] }
const cbc2 = { encryption: ['AES-CBC-256'], integrity: ['HMAC-SHA2-256-128'], pfs: ['Group-14'] }
const suite = (one: Attributes, two: Attributes): Attributes => ({ cipher_suite: [{ phase1: [one], phase2: [two] }] })

describe('a tunnel of an HA VPN gateway', () => {
  it('computes what the API computes', () => {
    const tunnel = sample().tunnel('t')
    expect(tunnel).toMatchObject({
      peer_ip: '198.51.100.1', local_traffic_selector: ['0.0.0.0/0'], remote_traffic_selector: ['0.0.0.0/0'],
      tunnel_id: expect.stringMatching(/^\d{19}$/), detailed_status: 'Waiting for route configuration.', deletion_policy: 'DELETE',
    })
    expect(tunnel['shared_secret_hash']).toBe(sample().tunnel('t', { shared_secret: 'another' })['shared_secret_hash'])
  })

  const cases: [string, Change, Change, string][] = [
    ['no interface', () => ({ vpn_gateway_interface: undefined }), () => ({}), 'has the interfaces 0 and 1'],
    ['an interface that is not there', () => ({ vpn_gateway_interface: 2 }), () => ({ vpn_gateway_interface: 1 }), 'has the interfaces 0 and 1'],
    ['a peer interface that is not there', () => ({ peer_external_gateway_interface: 2 }), () => ({ peer_external_gateway_interface: 1 }), 'has no such interface'],
    ['no peer', () => ({ peer_external_gateway: undefined }), () => ({}), 'A peer gateway must be specified'],
    ['no router', () => ({ router: undefined }), ({ router }) => ({ router: router['self_link'] }), 'A Cloud Router must be specified'],
    ['two gateways', ({ make }) => ({ target_vpn_gateway: make('vpn_gateway', { name: 'classic', network: 'net' })['id'] }), () => ({}), 'Exactly one of'],
    ['a router of another region', ({ make }) => ({ router: make('router', { name: 'far', network: 'net', region: 'us-east4', bgp: [{ asn: 64604 }] })['id'] }), () => ({}), 'both must be in one region'],
    ['a gateway of another region', () => ({ region: 'us-east4' }), () => ({ region: 'asia-northeast3' }), 'both must be in one region'],
    ['a router of another network', ({ make }) => ({ router: make('router', { name: 'other', network: make('network', { name: 'other' })['id'], bgp: [{ asn: 64604 }] })['name'] }), () => ({}), 'must be in one network'],
    ['its own gateway as peer', ({ gateway }) => ({ peer_gcp_gateway: gateway['id'] }), ({ make }) => ({ peer_gcp_gateway: make('ha_vpn_gateway', { name: 'gw-2', network: 'net' })['id'] }), 'another gateway'],
    ['a peer gateway of another region', ({ make }) => ({ peer_external_gateway: undefined, peer_gcp_gateway: make('ha_vpn_gateway', { name: 'gw-far', network: 'net', region: 'us-east4' })['id'] }), () => ({}), 'both must be in one region'],
    ['IKE version 3', () => ({ ike_version: 3 }), () => ({ ike_version: 1 }), 'must be 1 or 2'],
    ['ciphers for IKEv1', () => ({ ...suite(phase1, phase2), ike_version: 1 }), () => suite(phase1, phase2), 'only be given for IKEv2'],
  ]
  it.each(cases)('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const made = sample()
    const refusal = refusalOf(() => made.tunnel('t', refused(made)))
    expect(refusal.detail).toContain(detail)
    expect(`${refusal.message} ${refusal.detail}`).not.toContain('the-secret')
    expect(() => made.tunnel('t', accepted(made))).not.toThrow()
  })

  const suites: [string, Attributes, Attributes, string][] = [
    ['GCM with integrity in phase 1', suite({ ...phase1, integrity: ['HMAC-SHA2-384-192'] }, phase2), suite(phase1, phase2), 'phase1 takes no integrity'],
    ['GCM with integrity in phase 2', suite(phase1, { ...phase2, integrity: ['HMAC-SHA2-256-128'] }), suite(phase1, phase2), 'phase2 takes no integrity'],
    ['CBC without integrity', suite({ ...cbc1, integrity: [] }, cbc2), suite(cbc1, cbc2), 'phase1 needs at least one integrity'],
    ['phase 2 without PFS', suite(cbc1, { ...cbc2, pfs: [] }), suite(cbc1, cbc2), 'phase2 needs at least one pfs'],
    ['phase 1 without PRF', suite({ ...phase1, prf: [] }, phase2), suite(phase1, phase2), 'phase1 needs at least one prf'],
    ['phase 1 without a group', suite({ ...cbc1, dh: [] }, cbc2), suite(cbc1, cbc2), 'phase1 needs at least one dh'],
    ['SHA-384 in phase 2', suite(cbc1, { ...cbc2, integrity: ['HMAC-SHA2-384-192'] }), suite(cbc1, { ...cbc2, integrity: ['HMAC-SHA2-512-256'] }), 'not a supported integrity algorithm of phase2'],
    ['3DES in phase 2', suite(cbc1, { ...cbc2, encryption: ['3DES-CBC'] }), suite({ ...cbc1, encryption: ['3DES-CBC'] }, cbc2), 'not a supported encryption algorithm of phase2'],
    ['group 24', suite({ ...cbc1, dh: ['Group-24'] }, cbc2), suite({ ...cbc1, dh: ['Group-21'] }, cbc2), 'not a supported dh algorithm of phase1'],
    ['a spelling of another cloud', suite({ ...cbc1, encryption: ['AES256'] }, cbc2), suite({ ...cbc1, encryption: ['AES-CBC-128', 'AES-GCM-16-128'] }, cbc2), 'AES256 is not a supported encryption'],
  ]
  it.each(suites)('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const { tunnel } = sample()
    expect(refusalOf(() => tunnel('t', refused))).toMatchObject({ detail: expect.stringContaining(detail), path: expect.arrayContaining(['cipher_suite', 0]) })
    expect(() => tunnel('t', accepted)).not.toThrow()
  })

  it('is the only one between its two addresses', () => {
    const { make, tunnel } = sample()
    tunnel('one')
    const again = external(make, 'again', ['198.51.100.1'])
    expect(refusalOf(() => tunnel('two', { peer_external_gateway: again['id'] })).detail).toContain('joins')
    expect(() => tunnel('two', { peer_external_gateway: again['id'], vpn_gateway_interface: 1 })).not.toThrow()
    expect(() => tunnel('three', { peer_external_gateway_interface: 1 })).not.toThrow()
  })

  it('meets the same interface of another gateway of the cloud', () => {
    const { cloud, gateway, make, tunnel } = sample()
    const other = make('ha_vpn_gateway', { name: 'gw-2', network: make('network', { name: 'other' })['id'] })
    const made = tunnel('t', { peer_external_gateway: undefined, peer_gcp_gateway: other['id'], vpn_gateway_interface: 1 })
    expect(other['vpn_interfaces']).toEqual([expect.anything(), expect.objectContaining({ id: 1, ip_address: made['peer_ip'] })])
    expect(made['peer_ip']).not.toBe(localAddress({ vpn_gateway: gateway['id'], vpn_gateway_interface: 1 }, cloud.context('google_compute_vpn_tunnel')))
    expect(refusalOf(() => cloud.remove('google_compute_ha_vpn_gateway', other)).detail).toContain(String(made['id']))
  })
})

describe('the status of a tunnel', () => {
  it.each([
    ['both ends agree', { up: true }, true, 'Tunnel is up and running.'],
    ['no session is configured', { up: false, inside: false }, false, 'Waiting for route configuration.'],
    ['nobody is opposite', { up: false, reason: 'no tunnel ends here from the other side' }, false, 'No incoming packets from peer: no tunnel ends here from the other side.'],
    ['the ends differ', { up: false, reason: 'the ends differ in key' }, true, 'Handshake with peer broken: the ends differ in key. Trying again soon.'],
  ])('says so when %s', (_what, change, opposite, status) => {
    const { cloud, tunnel } = sample()
    const made = tunnel('t')
    const local = localAddress(made, cloud.context('google_compute_vpn_tunnel')) ?? ''
    cloud.states.push(tunnelState(local, '198.51.100.1', change))
    if (opposite) cloud.states.push(tunnelState('198.51.100.1', local, change))
    expect(cloud.read('google_compute_vpn_tunnel', made)['detailed_status']).toBe(status)
  })
})
