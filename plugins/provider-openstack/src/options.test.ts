import { describe, expect, it } from 'vitest'
import { adoptedIds } from '../test/adopted.ts'
import { openstackOptions } from './options.ts'

describe('openstackOptions', () => {
  it('fills every default from nothing', () => {
    expect(openstackOptions.parse({})).toEqual({ additionalCiphers: false })
  })

  it.each([
    ['an external network by name', { externalNetwork: 'public' }],
    ['an existing network', { existing: adoptedIds }],
    ['an existing network without a router, and where its router leads', { externalNetwork: 'public', existing: { network: adoptedIds.network, subnets: adoptedIds.subnets } }],
    ['tags', { tags: ['team:network'] }],
  ])('accepts %s', (_, options) => {
    expect(openstackOptions.safeParse(options).success).toBe(true)
  })

  it.each([
    ['an unknown key', { router: 'edge' }],
    ['an unknown key inside existing', { existing: { ...adoptedIds, subnet: adoptedIds.subnets[0] } }],
    ['two answers to which external network', { externalNetwork: 'public', existing: adoptedIds }],
    ['an existing network without subnets', { existing: { ...adoptedIds, subnets: [] } }],
    ['a tag with a comma', { tags: ['a,b'] }],
  ])('refuses %s', (_, options) => {
    expect(openstackOptions.safeParse(options).success).toBe(false)
  })
})
