import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { tunnelState } from '../tunnel-state.fixture.ts'
import { type Sample, sample, tunnel } from './sample.fixture.ts'

type Change = (made: Sample & { readonly made: Attributes }) => Attributes

function withGateway() {
  const all = sample()
  return { ...all, made: all.gateway() }
}

/** Both tunnels, the first of them changed. */
const first = (change: Attributes): Change => ({ customers }) => ({ tunnel_options_specification: [tunnel('master', customers[0], 0, change), tunnel('slave', customers[1], 4)] })
const ike = (change: Attributes): Change => first({ tunnel_ike_config: [{ ike_version: 'ikev2', ...change }] })
const ipsec = (change: Attributes): Change => first({ tunnel_ipsec_config: [change] })
const session = (change: Attributes): Change => first({ tunnel_bgp_config: [{ local_asn: '64604', local_bgp_ip: '169.254.10.2', tunnel_cidr: '169.254.10.0/30', ...change }] })
const inside = (block: string, local: string): Change => session({ tunnel_cidr: block, local_bgp_ip: local })
const unchanged: Change = () => ({})

describe('a connection in dual-tunnel mode', () => {
  it('shows what the cloud makes of each tunnel', () => {
    const { connect, made } = withGateway()
    const connection = connect(made)
    expect(connection).toMatchObject({ id: expect.stringMatching(/^vco-/), status: 'ike_sa_not_established', ike_config: [], bgp_config: [], name: 'c-1' })
    expect(connection['tunnel_options_specification']).toMatchObject([
      {
        role: 'master', internet_ip: made['internet_ip'], zone_no: 'ap-northeast-1a', status: 'ike_sa_not_established', tunnel_id: expect.stringMatching(/^tun-/),
        tunnel_ike_config: [{ local_id: made['internet_ip'], remote_id: '198.51.100.1' }], tunnel_bgp_config: [{ peer_asn: '64601', peer_bgp_ip: '169.254.10.1', bgp_status: 'false' }],
      },
      { role: 'slave', internet_ip: made['disaster_recovery_internet_ip'], zone_no: 'ap-northeast-1b', tunnel_bgp_config: [{ peer_bgp_ip: '169.254.10.5' }] },
    ])
  })

  it('takes the first tunnel for the master where nothing says so', () => {
    const { connect, customers, made } = withGateway()
    const nameless = [tunnel('', customers[0], 0, { role: undefined }), tunnel('', customers[1], 4, { role: undefined })]
    expect(connect(made, { tunnel_options_specification: nameless })['tunnel_options_specification']).toMatchObject([{ role: 'master' }, { role: 'slave' }])
  })

  const structure: [string, Change, Change, string][] = [
    ['a gateway that is not there', () => ({ vpn_gateway_id: 'vpn-none' }), unchanged, 'InvalidVpnGatewayInstanceId.NotFound'],
    ['a customer gateway that is not there', first({ customer_gateway_id: 'cgw-none' }), unchanged, 'InvalidCustomerGatewayInstanceId.NotFound'],
    ['a single tunnel', ({ customers }) => ({ tunnel_options_specification: [tunnel('master', customers[0], 0)] }), unchanged, 'InvalidTunnelOptionsSpecification'],
    ['two masters', ({ customers }) => ({ tunnel_options_specification: [tunnel('master', customers[0], 0), tunnel('master', customers[1], 4)] }), unchanged, 'InvalidTunnelOptionsSpecification'],
    ['a selector with host bits', () => ({ local_subnet: ['10.4.0.1/16'] }), () => ({ local_subnet: ['10.4.0.0/16'] }), 'InvalidSubnet'],
    ['two numbers of its own', session({ local_asn: '64605' }), unchanged, 'InvalidLocalAsn'],
  ]
  it.each(structure)('refuses %s and accepts its neighbour', (_what, refused, accepted, code) => {
    const all = withGateway()
    expect(refusalOf(() => all.connect(all.made, refused(all))).message).toContain(code)
    expect(() => all.connect(all.made, accepted(all))).not.toThrow()
  })

  it('needs a number of its peer for BGP, and none without it', () => {
    const { connect, customers, made, make } = withGateway()
    const nameless = make('vpn_customer_gateway', { ip_address: '198.51.100.7' })
    const tunnels = { tunnel_options_specification: [tunnel('master', nameless, 0), tunnel('slave', customers[1], 4)] }
    expect(refusalOf(() => connect(made, tunnels)).message).toContain('InvalidCustomerGateway.NoAsn')
    expect(() => connect(made, { ...tunnels, enable_tunnels_bgp: false })).not.toThrow()
  })

  const cryptography: [string, Change, Change, string][] = [
    ['IKE version 3', ike({ ike_version: 'ikev3' }), ike({ ike_version: 'ikev1' }), 'ike_version ikev3'],
    ['GCM in phase 1', ike({ ike_enc_alg: 'aes256gcm' }), ike({ ike_enc_alg: 'aes192' }), 'ike_enc_alg aes256gcm'],
    ['a spelling of another cloud', ike({ ike_auth_alg: 'SHA256' }), ike({ ike_auth_alg: 'sha384' }), 'ike_auth_alg SHA256'],
    ['group 19', ike({ ike_pfs: 'group19' }), ike({ ike_pfs: 'group5' }), 'ike_pfs group19'],
    ['phase 1 without a group', ike({ ike_pfs: 'disabled' }), ipsec({ ipsec_pfs: 'disabled' }), 'ike_pfs disabled'],
    ['GCM in phase 2', ipsec({ ipsec_enc_alg: 'aes256gcm16' }), ipsec({ ipsec_enc_alg: '3des' }), 'ipsec_enc_alg aes256gcm16'],
    ['no integrity in phase 2', ipsec({ ipsec_auth_alg: 'none' }), ipsec({ ipsec_auth_alg: 'md5' }), 'ipsec_auth_alg none'],
    ['group 20 in phase 2', ipsec({ ipsec_pfs: 'group20' }), ipsec({ ipsec_pfs: 'group1' }), 'ipsec_pfs group20'],
    ['a long lifetime in phase 1', ike({ ike_lifetime: 86401 }), ike({ ike_lifetime: 86400 }), 'ike_lifetime 86401'],
    ['a negative lifetime in phase 2', ipsec({ ipsec_lifetime: -1 }), ipsec({ ipsec_lifetime: 0 }), 'ipsec_lifetime -1'],
    ['a key with a space', ike({ psk: 'a key' }), ike({ psk: `a~!\`@#$%^&*()_-+={}[]|\\;:',.<>/?` }), 'pre-shared key'],
    ['a key with a double quote', ike({ psk: 'a"key' }), ike({ psk: 'a' }), 'pre-shared key'],
    ['an empty key', ike({ psk: '' }), ike({ psk: 'k'.repeat(100) }), 'pre-shared key'],
    ['a key of 101 characters', ike({ psk: 'k'.repeat(101) }), ike({}), 'pre-shared key'],
  ]
  it.each(cryptography)('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const all = withGateway()
    const refusal = refusalOf(() => all.connect(all.made, refused(all)))
    expect(refusal.detail).toContain(detail)
    expect(refusal.path.slice(0, 2)).toEqual(['tunnel_options_specification', 0])
    expect(() => all.connect(all.made, accepted(all))).not.toThrow()
  })

  it('never repeats a key', () => {
    const all = withGateway()
    expect(JSON.stringify(refusalOf(() => all.connect(all.made, ike({ psk: 'the secret' })(all))))).not.toContain('the secret')
  })

  const sessions: [string, Change, Change, string][] = [
    ['no session', first({ tunnel_bgp_config: [] }), unchanged, 'MissingParameter'],
    ['a block that is no /30', inside('169.254.10.0/29', '169.254.10.2'), inside('169.254.10.8/30', '169.254.10.9'), 'InvalidTunnelCidr'],
    ['a block that is not link-local', inside('10.9.9.0/30', '10.9.9.1'), unchanged, 'InvalidTunnelCidr'],
    ...[0, 1, 2, 3, 4, 5, 6].map((third): [string, Change, Change, string] => [`169.254.${third}.0/30`, inside(`169.254.${third}.0/30`, `169.254.${third}.1`), inside(`169.254.${third}.4/30`, `169.254.${third}.5`), 'InvalidTunnelCidr']),
    ['169.254.169.252/30', inside('169.254.169.252/30', '169.254.169.253'), inside('169.254.169.248/30', '169.254.169.249'), 'InvalidTunnelCidr'],
    ['the block of the other tunnel', inside('169.254.10.4/30', '169.254.10.5'), inside('169.254.10.8/30', '169.254.10.10'), 'TunnelCidr.Conflict'],
    ['an address out of its block', session({ local_bgp_ip: '169.254.10.5' }), session({ local_bgp_ip: '169.254.10.1' }), 'InvalidLocalBgpIp'],
    ['the network address', session({ local_bgp_ip: '169.254.10.0' }), unchanged, 'InvalidLocalBgpIp'],
    ['a number that is none', session({ local_asn: 'x' }), unchanged, 'InvalidLocalAsn'],
  ]
  it.each(sessions)('refuses %s inside a tunnel and accepts its neighbour', (_what, refused, accepted, code) => {
    const all = withGateway()
    expect(refusalOf(() => all.connect(all.made, refused(all))).message).toContain(code)
    expect(() => all.connect(all.made, accepted(all))).not.toThrow()
  })
})

