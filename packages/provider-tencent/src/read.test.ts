import { cipherOffer, prfOf, resourceSetOf, type EndView, type Half, type ResourceSet, type ResourceView, type Suite } from '@isthmus/core'
import { resourcesOfLink } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { aead, fourFresh, fullMesh, pairOfTwo, sampleHalf, sampleSite } from '../test/samples.ts'
import { apiCiphers } from './facts.ts'
import { tencent } from './index.ts'
import { read } from './read.ts'

const site = sampleSite()
const rendered = (half: Half): ResourceSet => resourcesOfLink(tencent, site, half)
const readBack = (half: Half): EndView[] => read(rendered(half))
const gatewayOf = (name: string): { token: string } => ({ token: `tencentcloud_vpn_gateway.south--${name}.public_ip_address` })
const connection = 'tencentcloud_vpn_connection.south--north--00'
const bgp = sampleHalf('bgp', pairOfTwo())
const fixed = sampleHalf('static', fullMesh())

/** The first end of a half with attributes put in the way an applied stack has them. */
function changed(half: Half, address: string, change: Record<string, unknown>): EndView | undefined {
  return read(resourceSetOf(rendered(half).all.map((view) => (view.address === address ? { ...view, values: { ...view.values, ...change } } : view))))[0]
}

function without(half: Half, drop: (view: ResourceView) => boolean): EndView | undefined {
  return read(resourceSetOf(rendered(half).all.filter((view) => !drop(view))))[0]
}

describe('reading a rendered half back', () => {
  it('finds all that BGP needs', () => {
    const [end] = readBack(bgp)
    expect(end).toEqual({
      cloud: 'tencent',
      connection,
      at: {
        'outside.local': 'tencentcloud_vpn_gateway.south--0', 'asn.local': 'tencentcloud_vpn_gateway.south--0',
        'outside.peer': 'tencentcloud_vpn_customer_gateway.south--north--0', 'asn.peer': 'tencentcloud_vpn_customer_gateway.south--north--0',
        'prefixes.local': 'tencentcloud_vpc.south', 'prefixes.peer': 'tencentcloud_route_table_entry.south--north--0--10-20-0-0-16',
      },
      outside: { local: gatewayOf('0'), peer: '203.0.113.1' },
      inside: { local: '169.254.128.2', peer: '169.254.128.1', prefix: 30 },
      routing: 'bgp',
      asn: { local: 64605, peer: 4200000001 },
      prefixes: { local: ['10.10.0.0/16'], peer: ['10.20.0.0/16', '10.30.128.0/17'] },
      selectors: { local: ['0.0.0.0/0'], peer: ['0.0.0.0/0'] },
      ikeVersion: 2,
      phase1: { encryption: ['aes-256-cbc'], integrity: ['sha2-256'], prf: ['prf-sha2-256'], dhGroup: [14], lifetime: { seconds: 28800, fixed: false } },
      phase2: { encryption: ['aes-128-cbc'], integrity: ['sha1'], pfs: [24], lifetime: { seconds: 3600, fixed: false } },
      key: { token: 'var.keys.north--south--00@v1' },
      initiates: true,
      mayIdle: false,
    })
  })

  it('finds all that static routing needs', () => {
    const ends = readBack(fixed)
    expect(ends).toHaveLength(4)
    expect(ends[0]).toMatchObject({
      at: { 'prefixes.peer': 'tencentcloud_vpn_gateway_route.south--north--00--10-20-0-0-16' },
      outside: { local: gatewayOf('static-0'), peer: '203.0.113.1' },
      routing: 'static',
      prefixes: { local: ['10.10.0.0/16'], peer: ['10.20.0.0/16', '10.30.128.0/17'] },
    })
    expect(ends[0]).not.toHaveProperty('inside')
    expect(ends[0]).not.toHaveProperty('asn')
  })

  it('finds the fresh address of each tunnel', () => {
    expect(readBack(sampleHalf('static', fourFresh())).map(({ outside }) => outside.peer)).toEqual(['198.51.100.1', '198.51.100.3', '198.51.100.2', '198.51.100.4'])
  })

  it('counts further blocks of the VPC', () => {
    expect(changed(bgp, 'tencentcloud_vpc.south', { assistant_cidrs: ['10.11.0.0/16'] })?.prefixes?.local).toEqual(['10.10.0.0/16', '10.11.0.0/16'])
  })
})

