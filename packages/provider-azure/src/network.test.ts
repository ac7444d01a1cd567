import { ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { network } from './network.ts'

const id = '/subscriptions/1/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/core'

describe('network', () => {
  it('makes a resource group, a virtual network and its subnets', () => {
    const fragment = network(siteWith({ tags: { team: 'net' } }))
    const group = ref('azurerm_resource_group.north', 'name')
    const vnet = ref('azurerm_virtual_network.north', 'name')
    expect(fragment.resources).toEqual([
      { type: 'azurerm_resource_group', name: 'north', body: { name: 'mesh-north', location: 'koreacentral', tags: { team: 'net' } } },
      {
        type: 'azurerm_virtual_network',
        name: 'north',
        body: { name: 'mesh-north', resource_group_name: group, location: 'koreacentral', tags: { team: 'net' }, address_space: ['10.1.0.0/16'] },
      },
      {
        type: 'azurerm_subnet',
        name: 'north--apps',
        body: { name: 'Apps', resource_group_name: group, virtual_network_name: vnet, address_prefixes: ['10.1.0.0/24'] },
      },
      {
        type: 'azurerm_subnet',
        name: 'north--gatewaysubnet',
        body: { name: 'GatewaySubnet', resource_group_name: group, virtual_network_name: vnet, address_prefixes: ['10.1.255.0/27'] },
      },
    ])
    expect(fragment.exports).toEqual({
      resource_group_name: group,
      virtual_network_name: vnet,
      virtual_network_id: ref('azurerm_virtual_network.north', 'id'),
      gateway_subnet_id: ref('azurerm_subnet.north--gatewaysubnet', 'id'),
    })
  })

  it('uses an existing resource group by name and makes none', () => {
    const fragment = network(siteWith({ resourceGroup: 'shared' }))
    expect(fragment.resources.map(({ type }) => type)).toEqual(['azurerm_virtual_network', 'azurerm_subnet', 'azurerm_subnet'])
    expect(fragment.resources[0]?.body['resource_group_name']).toBe('shared')
    expect(fragment.exports['resource_group_name']).toBe('shared')
  })

  it('makes only the subnet of the gateway in an existing virtual network that has none, and only with a link', () => {
    const existing = { resourceGroup: 'net', virtualNetwork: 'core', virtualNetworkId: id }
    const fragment = network(siteWith({ existing }))
    expect(fragment.resources).toEqual([{
      type: 'azurerm_subnet', name: 'north--gatewaysubnet', body: { name: 'GatewaySubnet', resource_group_name: 'net', virtual_network_name: 'core', address_prefixes: ['10.1.255.0/27'] },
    }])
    expect(fragment.exports).toMatchObject({ virtual_network_id: id, gateway_subnet_id: ref('azurerm_subnet.north--gatewaysubnet', 'id') })
    expect(network(siteWith({ existing }, { unlinked: true })).resources).toEqual([])
  })

  it('makes nothing for an existing virtual network and passes its names on', () => {
    const existing = { resourceGroup: 'net', virtualNetwork: 'core', virtualNetworkId: id, gatewaySubnetId: `${id}/subnets/GatewaySubnet` }
    expect(network(siteWith({ existing }))).toEqual({
      resources: [],
      exports: { resource_group_name: 'net', virtual_network_name: 'core', virtual_network_id: id, gateway_subnet_id: `${id}/subnets/GatewaySubnet` },
    })
  })

  it('does not go on without a gateway subnet', () => {
    expect(() => network(siteWith({}, { subnets: [] }))).toThrow(/GatewaySubnet/)
  })
})
