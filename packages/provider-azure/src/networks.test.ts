import { resourceSetOf, type NetworkView, type Site } from '@isthmus/core'
import { networksOf } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { azure, type AzureOptions } from './index.ts'

const site = (change: Partial<Site<AzureOptions>> = {}): Site<AzureOptions> => siteWith({}, change)
const read = (from: Site<AzureOptions>): NetworkView[] => networksOf(azure, from)

describe('networks read back', () => {
  it('are what was written, with tokens for ids before anything is applied', () => {
    const [view, ...more] = read(site())
    expect(more).toEqual([])
    expect(view).toMatchObject({ cloud: 'azure', site: 'north', address: 'azurerm_virtual_network.north', name: 'mesh-north', id: { token: 'azurerm_virtual_network.north.id' }, cidrs: ['10.1.0.0/16'] })
    expect(view?.subnets.map(({ name, cidr, zone }) => [name, cidr, zone])).toEqual([['Apps', '10.1.0.0/24', undefined], ['GatewaySubnet', '10.1.255.0/27', undefined]])
  })

  it('tell the gateway subnet from the others', () => {
    expect(read(site())[0]?.subnets.map(({ purpose }) => purpose)).toEqual(['workload', 'gateway'])
  })

  it('are told apart by their ids where two groups hold networks of one name', () => {
    const [a, b] = ['one', 'two'].map((group) => `/subscriptions/s/resourceGroups/${group}/providers/Microsoft.Network/virtualNetworks/net`)
    const network = (name: string, id: string | undefined) => ({ address: `azurerm_virtual_network.${name}`, type: 'azurerm_virtual_network', name, values: { id, name: 'net', address_space: ['10.1.0.0/16'] } })
    const subnet = { address: 'azurerm_subnet.x', type: 'azurerm_subnet', name: 'x', values: { id: `${b}/subnets/apps`.toUpperCase(), name: 'apps', virtual_network_name: 'net', address_prefixes: ['10.1.0.0/24'] } }
    expect(azure.networks(resourceSetOf([network('one', a), network('two', b), subnet])).map(({ subnets }) => subnets.length)).toEqual([0, 1])
  })

  it('need no subnet for a gateway where no link ends', () => {
    const subnets = site().subnets.filter(({ purpose }) => purpose === 'workload')
    expect(read(site({ subnets, unlinked: true }))[0]?.subnets.map(({ name }) => name)).toEqual(['Apps'])
    expect(() => read(site({ subnets }))).toThrow(expect.objectContaining({ code: 'CONTRACT_BROKEN' }))
  })

  it('are none in a set without any', () => {
    expect(azure.networks(resourceSetOf([]))).toEqual([])
  })
})