describe('a fault in the resources shows in the end', () => {
  it.each<[string, Half, string, Record<string, unknown>, object]>([
    ['a check that takes the routes away', bgp, connection, { enable_health_check: true }, { prefixes: { local: [] } }],
    ['a table that leads to no gateway', bgp, 'tencentcloud_route_table_entry.south--north--0--10-20-0-0-16', { next_hub: 'vpngw-else' }, { prefixes: { peer: ['10.30.128.0/17'] } }],
    ['a bandwidth without BGP', bgp, 'tencentcloud_vpn_gateway.south--0', { bandwidth: 100 }, { routing: 'static' }],
    ['no bandwidth', bgp, 'tencentcloud_vpn_gateway.south--0', { bandwidth: undefined }, { routing: 'static' }],
    ['a tunnel that is cleared and left so', bgp, connection, { dpd_enable: 1, dpd_action: 'clear' }, { initiates: false }],
    ['a block that is none', bgp, connection, { bgp_config: [{ tunnel_cidr: '169.254.128.4/29', local_bgp_ip: '169.254.128.2', remote_bgp_ip: '169.254.128.1' }] }, { inside: { local: '169.254.128.2 outside 169.254.128.4/29' } }],
  ])('%s', (_, half, address, change, end) => {
    expect(changed(half, address, change)).toMatchObject(end)
  })

  it.each<[string, Half, string, Record<string, unknown>, object]>([
    ['IKE identity of its own', bgp, connection, { ike_local_address: '192.0.2.1' }, { outside: { local: 'tencentcloud_vpn_gateway.south--0.public_ip_address and 192.0.2.1' } }],
    ['IKE identity of the peer', bgp, connection, { ike_remote_address: '192.0.2.1' }, { outside: { peer: '203.0.113.1 and 192.0.2.1' } }],
    ['name instead of an address', bgp, connection, { ike_remote_identity: 'FQDN', ike_remote_fqdn_name: 'north' }, { outside: { peer: '203.0.113.1 and north' } }],
    ['peer address', bgp, 'tencentcloud_vpn_customer_gateway.south--north--0', { public_ip_address: '192.0.2.1' }, { outside: { peer: '192.0.2.1 and 203.0.113.1' } }],
    ['inside address outside its block', bgp, connection, { bgp_config: [{ tunnel_cidr: '169.254.128.8/30', local_bgp_ip: '169.254.128.2', remote_bgp_ip: '169.254.128.9' }] }, { inside: { local: '169.254.128.2 outside 169.254.128.8/30', peer: '169.254.128.9', prefix: 30 } }],
    ['number of the gateway', bgp, 'tencentcloud_vpn_gateway.south--0', { bgp_asn: 64999 }, { asn: { local: 64999 } }],
    ['number of the peer', bgp, 'tencentcloud_vpn_customer_gateway.south--north--0', { bgp_asn: 64999 }, { asn: { peer: 64999 } }],
    ['routing mode', bgp, connection, { route_type: 'StaticRoute' }, { routing: 'static', prefixes: { peer: [] } }],
    ['IKE version', bgp, connection, { ike_version: 'IKEV1' }, { ikeVersion: 1 }],
    ['key', bgp, connection, { pre_share_key: 'other' }, { key: 'other' }],
    ['waiting end', bgp, connection, { negotiation_type: 'passive' }, { initiates: false }],
    ['word the cloud does not have', bgp, connection, { ike_dh_group_name: 'GROUP99' }, { phase1: { dhGroup: [] } }],
    ['lifetime that is left to the default', bgp, connection, { ike_sa_lifetime_seconds: null, ipsec_sa_lifetime_seconds: null }, { phase1: { lifetime: { seconds: 86400 } }, phase2: { lifetime: { seconds: 3600 } } }],
    ['policy', fixed, connection, { security_group_policy: [{ local_cidr_block: '10.10.0.0/16', remote_cidr_block: ['10.20.0.0/16'] }] }, { selectors: { local: ['10.10.0.0/16'], peer: ['10.20.0.0/16'] } }],
    ['route that is switched off', fixed, 'tencentcloud_vpn_gateway_route.south--north--00--10-20-0-0-16', { status: 'DISABLE' }, { prefixes: { peer: ['10.30.128.0/17'] } }],
    ['route of another gateway', fixed, 'tencentcloud_vpn_gateway_route.south--north--00--10-20-0-0-16', { vpn_gateway_id: 'vpngw-other' }, { prefixes: { peer: ['10.30.128.0/17'] } }],
    ['route into something else', fixed, 'tencentcloud_vpn_gateway_route.south--north--00--10-20-0-0-16', { instance_type: 'CCN' }, { prefixes: { peer: ['10.30.128.0/17'] } }],
    ['type that takes no routes', fixed, connection, { route_type: 'Policy' }, { prefixes: { peer: [] } }],
    ['other VPC', fixed, connection, { vpc_id: 'vpc-other' }, { prefixes: { local: [] } }],
    ['customer gateway that is not there', fixed, connection, { customer_gateway_id: 'cgw-other' }, { outside: { peer: { token: `${connection}.customer_gateway_id.public_ip_address` } } }],
    ['table entry in a table of another VPC', fixed, 'tencentcloud_route_table_entry.south--north--0--10-20-0-0-16', { route_table_id: 'rtb-other' }, { prefixes: { peer: ['10.30.128.0/17'] } }],
    ['table entry that is switched off', fixed, 'tencentcloud_route_table_entry.south--north--0--10-20-0-0-16', { disabled: true }, { prefixes: { peer: ['10.30.128.0/17'] } }],
    ['table entry to somewhere else', fixed, 'tencentcloud_route_table_entry.south--north--0--10-20-0-0-16', { next_type: 'NAT' }, { prefixes: { peer: ['10.30.128.0/17'] } }],
  ])('%s', (_what, half, address, change, expected) => {
    expect(changed(half, address, {})).not.toMatchObject(expected)
    expect(changed(half, address, change)).toMatchObject(expected)
  })

  it('not a table of the same VPC that somebody made', () => {
    const own: ResourceView = { address: 'tencentcloud_route_table.mine', type: 'tencentcloud_route_table', name: 'mine', values: { id: 'rtb-1', vpc_id: { token: 'tencentcloud_vpc.south.id' } } }
    const views = rendered(fixed).all.map((view) => (view.type === 'tencentcloud_route_table_entry' ? { ...view, values: { ...view.values, route_table_id: 'rtb-1' } } : view))
    expect(read(resourceSetOf([...views, own]))[0]?.prefixes?.peer).toEqual(['10.20.0.0/16', '10.30.128.0/17'])
  })

  it('a table entry that is missing', () => {
    expect(without(fixed, ({ name }) => name === 'south--north--0--10-20-0-0-16')?.prefixes?.peer).toEqual(['10.30.128.0/17'])
  })
})

