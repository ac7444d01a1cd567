import { Cidr } from '@isthmus/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clouds, connectionIn, noon } from '../testing/networks.fixture.ts'
import { planVnet } from '../vnet/vnet-plan.ts'
import { newVnet } from '../vnet/vnet-records.ts'
import { sharedAddresses } from './shared-vnet.ts'

const placesOf = (connection: string) => {
  const known = clouds.connection(connection)
  const facts = known && clouds.networkFacts(known.cloud)
  if (!facts) throw new Error(`nobody knows ${connection}`)
  return { facts, zones: known.zones }
}
const auto = { cidrBlock: 'auto', subnetCount: 2, multiZone: true, dedicated: false }

describe('sharedAddresses', () => {
  it('gives each vNet a block that no other has, with subnets that lie in it apart from each other', () => {
    const { facts, zones } = placesOf(connectionIn.aws)
    fc.assert(fc.property(fc.uniqueArray(fc.nat(254), { maxLength: 40 }), fc.integer({ min: 1, max: 60 }), (used, subnetCount) => {
      const taken = used.map((second) => `10.${second}.0.0/16`)
      const { cidr, subnets } = sharedAddresses('shared', { ...auto, subnetCount }, facts, zones, taken)
      const block = Cidr.of(cidr)
      expect(block.prefix).toBe(16)
      expect(taken.some((other) => Cidr.of(other).overlaps(block))).toBe(false)
      const blocks = subnets.map((subnet) => Cidr.of(subnet.cidr))
      expect(blocks).toHaveLength(subnetCount)
      expect(new Set(subnets.map(({ name }) => name)).size).toBe(subnetCount)
      for (const [index, one] of blocks.entries()) {
        expect(one.first >= block.first && one.last <= block.last).toBe(true)
        expect(blocks.slice(index + 1).some((other) => other.overlaps(one))).toBe(false)
      }
    }), { numRuns: 40 })
  })

  it.each(Object.entries(connectionIn))('gives what %s accepts, also far into the pool', (_, connection) => {
    const { facts, zones } = placesOf(connection)
    const taken = Array.from({ length: 60 }, (__, second) => `10.${second}.0.0/16`)
    const { cidr, subnets } = sharedAddresses('shared', auto, facts, zones, taken)
    expect(() => planVnet('n0123456789a', newVnet({ name: 'shared', connection, cidr, subnets }, noon), clouds)).not.toThrow()
  })

  it('deals zones round robin where subnets have one, and stays in one where that is asked for', () => {
    const { facts, zones } = placesOf(connectionIn.aws)
    const zonesOf = (multiZone: boolean) => sharedAddresses('shared', { ...auto, subnetCount: 5, multiZone }, facts, zones, []).subnets.map(({ zone }) => zone)
    expect(zonesOf(true)).toEqual(Array.from({ length: 5 }, (_, index) => zones[index % zones.length]))
    expect(new Set(zonesOf(false))).toEqual(new Set([zones[0]]))
  })

  it.each([
    ['a block that is none', { ...auto, cidrBlock: 'ten' }, [], 'cidrBlock: ten is not an address block'],
    ['a block that another vNet has', { ...auto, cidrBlock: '10.1.0.0/16' }, ['10.1.2.0/24'], '10.1.2.0/24 is taken'],
    ['a block without room', { ...auto, cidrBlock: '10.1.0.0/26', subnetCount: 9 }, [], 'no room for 9 subnets'],
    ['a pool that is used up', auto, ['10.0.0.0/8'], 'no /16 is left'],
  ])('refuses %s', (_, policy, taken, said) => {
    const { facts, zones } = placesOf(connectionIn.aws)
    expect(() => sharedAddresses('shared', policy, facts, zones, taken)).toThrow(said)
  })
})
