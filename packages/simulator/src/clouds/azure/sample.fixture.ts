import type { Attributes } from '../../behaviour/behaviour.ts'
import { InMemoryCloud } from '../../behaviour/in-memory-cloud.ts'
import { azureCloud } from './index.ts'

const place = { resource_group_name: 'rg', location: 'koreacentral' }

/** A virtual network with everything that a gateway needs. For tests only. */
export interface Sample {
  readonly cloud: InMemoryCloud
  readonly group: Attributes
  readonly network: Attributes
  readonly gatewaySubnet: Attributes
  readonly addresses: readonly [Attributes, Attributes]
  /** Creates an object in the resource group and region. */
  make(type: string, config: Attributes): Attributes
  /** Creates an active-active gateway with arguments changed. */
  gateway(change?: Attributes): Attributes
  /** Creates a local network gateway with arguments changed. */
  site(name: string, change?: Attributes): Attributes
}

export function sample(): Sample {
  const cloud = new InMemoryCloud(azureCloud, { subscription_id: '11111111-1111-1111-1111-111111111111' })
  const make = (type: string, config: Attributes): Attributes => cloud.create(`azurerm_${type}`, { ...place, ...config })
  const group = cloud.create('azurerm_resource_group', { name: 'rg', location: 'koreacentral' })
  const network = make('virtual_network', { name: 'net', address_space: ['10.20.0.0/16'] })
  const gatewaySubnet = make('subnet', { name: 'GatewaySubnet', virtual_network_name: 'net', address_prefixes: ['10.20.255.0/27'] })
  const publicIp = (name: string): Attributes => make('public_ip', { name, allocation_method: 'Static', sku: 'Standard', zones: ['1', '2', '3'] })
  const addresses = [publicIp('ip-0'), publicIp('ip-1')] as const
  return {
    cloud, group, network, gatewaySubnet, addresses, make,
    gateway: (change = {}) => make('virtual_network_gateway', {
      name: 'gw', type: 'Vpn', vpn_type: 'RouteBased', sku: 'VpnGw1AZ', active_active: true, bgp_enabled: true,
      ip_configuration: configurations(gatewaySubnet, addresses), bgp_settings: [settings(['169.254.21.2', '169.254.22.2'], ['169.254.21.6'])],
      ...change,
    }),
    site: (name, change = {}) => make('local_network_gateway', {
      name, gateway_address: '198.51.100.9', bgp_settings: [{ asn: 64601, bgp_peering_address: '169.254.21.1' }], ...change,
    }),
  }
}

/** Blocks `ip_configuration`, one per address. */
export function configurations(subnet: Attributes, addresses: readonly Attributes[]): Attributes[] {
  return addresses.map((address, index) => ({
    name: `slot-${index}`, subnet_id: subnet['id'], public_ip_address_id: address['id'], private_ip_address_allocation: 'Dynamic',
  }))
}

/** Block `bgp_settings` with the link-local addresses of each instance. */
export function settings(...apipa: readonly string[][]): Attributes {
  return { asn: 64602, peering_addresses: apipa.map((addresses, index) => ({ ip_configuration_name: `slot-${index}`, apipa_addresses: addresses })) }
}
