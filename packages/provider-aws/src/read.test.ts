import { isToken, resourceSetOf, type EndView, type Half } from '@isthmus/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { halfWith, resourcesOf, siteWith, staticRouting, tunnel, view } from '../test/samples.ts'
import { ciphers } from './ciphers.ts'
import { read } from './read.ts'

function ends(options: Readonly<Record<string, unknown>>, half: Half): EndView[] {
  return read(resourcesOf(siteWith(options), half))
}

const modern = {
  ikeVersion: 2,
  phase1: { encryption: ['aes-256-gcm-16'], integrity: [], prf: ['prf-sha2-384'], dhGroup: [20], lifetime: { seconds: 28_800, fixed: false } },
  phase2: { encryption: ['aes-256-gcm-16'], integrity: [], pfs: [20], lifetime: { seconds: 3600, fixed: false } },
}

describe('read of a rendered stack', () => {
  it('gives a BGP half back', () => {
    const found = ends({}, halfWith())
    expect(found).toHaveLength(4)
    expect(found[3]).toEqual({
      cloud: 'aws',
      connection: 'aws_vpn_connection.south--north--1',
      at: {
        'outside.peer': 'aws_customer_gateway.south--north--1',
        'asn.peer': 'aws_customer_gateway.south--north--1',
        'asn.local': 'aws_vpn_gateway.south',
        'prefixes.local': 'aws_vpc.south',
      },
      outside: { local: { token: 'aws_vpn_connection.south--north--1.tunnel2_address' }, peer: { token: 'acme_address.north-1.ip' } },
      inside: { local: '169.254.22.5', peer: '169.254.22.6', prefix: 30 },
      routing: 'bgp',
      asn: { local: 64_601, peer: 64_602 },
      prefixes: { local: ['10.1.0.0/16'] },
      selectors: { local: ['0.0.0.0/0'], peer: ['0.0.0.0/0'] },
      ...modern,
      key: { token: 'var.keys.north--south--11@v1' },
      initiates: true,
      mayIdle: false,
    })
  })

  it('gives a static half back with the prefixes of its own connection', () => {
    const found = ends({}, halfWith({ routing: staticRouting, initiates: false }))
    expect(found).toHaveLength(4)
    for (const end of found) {
      expect(end).toMatchObject({ routing: 'static', initiates: false, mayIdle: false, prefixes: { local: ['10.1.0.0/16'], peer: ['10.2.0.0/16', '10.3.0.0/24'] } })
      expect(end.asn).toBeUndefined()
    }
    expect(found[2]?.at['prefixes.peer']).toBe('aws_vpn_connection_route.south--north--1--10-2-0-0-16')
  })

  it.each(['bgp', 'static'] as const)('finds number, network and prefixes over a transit gateway under %s', (mode) => {
    const half = halfWith({ routing: { ...staticRouting, mode }, connections: [{ id: '0', tunnels: [tunnel(0, 0, '169.254.21.0/30'), tunnel(1, 0, '169.254.22.0/30')] }] })
    const [end] = ends({ gateway: 'tgw' }, half)
    expect(end).toMatchObject({ routing: mode, prefixes: { local: ['10.1.0.0/16'] } })
    expect(end?.asn).toEqual(mode === 'bgp' ? { local: 64_601, peer: 64_602 } : undefined)
    expect(end?.prefixes?.peer).toEqual(mode === 'bgp' ? undefined : ['10.2.0.0/16', '10.3.0.0/24'])
  })

  it('gives a connection without a gateway a number that nobody has', () => {
    const customer = view('aws_customer_gateway', 'c', { id: 'cgw-1', bgp_asn: '64602' })
    const [end] = read(resourceSetOf([customer, view('aws_vpn_connection', 'c', { customer_gateway_id: 'cgw-1' })]))
    expect(end?.asn).toEqual({ local: { token: 'aws_vpn_connection.c.vpn_gateway_id.amazon_side_asn' }, peer: 64_602 })
  })

  it('takes the local network of a connection for the peer’s, as AWS means it', () => {
    const connection = view('aws_vpn_connection', 'c', { local_ipv4_network_cidr: '10.2.0.0/16' })
    expect(read(resourceSetOf([connection]))[0]?.selectors).toEqual({ local: ['0.0.0.0/0'], peer: ['10.2.0.0/16'] })
  })

  it('reads large numbers of peers', () => {
    expect(ends({}, halfWith({ routing: { ...halfWith().routing, peerAsn: 4_200_000_001 } }))[0]?.asn).toEqual({ local: 64_601, peer: 4_200_000_001 })
  })

  it('lets only the spare tunnel of a connection idle', () => {
    const half = halfWith({ initiates: false, connections: [{ id: '0', tunnels: [tunnel(1, 0, '169.254.21.0/30')] }] })
    const [wanted, spare] = ends({}, half)
    expect(wanted).toMatchObject({ mayIdle: false, inside: { local: '169.254.21.1' }, key: { token: 'var.keys.north--south--01@v1' } })
    expect(spare).toMatchObject({
      mayIdle: true,
      inside: {
        local: { token: 'aws_vpn_connection.south--north--0.tunnel2_vgw_inside_address' }, peer: { token: 'aws_vpn_connection.south--north--0.tunnel2_cgw_inside_address' },
      },
      ...modern,
    })
    expect(isToken(spare?.key)).toBe(true)
  })

  it('leaves the numbers out where the gateway is not at hand', () => {
    const existing = { vpcId: 'vpc-0a1', routeTableIds: ['rtb-0a1'], vpnGatewayId: 'vgw-0a1' }
    const [end] = ends({ existing }, halfWith())
    expect(end).toMatchObject({ routing: 'bgp', prefixes: {} })
    expect(end?.asn).toBeUndefined()
  })

  it('gives back any suite and lifetimes that the offer allows', () => {
    const plain = ciphers.phase1.encryption.filter((name) => !name.includes('gcm'))
    fc.assert(fc.property(
      fc.constantFrom(...plain), fc.constantFrom(...ciphers.phase1.integrity), fc.constantFrom(...ciphers.phase1.dhGroup),
      fc.constantFrom(...plain), fc.constantFrom(...ciphers.phase2.integrity), fc.constantFrom(...ciphers.phase2.pfs),
      fc.integer({ min: 900, max: 28_800 }), fc.integer({ min: 900, max: 3600 }),
      (encryption, integrity, dhGroup, espEncryption, espIntegrity, pfs, first, second) => {
        const prf = ciphers.phase1.prf.find((name) => name === `prf-${integrity}`)
        if (!prf) throw new Error(`no PRF for ${integrity}`)
        const suite = { phase1: { encryption, integrity, prf, dhGroup }, phase2: { encryption: espEncryption, integrity: espIntegrity, pfs } }
        const [end] = ends({}, halfWith({ suite, lifetimes: { phase1: first, phase2: second } }))
        expect(end?.phase1).toEqual({ encryption: [encryption], integrity: [integrity], prf: [prf], dhGroup: [dhGroup], lifetime: { seconds: first, fixed: false } })
        expect(end?.phase2).toEqual({ encryption: [espEncryption], integrity: [espIntegrity], pfs: [pfs], lifetime: { seconds: second, fixed: false } })
      },
    ), { numRuns: 30 })
  })
})

