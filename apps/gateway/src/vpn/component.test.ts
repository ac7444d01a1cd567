import fc from 'fast-check'
import { expect, it } from 'vitest'
import { noon, vpnOf } from '../testing/networks.fixture.ts'
import { newVnet } from '../vnet/vnet-records.ts'
import { componentOf } from './component.ts'

const vnets = Array.from({ length: 8 }, (_, index) => newVnet({ name: `v${index}`, connection: 'any', subnets: [] }, noon))
const ends = fc.uniqueArray(fc.nat(7), { minLength: 2, maxLength: 2 })
const some = fc.array(ends, { minLength: 1, maxLength: 12 }).map((pairs) => pairs.flatMap(([a = 0, b = 0], index) => {
  const [one, other] = [vnets[a], vnets[b]]
  return one && other ? [vpnOf(`vpn${String(index).padStart(2, '0')}`, one, other)] : []
}))

it('takes in every VPN that shares a vNet with one that is in it, and no other', () => {
  fc.assert(fc.property(some, fc.nat(), (vpns, pick) => {
    const vpn = vpns[pick % vpns.length]
    if (!vpn) return
    const members = componentOf(vpn, vpns)
    const reached = new Set(members.flatMap(({ sites }) => sites.map(({ uid }) => uid)))
    expect(members).toContain(vpn)
    expect(members.map(({ name }) => name)).toEqual(vpns.filter(({ sites }) => sites.some(({ uid }) => reached.has(uid))).map(({ name }) => name))
  }))
})

it('is the same whatever the order of the records and whichever member is asked for', () => {
  fc.assert(fc.property(some, (vpns) => {
    const [first] = vpns
    if (!first) return
    const members = componentOf(first, vpns)
    for (const member of members) expect(componentOf(member, [...vpns].reverse())).toEqual(members)
  }))
})

it('holds a VPN that is not on record yet', () => {
  const [a, b, c] = vnets
  if (!a || !b || !c) throw new Error('too few vNets')
  const kept = vpnOf('kept', a, b)
  expect(componentOf(vpnOf('added', b, c), [kept]).map(({ name }) => name)).toEqual(['added', 'kept'])
})
