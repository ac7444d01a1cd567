import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { UNKNOWN } from '../../wire/unknown.ts'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { type Sample, configurations, sample } from './sample.fixture.ts'

const policy = { dh_group: 'ECP384', ike_encryption: 'GCMAES256', ike_integrity: 'SHA384', ipsec_encryption: 'GCMAES256', ipsec_integrity: 'GCMAES256', pfs_group: 'ECP384' }

interface Joined extends Sample {
  readonly made: Attributes
  readonly peer: Attributes
  connect(change?: Attributes): Attributes
}

function joined(gateway: Attributes = {}): Joined {
  const all = sample()
  const made = all.gateway(gateway)
  const peer = all.site('peer')
  let count = 0
  const connect = (change: Attributes = {}): Attributes => {
    count += 1
    return all.make('virtual_network_gateway_connection', {
      name: `c-${count}`, type: 'IPsec', virtual_network_gateway_id: made['id'], local_network_gateway_id: peer['id'], bgp_enabled: true, ...change,
    })
  }
  return { ...all, made, peer, connect }
}

describe('a local network gateway', () => {
  const bgp = (asn: number, address = '169.254.21.1'): Attributes => ({ bgp_settings: [{ asn, bgp_peering_address: address }] })

  it.each([8074, 8075, 12076, 65515, 65517, 65520, 23456, 64496, 64511, 65535, 65551, 0])('refuses the number %d', (asn) => {
    expect(refusalOf(() => sample().site('peer', bgp(asn)))).toMatchObject({ message: expect.stringContaining('LocalNetworkGatewayBgpAsnReserved'), path: ['bgp_settings', 0, 'asn'] })
  })

  it.each([8073, 8076, 12075, 65514, 65516, 65521, 23457, 64495, 64512, 65534, 65552, 4200000001])('accepts the number %d', (asn) => {
    expect(() => sample().site('peer', bgp(asn))).not.toThrow()
  })

  it.each([
    ['an APIPA peer inside its address space', { address_space: ['169.254.21.1/32'], ...bgp(64601) }, { address_space: ['10.1.0.1/32'], ...bgp(64601, '10.1.0.1') }, 'cannot be part of the address space'],
    ['an address that is none', { gateway_address: 'peer.example' }, { gateway_address: '198.51.100.8' }, 'not a valid IPv4 address'],
    ['an address space with host bits', { address_space: ['10.1.0.1/16'] }, { address_space: ['10.1.0.0/16'] }, 'invalid CIDR notation'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const { site } = sample()
    expect(refusalOf(() => site('peer', refused)).detail).toContain(detail)
    expect(() => site('peer', accepted)).not.toThrow()
  })

  it('stays while a connection uses it', () => {
    const { cloud, peer, connect } = joined()
    const connection = connect()
    expect(refusalOf(() => cloud.remove('azurerm_local_network_gateway', peer)).message).toContain('InUseLocalNetworkGatewayCannotBeDeleted')
    cloud.remove('azurerm_virtual_network_gateway_connection', connection)
    expect(() => cloud.remove('azurerm_local_network_gateway', peer)).not.toThrow()
  })
})

describe('a connection of a virtual network gateway', () => {
  it('computes what Azure computes', () => {
    expect(joined().connect({ ipsec_policy: [policy] })).toMatchObject({
      id: expect.stringMatching(/\/providers\/Microsoft\.Network\/connections\/c-1$/), connection_protocol: 'IKEv2', routing_weight: 0,
      shared_key: expect.stringMatching(/^k[0-9a-f]{31}$/), ipsec_policy: [{ sa_lifetime: 27000, sa_datasize: 102400000 }],
    })
  })

  const custom = (primary: string, secondary?: string): Attributes => ({ custom_bgp_addresses: [{ primary, ...(secondary === undefined ? {} : { secondary }) }] })
  const ipsec = (change: Attributes): Attributes => ({ ipsec_policy: [{ ...policy, ...change }] })
  const cases: [string, Attributes, Attributes, string][] = [
    ['a key with a space', { shared_key: 'abc def' }, { shared_key: 'abc!def' }, 'printable ASCII'],
    ['a key with a hyphen', { shared_key: 'abc-def' }, { shared_key: 'abc,def' }, 'printable ASCII'],
    ['a key with a tilde', { shared_key: 'abc~def' }, { shared_key: 'abc}def' }, 'printable ASCII'],
    ['a key beyond ASCII', { shared_key: 'abcdéf' }, { shared_key: 'abcdef' }, 'printable ASCII'],
    ['a long key', { shared_key: 'k'.repeat(129) }, { shared_key: 'k'.repeat(128) }, 'printable ASCII'],
    ['an unknown word in the policy', ipsec({ dh_group: 'ECP521' }), ipsec({ dh_group: 'ECP256' }), 'expected ipsec_policy.0.dh_group to be one of'],
    ['SHA-384 in phase 2', ipsec({ ipsec_encryption: 'AES256', ipsec_integrity: 'SHA384' }), ipsec({ ipsec_encryption: 'AES256', ipsec_integrity: 'SHA256' }), 'expected ipsec_policy.0.ipsec_integrity'],
    ['GCM in phase 2 with another integrity', ipsec({ ipsec_integrity: 'SHA256' }), ipsec({}), 'both must name the same one'],
    ['GCM of two sizes in phase 2', ipsec({ ipsec_integrity: 'GCMAES128' }), ipsec({ ipsec_encryption: 'GCMAES128', ipsec_integrity: 'GCMAES128' }), 'both must name the same one'],
    ['GCM integrity for another cipher in phase 1', ipsec({ ike_encryption: 'AES256', ike_integrity: 'GCMAES256' }), ipsec({ ike_integrity: 'GCMAES256' }), 'do not match'],
    ['a short lifetime', ipsec({ sa_lifetime: 299 }), ipsec({ sa_lifetime: 300 }), 'to be at least (300)'],
    ['little data', ipsec({ sa_datasize: 1023 }), ipsec({ sa_datasize: 1024 }), 'to be at least (1024)'],
    ['a short DPD time-out', { dpd_timeout_seconds: 8 }, { dpd_timeout_seconds: 9 }, 'in the range (9 - 3600)'],
    ['an unknown mode', { connection_mode: 'Passive' }, { connection_mode: 'ResponderOnly' }, 'expected connection_mode to be one of'],
    ['a primary address of the other instance', custom('169.254.21.6', '169.254.21.6'), custom('169.254.21.2', '169.254.21.6'), 'primary custom BGP address 169.254.21.6 is not among'],
    ['a secondary address that is not there', custom('169.254.21.2', '169.254.21.10'), custom('169.254.22.2', '169.254.21.6'), 'secondary custom BGP address 169.254.21.10 is not among'],
    ['no secondary address', custom('169.254.21.2'), custom('169.254.21.2', '10.20.255.5'), 'secondary custom BGP address (none)'],
    ['custom addresses without BGP', { ...custom('169.254.21.2', '169.254.21.6'), bgp_enabled: false }, { bgp_enabled: false }, 'need BGP'],
    ['another region', { location: 'japaneast' }, { location: 'Korea Central' }, 'both must be in one region'],
    ['a gateway that is not there', { virtual_network_gateway_id: '/none' }, {}, 'not found'],
    ['a site that is not there', { local_network_gateway_id: '/none' }, {}, 'not found'],
  ]
  it.each(cases)('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const { connect } = joined()
    const refusal = refusalOf(() => connect(refused))
    expect(refusal.detail).toContain(detail)
    const key = refused['shared_key']
    if (typeof key === 'string') expect(`${refusal.message} ${refusal.detail}`).not.toContain(key)
    expect(() => connect(accepted)).not.toThrow()
  })

  it('needs BGP at both ends, with two numbers', () => {
    const { site, connect } = joined()
    expect(refusalOf(() => connect({ local_network_gateway_id: site('plain', { bgp_settings: [] })['id'] })).message).toContain('BgpSettingsMissingOnLocalNetworkGateway')
    expect(refusalOf(() => connect({ local_network_gateway_id: site('same', { bgp_settings: [{ asn: 64602, bgp_peering_address: '169.254.21.1' }] })['id'] })).message).toContain('BgpAsnConflict')
    expect(refusalOf(() => joined({ bgp_enabled: false }).connect()).message).toContain('BgpNotEnabledOnGateway')
  })

  it('is the only one to its site', () => {
    const { site, connect } = joined()
    connect()
    expect(refusalOf(() => connect()).message).toContain('ConnectionToLocalNetworkGatewayAlreadyExists')
    expect(() => connect({ local_network_gateway_id: site('next', { gateway_address: '198.51.100.10' })['id'] })).not.toThrow()
  })

  it('leads alone to a static destination', () => {
    const { site, connect } = joined()
    const plain = (name: string, ...space: string[]): Attributes => ({ bgp_enabled: false, local_network_gateway_id: site(name, { bgp_settings: [], address_space: space })['id'] })
    connect(plain('one', '10.1.0.0/16'))
    expect(refusalOf(() => connect(plain('two', '10.9.0.0/16', '10.1.128.0/17'))).detail).toContain('redundant tunnels to one site need BGP')
    expect(() => connect(plain('three', '10.2.0.0/16'))).not.toThrow()
    expect(() => connect({ local_network_gateway_id: site('four', { address_space: ['10.1.0.0/16'] })['id'] })).not.toThrow()
  })

  it.each([['VpnGw3AZ', 30], ['VpnGw4AZ', 100]])('of a %s is one of %d at most', (sku, limit) => {
    const { site, connect } = joined({ sku })
    const next = (index: number): Attributes => ({ local_network_gateway_id: site(`site-${index}`)['id'] })
    for (let index = 0; index < limit; index += 1) connect(next(index))
    expect(refusalOf(() => connect(next(limit))).message).toContain('VirtualNetworkGatewayConnectionLimitReached')
  })

  it('takes no policy on the Basic SKU', () => {
    const { make, gatewaySubnet, gateway, site } = sample()
    const address = make('public_ip', { name: 'flat', allocation_method: 'Static' })
    const basic = gateway({ sku: 'Basic', active_active: false, bgp_enabled: false, bgp_settings: UNKNOWN, ip_configuration: configurations(gatewaySubnet, [address]) })
    const connect = (change: Attributes): Attributes => make('virtual_network_gateway_connection', { name: 'c', type: 'IPsec', virtual_network_gateway_id: basic['id'], local_network_gateway_id: site('peer')['id'], ...change })
    expect(refusalOf(() => connect({ ipsec_policy: [policy] })).message).toContain('IpsecPolicyNotSupportedForBasicSku')
  })

  it('is checked again when it changes', () => {
    const { cloud, connect } = joined()
    const connection = connect({ shared_key: 'first' })
    expect(refusalOf(() => cloud.update(connection, 'azurerm_virtual_network_gateway_connection', { shared_key: 'sec ond' })).message).toContain('InvalidSharedKey')
    expect(cloud.update(connection, 'azurerm_virtual_network_gateway_connection', { shared_key: 'second' })['shared_key']).toBe('second')
  })
})

