import { cipherOffer, resourceSetOf } from '@isthmus/core'
import { changed } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { crossed, halfWith, keyToken, siteWith, stackOf, toTwoNetworks } from '../test/samples.ts'
import { facts } from './facts.ts'
import { alibaba } from './index.ts'

const site = siteWith()
const plan = stackOf(site, halfWith(crossed))
const ends = alibaba.read(plan)
const connection = 'alicloud_vpn_connection.north--south--00-11'
const customer = 'alicloud_vpn_customer_gateway.north--south--00'
const master = { token: 'alicloud_vpn_gateway.north.internet_ip' }
const slave = { token: 'alicloud_vpn_gateway.north.disaster_recovery_internet_ip' }

type Values = Readonly<Record<string, unknown>>

/** The same resources with the first tunnel of the first connection changed. */
function withTunnel(values: (tunnel: Values) => Values) {
  return changed(plan, connection, (old) => {
    const tunnels = old['tunnel_options_specification']
    return { ...old, tunnel_options_specification: Array.isArray(tunnels) ? tunnels.map((each: Values, index) => (index === 0 ? values(each) : each)) : [] }
  })
}

const merged = (name: string, more: Values) => withTunnel((tunnel) => {
  const block = tunnel[name]
  return { ...tunnel, [name]: [{ ...(Array.isArray(block) ? block[0] : {}), ...more }] }
})

describe('an end is cut off from its network', () => {
  it.each<[string, Values]>([
    ['by a gateway without IPsec', { enable_ipsec: false }],
    ['by a gateway that keeps what it learns', { auto_propagate: false }],
    ['by a private gateway', { network_type: 'private' }],
    ['by a gateway without a second vSwitch', { disaster_recovery_vswitch_id: undefined }],
    ['by a gateway of another VPC than its vSwitches', { vpc_id: 'vpc-else' }],
  ])('%s', (_, values) => {
    const [end] = alibaba.read(changed(plan, 'alicloud_vpn_gateway.north', values))
    expect(end).toMatchObject({ prefixes: { local: [] }, at: { 'prefixes.local': 'alicloud_vpn_gateway.north' } })
  })

  it('by a tunnel that takes no ESP inside UDP', () => {
    expect(alibaba.read(withTunnel((tunnel) => ({ ...tunnel, enable_nat_traversal: false })))[0]?.prefixes?.local).toEqual([])
  })
})

