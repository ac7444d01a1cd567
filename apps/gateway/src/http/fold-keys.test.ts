import fc from 'fast-check'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { foldKeys } from './fold-keys.ts'

const subnet = z.object({ name: z.string(), ipv4_CIDR: z.string(), zone: z.string().optional() })
const vnet = z.object({ name: z.string(), subnetInfoList: z.array(subnet).default([]) })

it('spells keys as the schema does, at every depth', () => {
  expect(foldKeys(vnet, { NAME: 'a', SubnetInfoList: [{ Name: 'b', IPv4_CIDR: '10.0.0.0/24', Zone: 'z' }] }))
    .toEqual({ name: 'a', subnetInfoList: [{ name: 'b', ipv4_CIDR: '10.0.0.0/24', zone: 'z' }] })
})

it.each([[{ Name: 'variant', name: 'exact' }], [{ name: 'exact', Name: 'variant' }], [{ NAME: 'variant', Name: 'other', name: 'exact' }]])('lets the exact key of %j win', (value) => {
  expect(foldKeys(vnet, value)).toEqual({ name: 'exact' })
})

it('takes null for absent and leaves keys it does not know', () => {
  expect(foldKeys(vnet, { name: null, Name: 'a', label: { x: null } })).toEqual({ name: 'a', label: { x: null } })
})

it('finds the members of every branch of a union', () => {
  const either = z.union([z.object({ vNetId: z.string() }), z.object({ csp: z.string() })])
  expect(foldKeys(either, { VNETID: 'a' })).toEqual({ vNetId: 'a' })
  expect(foldKeys(either, { Csp: 'b' })).toEqual({ csp: 'b' })
})

it('leaves the keys of a record as they are, and spells those of its members', () => {
  expect(foldKeys(z.object({ byCloud: z.record(z.string(), subnet) }), { BYCLOUD: { Name: { NAME: 'a' }, none: null } })).toEqual({ byCloud: { Name: { name: 'a' } } })
})

it('changes no value and survives any JSON', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const folded = foldKeys(vnet, value)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(folded).length >= 0
    expect(Object.keys(Object(folded)).length).toBeLessThanOrEqual(Object.keys(value).length)
    return true
  }))
})
