import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { azureOptions } from './options.ts'

const vnet = '/subscriptions/1/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/core'
const existing = { resourceGroup: 'net', virtualNetwork: 'core', virtualNetworkId: vnet, gatewaySubnetId: `${vnet}/subnets/GatewaySubnet` }

describe('azureOptions', () => {
  it('fills every default from nothing', () => {
    expect(azureOptions.parse({})).toEqual({ sku: 'VpnGw2AZ', apipaPoolSize: 16 })
  })

  it.each(['VpnGw1', 'VpnGw2', 'VpnGw3', 'VpnGw4', 'VpnGw5'])('takes %s, which can no longer be made, for the size with zones', (sku) => {
    expect(azureOptions.parse({ sku }).sku).toBe(`${sku}AZ`)
  })

  it('describes every field, for documentation and schemas', () => {
    const { properties } = z.toJSONSchema(azureOptions, { io: 'input' })
    for (const [name, property] of Object.entries(properties ?? {})) expect(property, name).toHaveProperty('description')
  })

  it.each([
    ['an existing network', { existing }],
    ['an existing resource group', { resourceGroup: 'net_(prod)' }],
    ['the largest pool', { apipaPoolSize: 64 }],
    ['tags', { tags: { team: 'network' } }],
  ])('accepts %s', (_, options) => {
    expect(azureOptions.safeParse(options).success).toBe(true)
  })

  it.each([
    ['an unknown key', { skuu: 'VpnGw2AZ' }],
    ['an unknown key inside existing', { existing: { ...existing, location: 'koreacentral' } }],
    ['a size that has no custom policies', { sku: 'Basic' }],
    ['an empty pool', { apipaPoolSize: 0 }],
    ['a pool larger than its block', { apipaPoolSize: 65 }],
    ['a resource group that ends in a full stop', { resourceGroup: 'net.' }],
    ['two answers to which resource group', { resourceGroup: 'net', existing }],
    ['a gateway subnet of another name', { existing: { ...existing, gatewaySubnetId: `${vnet}/subnets/gateway` } }],
  ])('refuses %s', (_, options) => {
    expect(azureOptions.safeParse(options).success).toBe(false)
  })
})
