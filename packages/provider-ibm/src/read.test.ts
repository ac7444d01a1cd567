import { cipherOffer, type EndView, type Half, prfOf, resourceSetOf, type ResourceSet } from '@isthmus/core'
import { changed, resourcesOfLink } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { full, halfWith, parallel, siteWith, statically } from '../test/samples.ts'
import { ibmFacts } from './facts.ts'
import { ibm } from './index.ts'

const site = siteWith()
const gateway = 'ibm_is_vpn_gateway.north'
const connection = (id: string): string => `ibm_is_vpn_gateway_connection.north--south--${id}`
const route = (id: string): string => `ibm_is_vpc_routing_table_route.north--south--${id}`
const member = [{ token: `${gateway}.public_ip_address` }, { token: `${gateway}.public_ip_address2` }] as const
const planWith = (half: Half): ResourceSet => resourcesOfLink(ibm, site, half)

describe('read under BGP', () => {
  const plan = planWith(halfWith(full))
  const ends = ibm.read(plan)

  it('finds an end at each member for each connection', () => {
    expect(ends.map((end) => [end.connection, end.outside, end.inside, end.mayIdle])).toEqual([
      [connection('0'), { local: member[0], peer: '198.51.100.0' }, { local: '169.254.10.2', peer: '169.254.10.1' }, false],
      [connection('0'), { local: member[1], peer: '198.51.100.0' }, { local: '169.254.10.6', peer: '169.254.10.5' }, false],
      [connection('1'), { local: member[0], peer: '198.51.100.1' }, { local: '169.254.10.10', peer: '169.254.10.9' }, false],
      [connection('1'), { local: member[1], peer: '198.51.100.1' }, { local: '169.254.10.14', peer: '169.254.10.13' }, false],
    ])
  })

  it.each<[string, string, Readonly<Record<string, unknown>>]>([
    ['the VPN gateway is attached to another transit gateway', 'ibm_tg_connection.north--vpn', { gateway: 'tg-else' }],
    ['the VPC is attached to another transit gateway', 'ibm_tg_connection.north--vpc', { gateway: 'tg-else' }],
    ['the attachment of the VPN gateway names nothing', 'ibm_tg_connection.north--vpn', { network_id: undefined }],
    ['the attachment of the VPN gateway is of the wrong kind', 'ibm_tg_connection.north--vpn', { network_type: 'vpc' }],
  ])('is cut off from its network where %s', (_, address, values) => {
    expect(ibm.read(changed(plan, address, values))[0]).toMatchObject({ prefixes: { local: [] }, at: { 'prefixes.local': expect.stringContaining('ibm_tg_connection') } })
  })

  it('is not where the VPN gateway is attached later', () => {
    const waiting = resourceSetOf(plan.all.filter(({ address }) => address !== 'ibm_tg_connection.north--vpn'))
    expect(ibm.read(waiting)[0]?.prefixes).toEqual(ends[0]?.prefixes)
  })

  it.each(['clear', 'hold', 'none'])('does not start again after a loss with action %s', (action) => {
    expect(ibm.read(changed(plan, connection('0'), { action }))[0]?.initiates).toBe(false)
  })

  it('knows the legs that nobody is opposite', () => {
    const idle = ibm.read(planWith(halfWith(parallel))).map(({ mayIdle, inside }) => [mayIdle, inside?.local])
    expect(idle).toEqual([[false, '169.254.21.2'], [true, '169.254.85.2'], [true, '169.254.86.2'], [false, '169.254.22.2']])
  })

  it('gives the half back', () => {
    const [ike, ipsec] = ['ibm_is_ike_policy.north--south', 'ibm_is_ipsec_policy.north--south']
    expect(ends[0]).toEqual({
      cloud: 'ibm',
      connection: connection('0'),
      at: {
        'outside.local': gateway, 'asn.local': gateway, 'prefixes.local': 'ibm_is_vpc_address_prefix.north--apps',
        ikeVersion: ike, 'phase1.encryption': ike, 'phase1.integrity': ike, 'phase1.prf': ike, 'phase1.dhGroup': ike, 'phase1.lifetime': ike,
        'phase2.encryption': ipsec, 'phase2.integrity': ipsec, 'phase2.pfs': ipsec, 'phase2.lifetime': ipsec,
      },
      outside: { local: member[0], peer: '198.51.100.0' },
      inside: { local: '169.254.10.2', peer: '169.254.10.1' },
      routing: 'bgp',
      asn: { local: 64606, peer: 64601 },
      prefixes: { local: ['10.1.0.0/24', '10.1.1.0/24', '10.1.255.0/27'] },
      selectors: { local: ['0.0.0.0/0'], peer: ['0.0.0.0/0'] },
      ikeVersion: 2,
      phase1: { encryption: ['aes-256-cbc'], integrity: ['sha2-512'], prf: ['prf-sha2-512'], dhGroup: [21], lifetime: { seconds: 28800, fixed: false } },
      phase2: { encryption: ['aes-256-gcm-16'], integrity: [], pfs: [21], lifetime: { seconds: 3600, fixed: false } },
      key: { token: 'var.keys.north--south--0@v1' },
      initiates: true,
      mayIdle: false,
    })
  })

  it.each([
    ['peer address', connection('0'), { peer: [{ address: '192.0.2.9', asn: 64601 }] }, { outside: { peer: '192.0.2.9' } }],
    ['peer address of the older kind', connection('0'), { peer: [], peer_address: '192.0.2.8' }, { outside: { peer: '192.0.2.8' } }],
    ['unknown peer address', connection('0'), { peer: [] }, { outside: { peer: { token: `${connection('0')}.peer.0.address` } } }],
    ['peer ASN', connection('0'), { peer: [{ address: '198.51.100.0', asn: 65000 }] }, { asn: { peer: 65000 } }],
    ['own ASN', gateway, { local_asn: 64520 }, { asn: { local: 64520 } }],
    ['IKE version', 'ibm_is_ike_policy.north--south', { ike_version: 1 }, { ikeVersion: 1 }],
    ['lifetime', 'ibm_is_ipsec_policy.north--south', { key_lifetime: 7200 }, { phase2: { lifetime: { seconds: 7200 } } }],
    ['algorithm of the older kind', 'ibm_is_ike_policy.north--south', { dh_groups: null, dh_group: 14 }, { phase1: { dhGroup: [14] } }],
    ['list', 'ibm_is_ike_policy.north--south', { dh_groups: [14, 19] }, { phase1: { dhGroup: [19, 14] } }],
    ['PFS', 'ibm_is_ipsec_policy.north--south', { pfs_groups: ['disabled'] }, { phase2: { pfs: ['none'] } }],
    ['mode', connection('0'), { establish_mode: 'peer_only' }, { initiates: false }],
    ['key', connection('0'), { preshared_key: 'plain' }, { key: 'plain' }],
    ['inside address that is none', connection('0'), { tunnel: [{ tunnel_interface_ip: 'x', neighbor_ip: 'y' }, {}] }, { inside: { local: 'x', peer: 'y' }, mayIdle: false }],
    ['selector', connection('0'), { local: [{ cidrs: ['10.1.0.0/24'] }] }, { selectors: { local: ['10.1.0.0/24'], peer: ['0.0.0.0/0'] } }],
  ])('shows a changed %s', (_, address, values, expected) => {
    expect(ibm.read(changed(plan, address, values))[0]).toMatchObject(expected)
  })

  it('does not take a leg for idle because its peer has an idle address', () => {
    const tunnel = [{ tunnel_interface_ip: '169.254.10.2', neighbor_ip: '169.254.74.1' }, { tunnel_interface_ip: '169.254.10.6', neighbor_ip: '169.254.10.5' }]
    expect(ibm.read(changed(plan, connection('0'), { tunnel }))[0]).toMatchObject({ mayIdle: false, inside: { peer: '169.254.74.1' } })
  })

  it('has no inside addresses where a tunnel is missing', () => {
    const [first, second] = ibm.read(changed(plan, connection('0'), { tunnel: [{ tunnel_interface_ip: '169.254.10.2', neighbor_ip: '169.254.10.1' }] }))
    expect(first).toHaveProperty('inside')
    expect(second).not.toHaveProperty('inside')
    expect(second?.mayIdle).toBe(false)
  })

  it('takes a gateway with policies at its word: no BGP, and nothing passes that is not named', () => {
    const [end] = ibm.read(changed(plan, gateway, { mode: 'policy' }))
    expect(end).toMatchObject({ routing: 'static', selectors: { local: [], peer: [] } })
  })

  it('passes over a connection that is switched off', () => {
    expect(ibm.read(changed(plan, connection('0'), { admin_state_up: false })).map((end) => end.connection)).toEqual([connection('1'), connection('1')])
  })

  it('offers all it knows and no PFS without policies, as IBM Cloud does', () => {
    const [end] = ibm.read(changed(plan, connection('0'), { ike_policy: null, ipsec_policy: null }))
    const { phase1, phase2 } = cipherOffer(ibmFacts.ciphers)
    expect(end).toMatchObject({ phase1: { encryption: phase1.encryption, dhGroup: phase1.dhGroup }, phase2: { encryption: phase2.encryption, pfs: ['none'] } })
  })

  it.each([
    ['a policy that is not at hand', 'ibm_is_ipsec_policy.north--south', undefined],
    ['GCM with an authentication beside it', 'ibm_is_ipsec_policy.north--south', { authentication_algorithms: ['sha256'] }],
    ['a word that IBM Cloud does not know', 'ibm_is_ipsec_policy.north--south', { encryption_algorithms: ['aes512'] }],
  ])('understands nothing in %s', (_, address, values) => {
    const [end] = ibm.read(changed(plan, address, (old) => values && { ...old, ...values }))
    expect(end?.phase2.encryption).toEqual([])
  })

  it('says what it does not know when the gateway is in another stack', () => {
    const alone = resourceSetOf(plan.ofType('ibm_is_vpn_gateway_connection'))
    expect(ibm.read(alone)[1]).toMatchObject({
      outside: { local: { token: `${connection('0')}.vpn_gateway.public_ip_address2` } }, asn: { local: { token: `${connection('0')}.vpn_gateway.local_asn` } },
    })
    expect(ibm.read(alone)[0]).not.toHaveProperty('prefixes')
  })

  it('reads the state of each tunnel by the address of its member', () => {
    const known = changed(plan, gateway, { public_ip_address: '203.0.113.1', public_ip_address2: '203.0.113.2' })
    const tunnels = [{ address: '203.0.113.2', status: 'up' }, { address: '203.0.113.1', status: 'down' }]
    const state = changed(known, connection('0'), { tunnels })
    expect(ibm.read(state).map(({ status }) => status)).toEqual(['down', 'up', undefined, undefined])
  })
})

