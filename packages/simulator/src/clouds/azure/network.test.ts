import { describe, expect, it } from 'vitest'
import { refusalOf } from '../../behaviour/in-memory-cloud.ts'
import { sample } from './sample.fixture.ts'

const root = '/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg'

describe('ids of Azure', () => {
  it('are paths below the subscription', () => {
    const { group, network, gatewaySubnet, addresses } = sample()
    expect(group['id']).toBe(root)
    expect(network).toMatchObject({ id: `${root}/providers/Microsoft.Network/virtualNetworks/net`, guid: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/), dns_servers: [], subnet: [] })
    expect(gatewaySubnet['id']).toBe(`${root}/providers/Microsoft.Network/virtualNetworks/net/subnets/GatewaySubnet`)
    expect(addresses[0]['id']).toBe(`${root}/providers/Microsoft.Network/publicIPAddresses/ip-0`)
  })

  it.each([
    ['resource_group', { name: 'RG' }, { name: 'rg-2' }],
    ['virtual_network', { name: 'net', address_space: ['10.30.0.0/16'] }, { name: 'net-2', address_space: ['10.30.0.0/16'] }],
    ['public_ip', { name: 'ip-0', allocation_method: 'Static' }, { name: 'ip-2', allocation_method: 'Static' }],
  ])('exist once: %s', (type, refused, accepted) => {
    const { make } = sample()
    expect(refusalOf(() => make(type, refused)).message).toContain('already exists - to be managed via Terraform this resource needs to be imported')
    expect(() => make(type, accepted)).not.toThrow()
  })

  it('need their resource group', () => {
    const { make } = sample()
    expect(refusalOf(() => make('virtual_network', { name: 'other', resource_group_name: 'none', address_space: ['10.30.0.0/16'] }))).toMatchObject({
      message: expect.stringContaining('ResourceGroupNotFound'), path: ['resource_group_name'],
    })
  })
})

describe('a resource group', () => {
  it('goes away only when empty', () => {
    const { cloud, make } = sample()
    const group = make('resource_group', { name: 'rg-2' })
    const network = make('virtual_network', { name: 'net', resource_group_name: 'rg-2', address_space: ['10.30.0.0/16'] })
    expect(refusalOf(() => cloud.remove('azurerm_resource_group', group)).detail).toContain('still contains Resources')
    cloud.remove('azurerm_virtual_network', network)
    expect(() => cloud.remove('azurerm_resource_group', group)).not.toThrow()
  })
})