describe('read under BGP', () => {
  it('finds two ends in each connection, from the two addresses of the gateway', () => {
    expect(ends.map((end) => [end.connection, end.outside, end.inside])).toEqual([
      [connection, { local: master, peer: '198.51.100.0' }, { local: '169.254.10.2', peer: '169.254.10.1', prefix: 30 }],
      [connection, { local: slave, peer: '198.51.100.1' }, { local: '169.254.10.6', peer: '169.254.10.5', prefix: 30 }],
      ['alicloud_vpn_connection.north--south--01-10', { local: master, peer: '198.51.100.1' }, { local: '169.254.10.10', peer: '169.254.10.9', prefix: 30 }],
      ['alicloud_vpn_connection.north--south--01-10', { local: slave, peer: '198.51.100.0' }, { local: '169.254.10.14', peer: '169.254.10.13', prefix: 30 }],
    ])
  })

  it('gives the half back', () => {
    expect(ends[0]).toEqual({
      cloud: 'alibaba',
      connection,
      at: { 'outside.local': 'alicloud_vpn_gateway.north', 'outside.peer': customer, 'asn.peer': customer, 'prefixes.local': 'alicloud_vpc.north' },
      outside: { local: master, peer: '198.51.100.0' },
      inside: { local: '169.254.10.2', peer: '169.254.10.1', prefix: 30 },
      routing: 'bgp',
      asn: { local: 64604, peer: 64601 },
      prefixes: { local: ['10.4.0.0/16'] },
      selectors: { local: ['0.0.0.0/0'], peer: ['0.0.0.0/0'] },
      ikeVersion: 2,
      phase1: { encryption: ['aes-256-cbc'], integrity: ['sha2-512'], prf: ['prf-sha2-512'], dhGroup: [14], lifetime: { seconds: 28800, fixed: false } },
      phase2: { encryption: ['aes-256-cbc'], integrity: ['sha2-256'], pfs: [14], lifetime: { seconds: 3600, fixed: false } },
      key: keyToken('north--south--00@v1'),
      initiates: true,
      mayIdle: false,
    })
  })

  it.each([
    ['peer address', changed(plan, customer, { ip_address: '192.0.2.9' }), { outside: { peer: '192.0.2.9' } }],
    ['peer number', changed(plan, customer, { asn: '65000' }), { asn: { peer: 65000 } }],
    ['peer number in two parts', changed(plan, customer, { asn: '123.456' }), { asn: { peer: 8061384 } }],
    ['peer number that is none', changed(plan, customer, { asn: '' }), { asn: { peer: { token: `${connection}.tunnel_options_specification.0.customer_gateway_id.asn` } } }],
    ['own number', merged('tunnel_bgp_config', { local_asn: '65001' }), { asn: { local: 65001 } }],
    ['own inside address', merged('tunnel_bgp_config', { local_bgp_ip: '169.254.10.1' }), { inside: { local: '169.254.10.1', peer: '169.254.10.2' } }],
    ['inside block that is larger', merged('tunnel_bgp_config', { tunnel_cidr: '169.254.10.0/29', peer_bgp_ip: '169.254.10.5' }), { inside: { peer: '169.254.10.5', prefix: 29 } }],
    ['inside address out of its block', merged('tunnel_bgp_config', { local_bgp_ip: '169.254.99.1' }), { inside: { local: '169.254.99.1', peer: { token: expect.stringContaining('peer_bgp_ip') } } }],
    ['IKE version', merged('tunnel_ike_config', { ike_version: 'ikev1' }), { ikeVersion: 1 }],
    ['missing IKE version', merged('tunnel_ike_config', { ike_version: null }), { ikeVersion: 1 }],
    ['group', merged('tunnel_ike_config', { ike_pfs: 'group2' }), { phase1: { dhGroup: [2] } }],
    ['unknown word', merged('tunnel_ipsec_config', { ipsec_enc_alg: 'AES256' }), { phase2: { encryption: [] } }],
    ['missing lifetime', merged('tunnel_ipsec_config', { ipsec_lifetime: null }), { phase2: { lifetime: { seconds: 86400, fixed: false } } }],
    ['key', merged('tunnel_ike_config', { psk: 'plain' }), { key: 'plain' }],
    ['missing key', merged('tunnel_ike_config', { psk: null }), { key: { token: expect.stringContaining('psk') } }],
    ['start', changed(plan, connection, { effect_immediately: null }), { initiates: false }],
    ['selectors', changed(plan, connection, { remote_subnet: ['10.2.0.0/16'] }), { selectors: { local: ['0.0.0.0/0'], peer: ['10.2.0.0/16'] } }],
    ['role', withTunnel((tunnel) => ({ ...tunnel, role: 'slave' })), { outside: { local: slave } }],
    ['missing role', withTunnel((tunnel) => ({ ...tunnel, role: null })), { outside: { local: master } }],
    ['working tunnel', withTunnel((tunnel) => ({ ...tunnel, status: 'ipsec_sa_established' })), { status: 'up' }],
    ['broken tunnel', withTunnel((tunnel) => ({ ...tunnel, status: 'ike_sa_not_established' })), { status: 'down' }],
    ['routing', changed(plan, connection, { enable_tunnels_bgp: false }), { routing: 'static', prefixes: { peer: [] } }],
  ])('shows a changed %s', (_, changed, expected) => {
    expect(alibaba.read(changed)[0]).toMatchObject(expected)
  })

  it('counts further blocks of the VPC as its own', () => {
    const block = { address: 'alicloud_vpc_ipv4_cidr_block.x', type: 'alicloud_vpc_ipv4_cidr_block', name: 'x', values: { vpc_id: { token: 'alicloud_vpc.north.id' }, secondary_cidr_block: '10.5.0.0/16' } }
    expect(alibaba.read(resourceSetOf([...plan.all, block]))[0]?.prefixes).toEqual({ local: ['10.4.0.0/16', '10.5.0.0/16'] })
    const elsewhere = { ...block, values: { ...block.values, vpc_id: 'vpc-other' } }
    expect(alibaba.read(resourceSetOf([...plan.all, elsewhere]))[0]?.prefixes).toEqual({ local: ['10.4.0.0/16'] })
  })

  it('says what it does not know when gateway and peer are in other stacks', () => {
    const alone = resourceSetOf(plan.ofType('alicloud_vpn_connection'))
    expect(alibaba.read(alone)[1]).toMatchObject({
      outside: { local: { token: `${connection}.vpn_gateway_id.disaster_recovery_internet_ip` }, peer: { token: `${connection}.tunnel_options_specification.1.customer_gateway_id.ip_address` } },
      asn: { local: 64604 },
    })
    expect(alibaba.read(alone)[1]).not.toHaveProperty('prefixes')
  })

  it('takes the address that the cloud shows where only the connection is at hand', () => {
    const shown = resourceSetOf(withTunnel((tunnel) => ({ ...tunnel, internet_ip: '203.0.113.7' })).ofType('alicloud_vpn_connection'))
    expect(alibaba.read(shown)[0]?.outside.local).toBe('203.0.113.7')
  })

  it('follows ids of a state', () => {
    const ids = plan.all.map((view) => ({ ...view, values: { ...view.values, id: view.address, internet_ip: '203.0.113.1', disaster_recovery_internet_ip: '203.0.113.2' } }))
    const text = JSON.stringify(ids).replaceAll(/\{"token":"([a-z_]+\.[a-z0-9-]+)\.id"\}/g, '"$1"')
    expect(alibaba.read(resourceSetOf(JSON.parse(text)))[1]?.outside).toEqual({ local: '203.0.113.2', peer: '198.51.100.1' })
  })

  it('has nothing to say about a connection in single-tunnel mode', () => {
    expect(alibaba.read(changed(plan, connection, { tunnel_options_specification: null }))).toHaveLength(2)
  })
})