describe('reading an applied stack', () => {
  const id = (name: string, value: string, more = {}) => (view: ResourceView): ResourceView => (view.address === name ? { ...view, values: { ...view.values, id: value, ...more } } : view)

  it('follows ids where there are no references any more', () => {
    const views = rendered(fixed).all
      .map(id('tencentcloud_vpn_gateway.south--static-0', 'vpngw-1', { public_ip_address: '192.0.2.7' }))
      .map(id(connection, 'vpnx-1', { vpn_gateway_id: 'vpngw-1', ike_local_address: '192.0.2.7' }))
      .map((view) => (view.type.endsWith('gateway_route') && view.name.includes('--00--') ? { ...view, values: { ...view.values, instance_id: 'vpnx-1', vpn_gateway_id: 'vpngw-1' } } : view))
      .map((view) => (view.type.endsWith('table_entry') && view.name.includes('north--0--') ? { ...view, values: { ...view.values, next_hub: 'vpngw-1' } } : view))
    expect(read(resourceSetOf(views))[0]).toMatchObject({ outside: { local: '192.0.2.7' }, prefixes: { peer: ['10.20.0.0/16', '10.30.128.0/17'] } })
  })

  it.each([['AVAILABLE', 'up'], ['UNAVAILABLE', 'down'], ['', undefined], [null, undefined], [{ token: 'unknown' }, undefined]])('takes the status %j for %s', (word, status) => {
    expect(changed(bgp, connection, { net_status: word })?.status).toBe(status)
  })

  it('names what it cannot find instead of guessing', () => {
    const alone = without(bgp, ({ type }) => type !== 'tencentcloud_vpn_connection')
    expect(alone).toMatchObject({
      at: {}, outside: { local: { token: `${connection}.vpn_gateway_id.public_ip_address` }, peer: { token: `${connection}.customer_gateway_id.public_ip_address` } },
      asn: { local: { token: `${connection}.vpn_gateway_id.bgp_asn` }, peer: { token: `${connection}.customer_gateway_id.bgp_asn` } },
    })
    expect(alone?.prefixes).toEqual({})
  })

  it('passes other resources over', () => {
    expect(read(resourceSetOf([{ address: 'acme_tunnel.a', type: 'acme_tunnel', name: 'a', values: {} }]))).toEqual([])
  })
})

describe('every suite that can be offered', () => {
  const { phase1, phase2 } = cipherOffer(apiCiphers)
  const suites: Suite[] = [
    aead,
    ...phase1.integrity.flatMap((integrity) => phase1.dhGroup.map((dhGroup): Suite => ({
      phase1: { encryption: 'aes-192-cbc', integrity, prf: prfOf(integrity), dhGroup }, phase2: { encryption: 'aes-256-gcm-16', pfs: 14 },
    }))),
    ...phase2.integrity.flatMap((integrity) => phase2.pfs.map((pfs): Suite => ({ phase1: aead.phase1, phase2: { encryption: 'aes-128-cbc', integrity, pfs } }))),
  ]

  it.each(suites)('comes back as it was written: %j', (suite) => {
    const [end] = readBack({ ...bgp, suite })
    expect(end?.phase1).toMatchObject({ encryption: [suite.phase1.encryption], integrity: suite.phase1.integrity ? [suite.phase1.integrity] : [], prf: [suite.phase1.prf], dhGroup: [suite.phase1.dhGroup] })
    expect(end?.phase2).toMatchObject({ encryption: [suite.phase2.encryption], integrity: suite.phase2.integrity ? [suite.phase2.integrity] : [], pfs: [suite.phase2.pfs] })
  })
})