describe('several connections of one gateway', () => {
  const other = ({ customers }: Sample, block: number): Attributes => ({ tunnel_options_specification: [tunnel('master', customers[1], block), tunnel('slave', customers[0], block + 4)] })

  it('share neither inside blocks nor both ends', () => {
    const all = withGateway()
    all.connect(all.made)
    expect(refusalOf(() => all.connect(all.made, other(all, 4))).message).toContain('TunnelCidr.Conflict')
    const again = { tunnel_options_specification: [tunnel('master', all.customers[0], 16), tunnel('slave', all.customers[1], 20)] }
    expect(refusalOf(() => all.connect(all.made, again)).message).toContain('InvalidVpnConnection.AlreadyExists')
    expect(() => all.connect(all.made, other(all, 8))).not.toThrow()
  })

  it('are ten at most', () => {
    const { connect, make, made } = withGateway()
    const join = (index: number): Attributes => {
      const customer = make('vpn_customer_gateway', { ip_address: `198.51.100.${100 + index}`, asn: '64700' })
      return connect(made, { tunnel_options_specification: [tunnel('master', customer, index * 8), tunnel('slave', customer, index * 8 + 4)] })
    }
    for (let index = 0; index < 10; index += 1) join(index)
    expect(refusalOf(() => join(10)).message).toContain('QuotaExceeded.VpnConnection')
  })
})

