import { resourceSetOf, type NetworkView } from '@isthmus/core'
import { lookUp, siteOf } from '@isthmus/provider-kit/samples'
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

describe('an id', () => {
  it.each(['my-group/my-net', '/subscriptions/0000/resourceGroups/my-group/providers/Microsoft.Network/virtualNetworks/my-net'])('can be %s', (id) => {
    expect(id).toMatch(existing.id.pattern)
  })

  it.each(['', 'my-net', '/subscriptions/0000/resourceGroups/g/providers/Microsoft.Network/publicIPAddresses/x'])('cannot be %s', (id) => {
    expect(id).not.toMatch(existing.id.pattern)
  })
})

describe('a look-up', () => {
  const { fragment, stacks, types } = lookUp(azure, 'koreacentral', id)

  it('composes into the stack of a network, with data sources alone', () => {
    expect(stacks).toEqual(['network-own'])
    expect(types).toEqual(['data.azurerm_subnet', 'data.azurerm_virtual_network'])
  })

  it('is read back from a state', () => {
    expect(azure.networks(resourceSetOf(state))).toEqual([view])
  })

  it('asks in the group that the id names', () => {
    expect(fragment.resources[0]?.body).toEqual({ name: 'old', resource_group_name: 'grp' })
    expect(existing.lookup({ name: 'own', region: 'r', id: 'grp/old', options: azure.options.parse({}) }).resources[0]?.body).toEqual({ name: 'old', resource_group_name: 'grp' })
  })
})

describe('a network that is adopted', () => {
  const adopted = (change: Partial<NetworkView> = {}) => existing.adopt({ ...view, ...change })

  it('becomes fields of a site that the options accept', () => {
    const result = adopted()
    expect(result).toEqual({ ok: true, site: {
      cidrs: ['10.1.0.0/16'],
      subnets: [{ name: 'apps', cidr: '10.1.1.0/24', purpose: 'workload' }, { name: 'GatewaySubnet', cidr: '10.1.255.0/27', purpose: 'gateway' }],
      existing: { resourceGroup: 'grp', virtualNetwork: 'old', virtualNetworkId: id, gatewaySubnetId: `${id}/subnets/GatewaySubnet` },
    } })
    expect(() => siteOf(azure, 'own', { region: 'koreacentral', ...(result.ok ? result.site : {}) })).not.toThrow()
  })

  it('must be there', () => {
    expect(adopted({ id: { token: 'azure.own.id' } })).toMatchObject({ ok: false, findings: [{ code: 'NETWORK_UNSUITABLE', hint: 'apply its stack first.' }] })
  })

  it('leaves the subnet of the gateway to the order where it has none', () => {
    expect(adopted({ subnets: view.subnets.slice(0, 1) })).toMatchObject({ ok: true, site: { existing: { resourceGroup: 'grp', virtualNetwork: 'old', virtualNetworkId: id } } })
  })
})
