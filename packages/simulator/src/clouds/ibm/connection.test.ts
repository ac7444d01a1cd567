import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { tunnelState } from '../tunnel-state.fixture.ts'
import { UNKNOWN } from '../../wire/unknown.ts'
import { dynamic, sample } from './sample.fixture.ts'

const type = 'ibm_is_vpn_gateway_connection'

describe('a connection of a VPN gateway', () => {
  it('computes what IBM Cloud computes', () => {
    const { connect, gateway } = sample()
    const made = connect('c', dynamic('169.254.10.1', '169.254.10.5'))
    expect(made).toMatchObject({
      id: `${String(gateway['id'])}/${String(made['gateway_connection'])}`, authentication_mode: 'psk', mode: 'route', status: 'down', admin_state_up: true, peer_address: '198.51.100.9',
      peer: [{ address: '198.51.100.9', asn: 64601, type: 'address', fqdn: '', ike_identity: [{ type: 'ipv4_address', value: '198.51.100.9' }] }],
      tunnels: [
        { address: gateway['public_ip_address'], tunnel_interface_ip: '169.254.10.2', neighbor_ip: '169.254.10.1', status: 'down', protocol_state: 'active' },
        { address: gateway['public_ip_address2'], tunnel_interface_ip: '169.254.10.6' },
      ],
    })
  })

  it('takes a peer of the older kind, or one with a name', () => {
    const { connect } = sample()
    expect(connect('old', { peer: UNKNOWN, peer_address: '198.51.100.8' })).toMatchObject({ peer: [{ address: '198.51.100.8' }], routing_protocol: 'none' })
    expect(connect('named', { peer: [{ fqdn: 'peer.example' }] })).toMatchObject({ peer: [{ type: 'fqdn', address: '', ike_identity: [{ type: 'fqdn', value: 'peer.example' }] }] })
  })

  const bgp = dynamic('169.254.10.1', '169.254.10.5')
  const cases: [string, Attributes, Attributes, string][] = [
    ['a short key', { preshared_key: 'abcde' }, { preshared_key: 'abcdef' }, '6 to 128'],
    ['a long key', { preshared_key: 'k'.repeat(129) }, { preshared_key: 'k'.repeat(128) }, '6 to 128'],
    ['a key with an underscore', { preshared_key: 'abc_def' }, { preshared_key: 'abc.def' }, '6 to 128'],
    ['a key that starts with 0x', { preshared_key: '0xabcdef' }, { preshared_key: '0yabcdef' }, 'must not start'],
    ['a key that starts with 0s', { preshared_key: '0sabcdef' }, { preshared_key: 's0abcdef' }, 'must not start'],
    ['an unknown mode', { establish_mode: 'passive' }, { establish_mode: 'peer_only' }, 'one of [bidirectional peer_only]'],
    ['an unknown action', { action: 'start' }, { action: 'hold' }, 'one of [restart'],
    ['an unknown protocol', { routing_protocol: 'ospf' }, { routing_protocol: 'none' }, 'one of [bgp none]'],
    ['no interval', { interval: 0 }, { interval: 1 }, '(1 - 86399)'],
    ['a short time-out', { timeout: 1 }, { timeout: 2 }, '(2 - 86399)'],
    ['a long time-out', { timeout: 86400 }, { timeout: 86399 }, '(2 - 86399)'],
    ['no peer', { peer: [{}] }, {}, 'without address and FQDN'],
    ['a peer that is no address', { peer: [{ address: 'peer' }] }, {}, 'cannot be the peer'],
    ['tunnels without BGP', { tunnel: bgp['tunnel'] }, bgp, 'only with routing protocol bgp'],
    ['BGP without tunnels', { ...bgp, tunnel: [] }, bgp, 'needs tunnel addresses for both members'],
    ['BGP without the number of the peer', { ...bgp, peer: [{ address: '198.51.100.9' }] }, bgp, 'needs the ASN'],
    ['a reserved number of the peer', dynamic('169.254.10.1', '169.254.10.5', 64512), dynamic('169.254.10.1', '169.254.10.5', 64514), 'ASN 64512 is reserved'],
    ['one block for both members', dynamic('169.254.10.1', '169.254.10.1'), bgp, 'in use on the gateway already'],
    ['hosts that are not next to each other', { ...bgp, tunnel: [{ tunnel_interface_ip: '169.254.10.2', neighbor_ip: '169.254.10.5' }, { tunnel_interface_ip: '169.254.10.10', neighbor_ip: '169.254.10.9' }] }, bgp, 'not the two hosts of one /30'],
    ['the network of a block', dynamic('169.254.10.0', '169.254.10.5'), bgp, 'not the two hosts of one /30'],
    ['a block over a network of the VPC', dynamic('10.1.255.1', '169.254.10.5'), dynamic('10.2.255.1', '169.254.10.5'), 'overlaps 10.1.255.0/27'],
    ['a policy that is not there', { ike_policy: 'none' }, {}, 'was not found'],
    ['a gateway that is not there', { vpn_gateway: 'none' }, {}, 'was not found'],
  ]
  it.each(cases)('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const { connect } = sample()
    const refusal = refusalOf(() => connect('c', refused))
    expect(refusal.detail).toContain(detail)
    const key = refused['preshared_key']
    if (typeof key === 'string') expect(`${refusal.message} ${refusal.detail}`).not.toContain(key)
    expect(() => connect('c', accepted)).not.toThrow()
  })

  it('has inside blocks that no other on the gateway has, and that its transit gateway leaves free', () => {
    const { connect, make, gateway } = sample()
    connect('one', bgp)
    expect(refusalOf(() => connect('two', dynamic('169.254.10.9', '169.254.10.5'))).message).toContain('vpn_connection_tunnel_overlap')
    make('tg_connection', { name: 'vpn', gateway: make('tg_gateway', { name: 'tg', location: 'jp-tok' })['id'], network_type: 'vpn_gateway', network_id: gateway['crn'], cidr: '192.168.255.224/27' })
    expect(refusalOf(() => connect('two', dynamic('169.254.10.9', '192.168.255.225'))).detail).toContain('overlaps 192.168.255.224/27')
    expect(() => connect('two', dynamic('169.254.10.9', '169.254.10.13'))).not.toThrow()
  })

  it('is one of ten', () => {
    const { connect } = sample()
    for (let count = 0; count < 10; count += 1) connect(`c-${count}`)
    expect(refusalOf(() => connect('c-10')).message).toContain('over_quota')
  })

  it('is dynamic only on a route-based gateway', () => {
    const { make, gatewaySubnet, connect } = sample()
    const policies = make('is_vpn_gateway', { name: 'p', subnet: gatewaySubnet['id'], mode: 'policy' })
    expect(refusalOf(() => connect('c', { ...bgp, vpn_gateway: policies['id'] })).message).toContain('vpn_connection_bgp_needs_route_mode')
  })

  it('is checked again when it changes, and keeps the kind of its peer', () => {
    const { cloud, connect } = sample()
    const made = connect('c')
    expect(refusalOf(() => cloud.update(made, type, { preshared_key: 'a_key' })).detail).toContain('6 to 128')
    expect(refusalOf(() => cloud.update(made, type, { peer: [{ fqdn: 'peer.example' }] })).message).toContain('vpn_connection_peer_type_immutable')
    expect(cloud.update(made, type, { peer: [{ address: '198.51.100.7' }] })).toMatchObject({ peer_address: '198.51.100.7' })
  })

  it('reports its tunnels, and is up while one of them is', () => {
    const { cloud, connect, gateway } = sample()
    const made = connect('c', bgp)
    const address = String(gateway['public_ip_address2'])
    cloud.states.push(tunnelState(address, '198.51.100.9'))
    expect(cloud.read(type, made)).toMatchObject({ status: 'up', status_reasons: [], tunnels: [{ status: 'down', protocol_state: 'active' }, { status: 'up', protocol_state: 'established' }] })
    cloud.states.splice(0, 1, tunnelState(address, '198.51.100.9', { up: false, reason: 'the ends differ in key' }))
    expect(cloud.read(type, made)).toMatchObject({ status: 'down', status_reasons: [{ code: 'peer_not_responding', message: 'the ends differ in key' }] })
  })
})