describe('the life of a connection', () => {
  it('gets another peer address with another block', () => {
    const { cloud, connect, customers, made } = withGateway()
    const connection = connect(made)
    const moved = cloud.update(connection, 'alicloud_vpn_connection', { tunnel_options_specification: [tunnel('master', customers[0], 16), tunnel('slave', customers[1], 4)] })
    expect(moved['tunnel_options_specification']).toMatchObject([{ tunnel_bgp_config: [{ peer_bgp_ip: '169.254.10.17' }] }, { tunnel_bgp_config: [{ peer_bgp_ip: '169.254.10.5' }] }])
  })

  it('shows which tunnels are up', () => {
    const { cloud, connect, made } = withGateway()
    const connection = connect(made)
    const read = () => cloud.read('alicloud_vpn_connection', connection)
    expect(read()).toMatchObject({ status: 'ike_sa_not_established' })
    cloud.states.push(tunnelState(String(made['internet_ip']), '198.51.100.1'), tunnelState(String(made['disaster_recovery_internet_ip']), '198.51.100.2', { up: false }))
    expect(read()).toMatchObject({
      status: 'ipsec_sa_established',
      tunnel_options_specification: [
        { status: 'ipsec_sa_established', tunnel_bgp_config: [{ bgp_status: 'success' }] }, { status: 'ike_sa_not_established', tunnel_bgp_config: [{ bgp_status: 'false' }] },
      ],
    })
  })
})
