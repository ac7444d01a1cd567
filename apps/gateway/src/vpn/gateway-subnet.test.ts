import { Cidr } from '@isthmus/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clouds, connectionIn, noon, vnetOf } from '../testing/networks.fixture.ts'
import { newVnet } from '../vnet/vnet-records.ts'
import { gatewaySubnetOf, refusalOf } from './gateway-subnet.ts'

const factsOf = (cloud: string) => {
  const facts = clouds.networkFacts(cloud)
  if (!facts) throw new Error(`nobody knows ${cloud}`)
  return facts
}
const facts = factsOf('azure')

/** A registered network with subnets for those purposes, each half of a block of the network's two. */
const foundWith = (...purposes: readonly string[]) => ({ cidrs: ['10.9.0.0/24', '10.9.1.0/24'], subnets: purposes.map((purpose, index) => ({ name: `s${index}`, cidr: `10.9.0.${index * 128}/25`, purpose })) })

describe('gatewaySubnetOf', () => {
  it('finds a block that is aligned, in the vNet, free, and large enough, wherever the subnets lie', () => {
    const positions = fc.uniqueArray(fc.nat(15), { minLength: 1, maxLength: 15 })
    fc.assert(fc.property(fc.integer({ min: 16, max: 23 }), positions, (prefix, taken) => {
      const block = Cidr.of(`10.0.0.0/${prefix}`)
      const subnets = taken.map((position) => ({ name: `s${position}`, cidr: block.child(prefix + 4, position).toString() }))
      const found = gatewaySubnetOf(newVnet({ name: 'west', connection: connectionIn.azure, cidr: block.toString(), subnets }, noon), facts)
      const cidr = Cidr.of(found ?? '')
      expect(cidr.toString()).toBe(found)
      expect(cidr.prefix).toBeLessThanOrEqual(27)
      expect(cidr.first >= block.first && cidr.last <= block.last).toBe(true)
      expect(subnets.some((subnet) => Cidr.of(subnet.cidr).overlaps(cidr))).toBe(false)
    }))
  })

  it('says that there is no room in words of the user', () => {
    const full = newVnet({ name: 'full', connection: connectionIn.azure, cidr: '10.0.0.0/24', subnets: [{ name: 'all', cidr: '10.0.0.0/25' }, { name: 'rest', cidr: '10.0.0.128/25' }] }, noon)
    expect(() => gatewaySubnetOf(full, facts)).toThrow(/vNet full has no room/)
  })

  it('takes what the user wants, once', () => {
    const vnet = vnetOf('west', connectionIn.azure, 1)
    expect(gatewaySubnetOf(vnet, facts, '10.1.8.0/27')).toBe('10.1.8.0/27')
    const made = { ...vnet, gatewaySubnet: '10.1.8.0/27' }
    expect([gatewaySubnetOf(made, facts), gatewaySubnetOf(made, facts, '10.1.8.0/27')]).toEqual(['10.1.8.0/27', '10.1.8.0/27'])
    expect(() => gatewaySubnetOf(made, facts, '10.1.9.0/27')).toThrow('has the gateway subnet 10.1.8.0/27 already')
  })

  it('gives none to clouds that need none, and to networks that brought theirs along', () => {
    expect(gatewaySubnetOf(vnetOf('east', connectionIn.aws, 1), factsOf('aws'))).toBeUndefined()
    expect(gatewaySubnetOf({ ...vnetOf('west', connectionIn.azure, 1), adopted: foundWith('workload', 'gateway') }, facts)).toBeUndefined()
    expect(gatewaySubnetOf({ ...vnetOf('west', connectionIn.azure, 1), adopted: foundWith('workload') }, facts, '10.1.8.0/27')).toBe('10.1.8.0/27')
    expect(gatewaySubnetOf({ ...vnetOf('west', connectionIn.azure, 1), subnets: [], adopted: foundWith('workload', 'workload') }, facts)).toBe('10.9.1.224/27')
  })
})

it.each([
  ['10.1.8.0/27', undefined],
  ['10.1.8.0/24', undefined],
  ['nonsense', 'it is no block of addresses'],
  ['10.1.8.0/29', '/29'],
  ['10.1.0.0/27', 'overlaps'],
  ['10.2.8.0/27', 'not inside'],
])('tells whether a registered network can have its gateway in %s', (wanted, said) => {
  const refusal = refusalOf(vnetOf('west', connectionIn.azure, 1), facts, wanted)
  if (said === undefined) expect(refusal).toBeUndefined()
  else expect(refusal).toContain(said)
})
