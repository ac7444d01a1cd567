import { resourceSetOf, type NetworkView } from '@isthmus/core'
import { siteOf } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { azure } from './index.ts'
import { existing } from './lookup.ts'

const id = '/subscriptions/0000/resourceGroups/grp/providers/Microsoft.Network/virtualNetworks/old'
const state = [
  { address: 'data.azurerm_virtual_network.own', type: 'data.azurerm_virtual_network', name: 'own', values: { id, name: 'old', resource_group_name: 'grp', address_space: ['10.1.0.0/16'], subnets: ['GatewaySubnet', 'apps'] } },
  { address: 'data.azurerm_subnet.own["GatewaySubnet"]', type: 'data.azurerm_subnet', name: 'own', values: { id: `${id}/subnets/GatewaySubnet`, name: 'GatewaySubnet', virtual_network_name: 'old', address_prefixes: ['10.1.255.0/27'] } },
  { address: 'data.azurerm_subnet.own["apps"]', type: 'data.azurerm_subnet', name: 'own', values: { id: `${id}/subnets/apps`, name: 'apps', virtual_network_name: 'old', address_prefixes: ['10.1.1.0/24'] } },
]

const view: NetworkView = {
  cloud: 'azure', site: 'own', address: 'data.azurerm_virtual_network.own', id, name: 'old', cidrs: ['10.1.0.0/16'], details: { resourceGroup: 'grp' },
  subnets: [{ name: 'apps', id: `${id}/subnets/apps`, cidr: '10.1.1.0/24', purpose: 'workload' }, { name: 'GatewaySubnet', id: `${id}/subnets/GatewaySubnet`, cidr: '10.1.255.0/27', purpose: 'gateway' }],
}

it.each(['my-net', '/subscriptions/0000/resourceGroups/g/providers/Microsoft.Network/publicIPAddresses/x'])('has an id that cannot be %s', (id) => {
  expect(id).not.toMatch(existing.id.pattern)
})

it.each([id, 'grp/old'])('is looked up by the id %s in the group that it names', (id) => {
  expect(id).toMatch(existing.id.pattern)
  expect(existing.lookup({ name: 'own', region: 'r', id, options: azure.options.parse({}) }).resources[0]?.body).toEqual({ name: 'old', resource_group_name: 'grp' })
})

it('is read back from the state of a look-up', () => {
  expect(azure.networks(resourceSetOf(state))).toEqual([view])
})

describe('a network that is adopted', () => {
  const adopted = (change: Partial<NetworkView> = {}) => existing.adopt({ ...view, ...change })

  it('becomes fields of a site that the options accept', () => {
    const site = {
      cidrs: ['10.1.0.0/16'],
      subnets: [{ name: 'apps', cidr: '10.1.1.0/24', purpose: 'workload' }, { name: 'GatewaySubnet', cidr: '10.1.255.0/27', purpose: 'gateway' }],
      existing: { resourceGroup: 'grp', virtualNetwork: 'old', virtualNetworkId: id, gatewaySubnetId: `${id}/subnets/GatewaySubnet` },
    }
    expect(adopted()).toEqual({ ok: true, site })
    expect(() => siteOf(azure, 'own', { region: 'koreacentral', ...site })).not.toThrow()
  })

  it('leaves the subnet of the gateway to the order where it has none', () => {
    expect(adopted({ subnets: view.subnets.slice(0, 1) })).toMatchObject({ ok: true, site: { existing: { resourceGroup: 'grp', virtualNetwork: 'old', virtualNetworkId: id } } })
  })
})