describe('read under static routing', () => {
  const plan = planWith(halfWith(full, { routing: statically }))
  const prefixes = (set: ResourceSet): unknown => ibm.read(set)[0]?.prefixes?.peer

  it('reads no BGP, and either leg of a connection may be idle', () => {
    const ends: EndView[] = ibm.read(plan)
    expect(ends.map(({ routing, mayIdle }) => [routing, mayIdle])).toEqual(Array.from({ length: 4 }, () => ['static', true]))
    expect(ends[0]).not.toHaveProperty('asn')
    expect(ends[0]).not.toHaveProperty('inside')
  })

  it('reads what is routed into each connection', () => {
    expect(ibm.read(plan).map((end) => end.prefixes?.peer)).toEqual(Array.from({ length: 4 }, () => ['10.2.0.0/16', '10.3.0.0/24']))
    expect(ibm.read(plan)[2]?.at['prefixes.peer']).toBe(route('1--jp-tok-1--10-2-0-0-16'))
  })

  const second = route('0--jp-tok-2--10-3-0-0-24')
  it.each([
    ['is not routed in every zone', second, undefined],
    ['goes elsewhere in one zone', second, { next_hop: '10.1.0.9' }],
    ['is dropped in one zone', second, { action: 'drop' }],
    ['is another one in one zone', second, { destination: '10.9.0.0/24' }],
  ])('does not count a prefix that %s', (_, address, values) => {
    expect(prefixes(changed(plan, address, (old) => values && { ...old, ...values }))).toEqual(['10.2.0.0/16'])
  })

  it('follows a next hop by its id in a state', () => {
    const state = ['0', '1'].reduce((set, id) => changed(set, connection(id), { gateway_connection: `c-${id}` }), plan)
    const routed = state.ofType('ibm_is_vpc_routing_table_route').reduce((set, { address }) => changed(set, address, { next_hop: 'c-0' }), state)
    expect(ibm.read(routed).map((end) => end.prefixes?.peer)).toEqual([['10.2.0.0/16', '10.3.0.0/24'], ['10.2.0.0/16', '10.3.0.0/24'], [], []])
  })
})