describe('policies', () => {
  const ike = { name: 'i', encryption_algorithms: ['aes256'], authentication_algorithms: ['sha512'], dh_groups: [21], ike_version: 2 }
  const ipsec = { name: 's', encryption_algorithms: ['aes256gcm16'], authentication_algorithms: ['disabled'], pfs_groups: ['group_21'] }

  it.each([
    ['GCM in phase 1', 'is_ike_policy', { ...ike, encryption_algorithms: ['aes256gcm16'] }, ike, 'one of [aes128'],
    ['an old group', 'is_ike_policy', { ...ike, dh_groups: [5] }, { ...ike, dh_groups: [31] }, 'one of [14'],
    ['a short lifetime of phase 1', 'is_ike_policy', { ...ike, key_lifetime: 1799 }, { ...ike, key_lifetime: 1800 }, '(1800 - 86400)'],
    ['a third version', 'is_ike_policy', { ...ike, ike_version: 3 }, { ...ike, ike_version: 1 }, '1 or 2'],
    ['two groups in IKEv1', 'is_ike_policy', { ...ike, ike_version: 1, dh_groups: [14, 19] }, { ...ike, dh_groups: [14, 19] }, 'takes one algorithm'],
    ['an old hash of the older kind', 'is_ipsec_policy', { ...ipsec, authentication_algorithms: null, authentication_algorithm: 'md5' }, ipsec, 'one of [sha256'],
    ['an unknown group in phase 2', 'is_ipsec_policy', { ...ipsec, pfs_groups: ['group_2'] }, { ...ipsec, pfs_groups: ['disabled'] }, 'one of [disabled group_14'],
    ['a short lifetime of phase 2', 'is_ipsec_policy', { ...ipsec, key_lifetime: 299 }, { ...ipsec, key_lifetime: 300 }, '(300 - 86400)'],
    ['GCM with an authentication', 'is_ipsec_policy', { ...ipsec, authentication_algorithms: ['sha256'] }, ipsec, 'must be disabled'],
    ['GCM with one beside none', 'is_ipsec_policy', { ...ipsec, authentication_algorithms: ['disabled', 'sha256'] }, ipsec, 'must be disabled'],
    ['CBC without one', 'is_ipsec_policy', { ...ipsec, encryption_algorithms: ['aes256'] }, { ...ipsec, encryption_algorithms: ['aes256'], authentication_algorithms: ['sha256'] }, 'must not be disabled'],
    ['GCM and CBC together', 'is_ipsec_policy', { ...ipsec, encryption_algorithms: ['aes256', 'aes256gcm16'] }, { ...ipsec, encryption_algorithms: ['aes128gcm16', 'aes256gcm16'] }, 'cannot be in one policy'],
  ])('refuse %s and accept its neighbour', (_what, kind, refused, accepted, detail) => {
    const { make } = sample()
    expect(refusalOf(() => make(kind, refused)).detail).toContain(detail)
    expect(() => make(kind, accepted)).not.toThrow()
  })

  it.each([['ike_policy', ike], ['ipsec_policy', ipsec]])('stay while a connection uses them: %s', (name, config) => {
    const { cloud, make, connect } = sample()
    const policy = make(`is_${name}`, config)
    const made = connect('c', { [name]: policy['id'] })
    expect(refusalOf(() => cloud.remove(`ibm_is_${name}`, policy)).message).toContain('policy_in_use')
    cloud.remove(type, made)
    expect(() => cloud.remove(`ibm_is_${name}`, policy)).not.toThrow()
  })

  it('are twenty of a kind in a region at most', () => {
    const { make } = sample()
    for (let count = 0; count < 20; count += 1) make('is_ike_policy', { ...ike, name: `i-${count}` })
    expect(refusalOf(() => make('is_ike_policy', { ...ike, name: 'i-20' })).message).toContain('over_quota')
    expect(() => make('is_ipsec_policy', ipsec)).not.toThrow()
  })
})

