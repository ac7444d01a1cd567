import { describe, expect, it } from 'vitest'
import type { Attributes } from '../../behaviour/behaviour.ts'
import { UNKNOWN } from '../../wire/unknown.ts'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { type Sample, configurations, sample, settings } from './sample.fixture.ts'

type Change = (made: Sample) => Attributes

describe('a virtual network gateway', () => {
  it('computes the addresses of each instance', () => {
    const { gateway, addresses } = sample()
    expect(gateway()).toMatchObject({
      generation: 'Generation1',
      bgp_settings: [{
        asn: 64602,
        peering_addresses: [
          { ip_configuration_name: 'slot-0', apipa_addresses: ['169.254.21.2', '169.254.22.2'], default_addresses: ['10.20.255.4'], tunnel_ip_addresses: [addresses[0]['ip_address']] },
          { ip_configuration_name: 'slot-1', apipa_addresses: ['169.254.21.6'], default_addresses: ['10.20.255.5'], tunnel_ip_addresses: [addresses[1]['ip_address']] },
        ],
      }],
    })
  })

  it('fills the BGP settings that nobody gave', () => {
    const { gateway, gatewaySubnet, addresses } = sample()
    const one = { active_active: UNKNOWN, bgp_enabled: false, ip_configuration: configurations(gatewaySubnet, [addresses[0]]), bgp_settings: UNKNOWN }
    expect(gateway(one)).toMatchObject({
      active_active: false,
      bgp_settings: [{ asn: 65515, peer_weight: 0, peering_addresses: [{ ip_configuration_name: 'slot-0', apipa_addresses: [], default_addresses: ['10.20.255.30'] }] }],
    })
  })

  const single: Change = ({ gatewaySubnet, addresses }) => ({ active_active: false, ip_configuration: configurations(gatewaySubnet, [addresses[0]]), bgp_settings: [settings(['169.254.21.2'])] })
  const over = (first: string, second: string): Change => () => ({ bgp_settings: [settings([first], [second])] })

  const cases: [string, Change, Change, string][] = [
    ['a subnet of another name', ({ make, addresses }) => ({ ip_configuration: configurations(make('subnet', { name: 'gatewaysubnet-2', virtual_network_name: 'net', address_prefixes: ['10.20.1.0/27'] }), addresses) }), () => ({}), 'to reference a gateway subnet with name GatewaySubnet'],
    ['a subnet that is not there', ({ addresses }) => ({ ip_configuration: configurations({ id: '/subnets/GatewaySubnet' }, addresses) }), () => ({}), 'not found'],
    ['a SKU without zones', () => ({ sku: 'VpnGw1' }), () => ({ sku: 'VpnGw2AZ' }), 'Only VpnGw1-5AZ SKUs'],
    ['a SKU that does not exist', () => ({ sku: 'VpnGw6AZ' }), () => ({ sku: 'VpnGw5AZ' }), 'expected sku to be one of'],
    ['one configuration for two instances', (made) => ({ ...single(made), active_active: true }), () => ({}), 'needs two IP configurations'],
    ['two configurations for one instance', () => ({ active_active: false }), single, 'has one IP configuration'],
    ['one address for two configurations', ({ gatewaySubnet, addresses }) => ({ ip_configuration: configurations(gatewaySubnet, [addresses[0], addresses[0]]) }), () => ({}), 'already allocated to another IP configuration'],
    ['an address without zones', ({ gatewaySubnet, make, addresses }) => ({ ip_configuration: configurations(gatewaySubnet, [addresses[0], make('public_ip', { name: 'flat', allocation_method: 'Static' })]) }), () => ({}), 'must have zones configured'],
    ['an address of another region', ({ gatewaySubnet, make, addresses }) => ({ ip_configuration: configurations(gatewaySubnet, [addresses[0], make('public_ip', { name: 'far', location: 'japaneast', allocation_method: 'Static', zones: ['1'] })]) }), () => ({ location: 'Korea Central' }), 'both must be in one region'],
    ['an APIPA address below the range', over('169.254.20.255', '169.254.22.2'), over('169.254.21.0', '169.254.22.2'), 'to be in the range 169.254.21.0 to 169.254.22.255'],
    ['an APIPA address above the range', over('169.254.21.2', '169.254.23.0'), over('169.254.21.2', '169.254.22.255'), 'to be in the range 169.254.21.0 to 169.254.22.255'],
    ['one APIPA address for two instances', over('169.254.21.2', '169.254.21.2'), over('169.254.21.2', '169.254.21.6'), 'used more than once'],
    ['an instance that is not there', () => ({ bgp_settings: [{ ...settings([]), peering_addresses: [{ ip_configuration_name: 'slot-9' }] }] }), () => ({}), "IP configuration 'slot-9'"],
    ['a number that Azure uses', () => ({ bgp_settings: [{ ...settings([], []), asn: 65517 }] }), () => ({ bgp_settings: [{ ...settings([], []), asn: 65521 }] }), 'ASN 65517 is reserved'],
    ['the small size in Generation2', () => ({ generation: 'Generation2' }), () => ({ generation: 'Generation2', sku: 'VpnGw3AZ' }), 'does not exist in Generation2'],
    ['BGP on the Basic SKU', () => ({ sku: 'Basic' }), () => ({}), 'supports neither BGP nor active-active'],
    ['BGP with policies', () => ({ vpn_type: 'PolicyBased' }), () => ({}), 'policy-based gateway supports neither'],
  ]
  it.each(cases)('refuses %s and accepts its neighbour', (_what, refused, accepted, detail) => {
    const made = sample()
    expect(refusalOf(() => made.gateway(refused(made))).detail).toContain(detail)
    expect(() => made.gateway(accepted(made))).not.toThrow()
  })

  it('needs no zones where the region has none, and none for the Basic SKU', () => {
    const { make, cloud } = sample()
    const far = { location: 'westus' }
    make('virtual_network', { name: 'far', address_space: ['10.40.0.0/16'], ...far })
    const subnet = make('subnet', { name: 'GatewaySubnet', virtual_network_name: 'far', address_prefixes: ['10.40.255.0/29'] })
    const address = make('public_ip', { name: 'far', allocation_method: 'Static', ...far })
    const config = { name: 'far', type: 'Vpn', sku: 'VpnGw1AZ', ip_configuration: configurations(subnet, [address]), ...far }
    const made = make('virtual_network_gateway', config)
    cloud.remove('azurerm_virtual_network_gateway', made)
    expect(() => make('virtual_network_gateway', { ...config, sku: 'Basic' })).not.toThrow()
  })

  it('refuses zonal addresses for the Basic SKU', () => {
    const { gateway, gatewaySubnet, addresses } = sample()
    const basic = { sku: 'Basic', active_active: false, bgp_enabled: false, bgp_settings: UNKNOWN, ip_configuration: configurations(gatewaySubnet, [addresses[0]]) }
    expect(refusalOf(() => gateway(basic)).message).toContain('RegionalVmssVpnGatewayPublicIpsMustNotHaveZonesConfigured')
  })

  it('is the only one of its network', () => {
    const { cloud, gateway, gatewaySubnet, make } = sample()
    const first = gateway()
    const address = make('public_ip', { name: 'ip-2', allocation_method: 'Static', zones: ['1'] })
    const second = { name: 'second', active_active: false, bgp_settings: UNKNOWN, ip_configuration: configurations(gatewaySubnet, [address]) }
    expect(refusalOf(() => gateway(second)).detail).toContain('a virtual network can have one')
    cloud.remove('azurerm_virtual_network_gateway', first)
    expect(() => gateway(second)).not.toThrow()
  })

  it('passes unknown values at plan time and reports all that is wrong', () => {
    const { cloud } = sample()
    const config = { type: 'Vpn', sku: 'VpnGw9', ip_configuration: [{ subnet_id: UNKNOWN }], bgp_settings: [settings(['10.0.0.1', '169.254.21.2'])] }
    expect(cloud.validate('azurerm_virtual_network_gateway', config)).toHaveLength(2)
    expect(cloud.validate('azurerm_virtual_network_gateway', { ...config, type: 'ExpressRoute' })).toEqual([])
  })

  it('stays while it has connections', () => {
    const { cloud, gateway, site, make } = sample()
    const made = gateway()
    const connection = make('virtual_network_gateway_connection', { name: 'c', type: 'IPsec', virtual_network_gateway_id: made['id'], local_network_gateway_id: site('peer')['id'], bgp_enabled: true })
    expect(refusalOf(() => cloud.remove('azurerm_virtual_network_gateway', made)).message).toContain('InUseVirtualNetworkGatewayCannotBeDeleted')
    cloud.remove('azurerm_virtual_network_gateway_connection', connection)
    expect(() => cloud.remove('azurerm_virtual_network_gateway', made)).not.toThrow()
  })
})