describe('read of every suite that IBM Cloud offers', () => {
  const ciphers = cipherOffer(ibmFacts.ciphers)
  const phase1 = ciphers.phase1.encryption.flatMap((encryption) => ciphers.phase1.integrity.flatMap((integrity) => ciphers.phase1.dhGroup.map((dhGroup) => ({ encryption, integrity, prf: prfOf(integrity), dhGroup }))))
  const phase2 = ciphers.phase2.encryption.flatMap((encryption) =>
    (encryption.includes('gcm') ? [undefined] : ciphers.phase2.integrity).flatMap((integrity) =>
      ciphers.phase2.pfs.map((pfs) => ({ encryption, ...(integrity ? { integrity } : {}), pfs }))))

  it('understands what link writes', () => {
    const rounds = Math.max(phase1.length, phase2.length)
    expect(rounds).toBeGreaterThan(100)
    for (let round = 0; round < rounds; round += 1) {
      const [one, two] = [phase1[round % phase1.length], phase2[round % phase2.length]]
      if (!one || !two) throw new Error('no suites')
      const [end] = ibm.read(planWith(halfWith(full, { suite: { phase1: one, phase2: two } })))
      expect(end?.phase1).toMatchObject({ encryption: [one.encryption], integrity: [one.integrity], prf: [one.prf], dhGroup: [one.dhGroup] })
      expect(end?.phase2).toMatchObject({ encryption: [two.encryption], integrity: 'integrity' in two ? [two.integrity] : [], pfs: [two.pfs] })
    }
  })
})