describe('a route', () => {
  const routed = () => {
    const made = sample()
    const connections = ['one', 'two'].map((name) => made.connect(name))
    const route = (change: Attributes = {}): Attributes => made.make('is_vpc_routing_table_route', {
      vpc: made.vpc['id'], routing_table: made.vpc['default_routing_table'], zone: 'jp-tok-1', destination: '10.2.0.0/16', action: 'deliver', next_hop: connections[0]?.['gateway_connection'], priority: 0, ...change,
    })
    return { ...made, connections, route }
  }

  it('holds its connection until it is gone', () => {
    const { cloud, connections: [connection = {}], route } = routed()
    const made = route()
    expect(refusalOf(() => cloud.remove(type, connection)).message).toContain('vpn_connection_not_deleted_route_exist')
    cloud.remove('ibm_is_vpc_routing_table_route', made)
    expect(() => cloud.remove(type, connection)).not.toThrow()
  })

  it('cannot share destination, zone and priority with another over a connection', () => {
    const { connections, route } = routed()
    const next_hop = connections[1]?.['gateway_connection']
    route({ name: 'one' })
    for (const hop of [next_hop, '10.1.255.9']) expect(refusalOf(() => route({ name: 'two', next_hop: hop })).message).toContain('route_conflict')
    for (const [index, change] of [{ priority: 1 }, { zone: 'jp-tok-2' }, { destination: '10.3.0.0/16' }].entries()) expect(() => route({ name: `more-${index}`, next_hop, ...change })).not.toThrow()
  })

  it('shares them with one other over addresses', () => {
    const { route } = routed()
    route({ name: 'one', next_hop: '10.1.255.9' })
    route({ name: 'two', next_hop: '10.1.255.10' })
    expect(refusalOf(() => route({ name: 'three', next_hop: '10.1.255.11' })).message).toContain('route_conflict')
  })

  it.each([
    ['a next hop that is nothing', { next_hop: 'none' }, {}, 'neither an address nor a VPN connection'],
    ['a fifth priority', { priority: 5 }, { priority: 4 }, '(0 - 4)'],
    ['an unknown action', { action: 'accept' }, { action: 'drop', next_hop: '0.0.0.0' }, 'one of [delegate'],
    ['a table that is not there', { routing_table: 'none' }, {}, 'was not found in VPC'],
    ['a zone of another region', { zone: 'us-south-1' }, { zone: 'jp-tok-3' }, 'not in region'],
    ['a destination that is none', { destination: '10.2.0.1/16' }, { destination: '10.2.0.0/15' }, 'is no network'],
  ] satisfies [string, Attributes, Attributes, string][])('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    expect(refusalOf(() => routed().route(refused)).detail).toContain(detail)
    expect(() => routed().route(accepted)).not.toThrow()
  })

  it('leads to a connection of its own VPC only, in any table of that', () => {
    const { make, route, vpc } = routed()
    const other = make('is_vpc', { name: 'other' })
    expect(refusalOf(() => route({ vpc: other['id'], routing_table: other['default_routing_table'] })).detail).toContain('in another VPC')
    const table = make('is_vpc_routing_table', { vpc: vpc['id'], name: 'mine' })
    expect(() => route({ routing_table: table['routing_table'] })).not.toThrow()
  })
})
