import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ibmOptions } from './options.ts'

const existing = {
  vpc: 'r022-1', vpcCrn: 'crn:v1:bluemix:public:is:jp-tok:a/123456::vpc:r022-1', routingTable: 'r022-2', gatewaySubnet: '02e7-3',
}

describe('ibmOptions', () => {
  it('fills every default from nothing', () => {
    expect(ibmOptions.parse({})).toEqual({ attachGateway: true })
  })

  it('describes every field, for documentation and schemas', () => {
    const { properties } = z.toJSONSchema(ibmOptions, { io: 'input' })
    expect(Object.keys(properties ?? {})).toHaveLength(6)
    for (const [name, property] of Object.entries(properties ?? {})) expect(property, name).toHaveProperty('description')
  })

  it.each([
    ['an existing network', { existing }],
    ['a resource group', { resourceGroup: '8145289c4a384b08a4fd1e9fcc3f1f8b' }],
    ['an existing transit gateway', { transitGateway: '1d5c-2', transitCidr: '10.255.0.0/24' }],
    ['a block for the GRE tunnels', { transitCidr: '172.20.0.32/27' }],
    ['tags', { tags: ['team:network', 'env:prod'] }],
  ])('accepts %s', (_, options) => {
    expect(ibmOptions.safeParse(options).success).toBe(true)
  })

  it.each([
    ['an unknown key', { resource_group: 'x' }],
    ['an unknown key inside existing', { existing: { ...existing, region: 'jp-tok' } }],
    ['an existing network without its CRN', { existing: { ...existing, vpcCrn: 'r022-1' } }],
    ['a GRE block that is too small', { transitCidr: '10.255.0.0/28' }],
    ['a GRE block that is not private', { transitCidr: '100.64.0.0/24' }],
    ['a GRE block with host bits', { transitCidr: '10.255.0.1/27' }],
    ['an existing transit gateway without a block', { transitGateway: '1d5c-2' }],
  ])('refuses %s', (_, options) => {
    expect(ibmOptions.safeParse(options).success).toBe(false)
  })
})