describe('read under static routing', () => {
  const routed = alibaba.read(stackOf(site, halfWith(crossed, { routing: toTwoNetworks })))

  it('reads what is routed into each connection, and no BGP', () => {
    expect(routed.map(({ prefixes }) => prefixes)).toEqual(Array.from({ length: 4 }, () => ({ local: ['10.4.0.0/16'], peer: ['10.2.0.0/16', '10.3.0.0/24'] })))
    expect(routed[0]?.at['prefixes.peer']).toBe('alicloud_vpn_route_entry.north--south--00-11--10-2-0-0-16')
    expect(routed[0]).not.toHaveProperty('asn')
    expect(routed[0]).not.toHaveProperty('inside')
  })
})

describe('read of a connection of which one tunnel is wanted', () => {
  const [{ tunnels: [lone] = [] } = {}] = crossed
  const connections = lone ? [{ id: '00', tunnels: [lone] }] : []

  it('knows that either of the two may stand idle', () => {
    const read = alibaba.read(stackOf(site, halfWith(connections, { routing: toTwoNetworks })))
    expect(read.map(({ outside, mayIdle }) => [outside.local, outside.peer, mayIdle])).toEqual([[master, '198.51.100.0', true], [slave, '198.51.100.0', true]])
  })

  it('expects both where they have keys or peers of their own', () => {
    expect(alibaba.read(stackOf(site, halfWith(crossed, { routing: toTwoNetworks }))).map(({ mayIdle }) => mayIdle)).toEqual([false, false, false, false])
    const onePeer = [{ id: '00-10', tunnels: crossed.flatMap(({ tunnels }) => tunnels.filter(({ peerSlot }) => peerSlot === 0)) }]
    expect(alibaba.read(stackOf(site, halfWith(onePeer, { routing: toTwoNetworks }))).map(({ mayIdle }) => mayIdle)).toEqual([false, false])
  })
})

describe('read of every suite that the cloud offers', () => {
  const { phase1, phase2 } = cipherOffer(facts.ciphers)
  const suites = phase1.encryption.flatMap((encryption) => phase1.integrity.flatMap((integrity) => phase1.dhGroup.map((dhGroup, index) => ({
    phase1: { encryption, integrity, prf: `prf-${integrity}` as const, dhGroup }, phase2: { encryption, integrity, pfs: phase2.pfs[index + 1] ?? 14 },
  }))))

  it('understands what link writes', () => {
    expect(suites).toHaveLength(100)
    for (const suite of suites) {
      const [end] = alibaba.read(stackOf(site, halfWith(crossed, { suite })))
      expect(end?.phase1).toMatchObject({ encryption: [suite.phase1.encryption], integrity: [suite.phase1.integrity], prf: [suite.phase1.prf], dhGroup: [suite.phase1.dhGroup] })
      expect(end?.phase2).toMatchObject({ encryption: [suite.phase2.encryption], integrity: [suite.phase2.integrity], pfs: [suite.phase2.pfs] })
    }
  })
})