describe('read of a state', () => {
  const tunnels = (number: 1 | 2, values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`tunnel${number}_${name}`, value]))
  const ofTunnel = {
    bgp_asn: '64601', ike_versions: ['ikev2'], phase1_encryption_algorithms: ['AES256'], phase1_integrity_algorithms: ['SHA2-256'], phase1_dh_group_numbers: [14],
    phase1_lifetime_seconds: 0, phase2_encryption_algorithms: ['AES256', 'AES999'], phase2_integrity_algorithms: ['SHA2-256'], phase2_dh_group_numbers: null, phase2_lifetime_seconds: null,
  }
  const connection = view('aws_vpn_connection', 'c', {
    id: 'vpn-1', customer_gateway_id: 'cgw-1', vpn_gateway_id: 'vgw-1', transit_gateway_id: null, static_routes_only: false, transit_gateway_attachment_id: '',
    ...tunnels(1, { ...ofTunnel, address: '203.0.113.1', inside_cidr: '169.254.21.0/30', preshared_key: 'wanted', startup_action: 'start', dpd_timeout_action: 'restart' }),
    ...tunnels(2, { ...ofTunnel, address: '203.0.113.2', inside_cidr: '169.254.99.0/30', preshared_key: 'made-by-aws', startup_action: 'add', dpd_timeout_action: 'clear' }),
    vgw_telemetry: [{ outside_ip_address: '203.0.113.2', status: 'DOWN' }, { outside_ip_address: '203.0.113.1', status: 'UP' }],
  })
  const customer = view('aws_customer_gateway', 'c', { id: 'cgw-1', ip_address: '198.51.100.9', bgp_asn: '64602', bgp_asn_extended: null })
  const gateway = view('aws_vpn_gateway', 'g', { id: 'vgw-1', vpc_id: 'vpc-1', amazon_side_asn: '64601' })
  const others = [
    view('aws_vpc', 'v', { id: 'vpc-1', cidr_block: '10.1.0.0/16' }),
    view('aws_vpc_ipv4_cidr_block_association', 'v', { id: 'x', vpc_id: 'vpc-1', cidr_block: '10.9.0.0/16' }),
    view('acme_tunnel', 't', { id: 'vpn-1' }),
  ]

  it('gives values, status and the spare tunnel, although AWS filled in what it picked itself', () => {
    const [wanted, spare] = read(resourceSetOf([connection, customer, gateway, ...others]))
    expect(wanted).toMatchObject({
      outside: { local: '203.0.113.1', peer: '198.51.100.9' }, asn: { local: 64_601, peer: 64_602 }, key: 'wanted', initiates: true, mayIdle: false, status: 'up',
      prefixes: { local: ['10.1.0.0/16', '10.9.0.0/16'] },
    })
    expect(spare).toMatchObject({ inside: { local: '169.254.99.1' }, key: 'made-by-aws', initiates: false, mayIdle: true, status: 'down' })
  })

  it.each(['clear', 'none', null])('does not start again after a loss with %s', (action) => {
    const lax = { ...connection, values: { ...connection.values, tunnel1_dpd_timeout_action: action } }
    expect(read(resourceSetOf([lax, customer, gateway]))[0]?.initiates).toBe(false)
  })

  it('takes the documented default for an unset lifetime and leaves unknown transforms out', () => {
    const [end] = read(resourceSetOf([connection, customer, gateway]))
    expect(end?.phase1.lifetime.seconds).toBe(28_800)
    expect(end?.phase2).toEqual({ encryption: ['aes-256-cbc'], integrity: ['sha2-256'], pfs: [], lifetime: { seconds: 3600, fixed: false } })
  })

  it('takes the number of a gateway that others made from the connection', () => {
    expect(read(resourceSetOf([connection, customer]))[0]).toMatchObject({ asn: { local: 64_601, peer: 64_602 } })
  })

  it('still gives both ends of a connection that stands alone', () => {
    const found = read(resourceSetOf([view('aws_vpn_connection', 'c', {})]))
    expect(found).toHaveLength(2)
    expect(found[0]).toMatchObject({ outside: { peer: { token: 'aws_vpn_connection.c.customer_gateway_id' } }, ikeVersion: 2, mayIdle: false, phase1: { encryption: [] } })
  })

  it('tells IKEv1', () => {
    expect(read(resourceSetOf([view('aws_vpn_connection', 'c', { tunnel1_ike_versions: ['ikev1'] })]))[0]?.ikeVersion).toBe(1)
  })
})