describe('a connection to another gateway of Azure', () => {
  /** A second gateway in a network of its own, with the given number. */
  function far({ cloud }: Sample, asn: number): Attributes {
    const place = { resource_group_name: 'rg', location: 'japaneast' }
    cloud.create('azurerm_virtual_network', { ...place, name: 'far', address_space: ['10.30.0.0/16'] })
    const subnet = cloud.create('azurerm_subnet', { ...place, name: 'GatewaySubnet', virtual_network_name: 'far', address_prefixes: ['10.30.255.0/27'] })
    const ip = cloud.create('azurerm_public_ip', { ...place, name: 'far', allocation_method: 'Static', sku: 'Standard', zones: ['1', '2', '3'] })
    return cloud.create('azurerm_virtual_network_gateway', {
      ...place, name: 'far', type: 'Vpn', vpn_type: 'RouteBased', sku: 'VpnGw1AZ', active_active: false, bgp_enabled: true, ip_configuration: configurations(subnet, [ip]), bgp_settings: [{ asn }],
    })
  }
  const to = (peer: Attributes): Attributes => ({ type: 'Vnet2Vnet', local_network_gateway_id: undefined, peer_virtual_network_gateway_id: peer['id'] })

  it('needs no local network gateway, and a number of its own at the other end', () => {
    const all = joined()
    const other = far(all, 64699)
    expect(() => all.connect(to(other))).not.toThrow()
    expect(refusalOf(() => all.connect(to(other))).message).toContain('ConnectionToVirtualNetworkGatewayAlreadyExists')
  })

  it.each<[string, (made: Attributes, other: Attributes) => Attributes, string]>([
    ['one with the same number', (_made, other) => to(other), 'BgpAsnConflict'],
    ['itself', (made) => to(made), 'InvalidPeerVirtualNetworkGateway'],
    ['one that is not there', () => to({ id: '/subscriptions/none' }), '/subscriptions/none not found'],
  ])('refuses %s', (_what, change, message) => {
    const all = joined()
    const other = far(all, 64602)
    const refusal = refusalOf(() => all.connect(change(all.made, other)))
    expect(`${refusal.message} ${refusal.detail}`).toContain(message)
  })
})