describe('a virtual network', () => {
  it.each([
    ['a block with host bits', ['10.30.0.1/16'], ['10.30.0.0/16'], 'InvalidCIDRNotation'],
    ['blocks that overlap', ['10.30.0.0/16', '10.30.128.0/17'], ['10.30.0.0/16', '10.31.0.0/17'], 'NetcfgInvalidVirtualNetworkAddressSpace'],
    ['link-local addresses', ['169.254.0.0/16'], ['169.253.0.0/16'], 'AddressSpaceNotAllowed'],
    ['the address of the internal DNS', ['168.63.129.0/24'], ['168.63.128.0/24'], 'AddressSpaceNotAllowed'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, code) => {
    const { make } = sample()
    expect(refusalOf(() => make('virtual_network', { name: 'other', address_space: refused })).message).toContain(code)
    expect(() => make('virtual_network', { name: 'other', address_space: accepted })).not.toThrow()
  })

  it('keeps the blocks that its subnets use', () => {
    const { cloud, network } = sample()
    expect(refusalOf(() => cloud.update(network, 'azurerm_virtual_network', { address_space: ['10.30.0.0/16'] })).message).toContain('InUsePrefixCannotBeDeleted')
    expect(() => cloud.update(network, 'azurerm_virtual_network', { address_space: ['10.20.128.0/17'] })).not.toThrow()
  })

  it('stays while it holds a gateway', () => {
    const { cloud, network, gatewaySubnet, addresses, gateway } = sample()
    const made = gateway()
    expect(refusalOf(() => cloud.remove('azurerm_virtual_network', network)).message).toContain('InUseVirtualNetworkCannotBeDeleted')
    expect(refusalOf(() => cloud.remove('azurerm_subnet', gatewaySubnet)).message).toContain('InUseSubnetCannotBeDeleted')
    expect(refusalOf(() => cloud.remove('azurerm_public_ip', addresses[1])).message).toContain('PublicIPAddressCannotBeDeleted')
    cloud.remove('azurerm_virtual_network_gateway', made)
    cloud.remove('azurerm_public_ip', addresses[1])
    cloud.remove('azurerm_subnet', gatewaySubnet)
    expect(() => cloud.remove('azurerm_virtual_network', network)).not.toThrow()
  })
})

describe('a subnet', () => {
  it.each([
    ['a block outside its network', ['10.21.0.0/24'], ['10.20.1.0/24'], 'NetcfgSubnetRangeOutsideVnet'],
    ['a block that overlaps a sibling', ['10.20.255.16/28'], ['10.20.255.32/28'], 'NetcfgSubnetRangesOverlap'],
    ['a block that is too small', ['10.20.1.0/30'], ['10.20.1.0/29'], 'NetcfgInvalidSubnet'],
  ])('refuses %s and accepts its neighbour', (_what, refused, accepted, code) => {
    const { make } = sample()
    expect(refusalOf(() => make('subnet', { name: 'work', virtual_network_name: 'net', address_prefixes: refused }))).toMatchObject({ message: expect.stringContaining(code), path: ['address_prefixes'] })
    expect(() => make('subnet', { name: 'work', virtual_network_name: 'net', address_prefixes: accepted })).not.toThrow()
  })

  it('needs its network', () => {
    const { make } = sample()
    expect(refusalOf(() => make('subnet', { name: 'work', virtual_network_name: 'none', address_prefixes: ['10.20.1.0/24'] })).message).toContain('ParentResourceNotFound')
  })
})

describe('a public IP address', () => {
  it('has an address of its own from the start', () => {
    const [first, second] = sample().addresses
    expect(first).toMatchObject({ ip_address: expect.stringMatching(/^203\.0\.113\./), fqdn: null })
    expect(second['ip_address']).not.toBe(first['ip_address'])
    expect(sample().make('public_ip', { name: 'ip-2', allocation_method: 'Static', domain_name_label: 'vpn' })['fqdn']).toBe('vpn.koreacentral.cloudapp.azure.com')
  })

  const good = { allocation_method: 'Static', sku: 'Standard', zones: ['1', '2', '3'] }
  it.each([
    ['the Basic SKU', { sku: 'Basic', zones: null }, 'IPv4BasicSkuPublicIpCountLimitReached', 'sku'],
    ['dynamic allocation', { allocation_method: 'Dynamic' }, 'Invalid allocation_method', 'allocation_method'],
    ['zones in a region without', { location: 'westus' }, 'AvailabilityZoneNotSupported', 'zones'],
    ['a zone that does not exist', { zones: ['4'] }, 'ResourceAvailabilityZonesNotValid', 'zones'],
    ['two zones of three', { zones: ['1', '2'] }, 'ResourceAvailabilityZonesNotValid', 'zones'],
  ])('refuses %s', (_what, change, message, path) => {
    expect(refusalOf(() => sample().make('public_ip', { name: 'ip-2', ...good, ...change }))).toMatchObject({ message: expect.stringContaining(message), path: [path] })
  })

  it.each([{}, { zones: ['2'] }, { location: 'westus', zones: null }, { location: 'Korea Central' }])('accepts the neighbour %j', (change) => {
    expect(() => sample().make('public_ip', { name: 'ip-2', ...good, ...change })).not.toThrow()
  })
})

it('a virtual network shows its subnets to who looks it up', () => {
  const { cloud, network, make } = sample()
  make('virtual_network', { name: 'other', address_space: ['10.99.0.0/16'] })
  make('subnet', { name: 'apps', virtual_network_name: 'other', address_prefixes: ['10.99.1.0/24'] })
  expect(cloud.read('azurerm_virtual_network', network)['subnets']).toEqual(['GatewaySubnet'])
})
