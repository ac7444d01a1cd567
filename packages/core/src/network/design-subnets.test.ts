import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { Cidr } from '../address/cidr.ts'
import { findOverlaps } from '../address/overlap.ts'
import { maskAddress } from '../address/text.ts'
import type { Subnet } from '../provider/site.ts'
import { designSubnets, type SubnetDesignInput } from './design-subnets.ts'
import { sampleClouds, sampleFacts, type SampleRules } from './network-facts.fixture.ts'
import { validateNetwork } from './validate-network.ts'

const named: SampleRules = { network: { min: 8, max: 29 }, subnet: { min: 8, max: 29 }, scope: 'region', gatewaySubnet: { name: 'GatewaySubnet', maxPrefix: 27 } }
const unnamed: SampleRules = { network: { min: 9, max: 28 }, subnet: { min: 9, max: 29 }, gatewaySubnet: { maxPrefix: 28 } }

function input(rules: SampleRules, cidrs: string[], more: Partial<SubnetDesignInput> = {}): SubnetDesignInput {
  return {
    path: 'sites.x',
    facts: sampleFacts(rules),
    zones: ['north-1a', 'north-1b'],
    cidrs: cidrs.map((text) => Cidr.of(text)),
    subnets: [],
    needsGatewaySubnet: rules.gatewaySubnet !== undefined,
    cloudTitle: 'Acme Cloud',
    ...more,
  }
}

function lines(design: ReturnType<typeof designSubnets>): string[] {
  if ('findings' in design) return design.findings.map((item) => item.code)
  return design.subnets.map(({ name, cidr, zone, purpose }) => [name, `${cidr}`, zone ?? '-', purpose].join(' '))
}

const given: Subnet = { name: 'apps', cidr: Cidr.of('10.0.255.0/24'), purpose: 'workload' }

const cases: [behaviour: string, input: SubnetDesignInput, expected: string[]][] = [
  ['spreads two quarters over two zones', input({}, ['10.0.0.0/16']), ['workload-a 10.0.0.0/18 north-1a workload', 'workload-b 10.0.64.0/18 north-1b workload']],
  ['puts both into the only zone', input({}, ['10.0.0.0/16'], { zones: ['north-1a'] }), ['workload-a 10.0.0.0/18 north-1a workload', 'workload-b 10.0.64.0/18 north-1a workload']],
  ['names no zone where there is none', input({}, ['10.0.0.0/16'], { zones: [] }), ['workload-a 10.0.0.0/18 - workload', 'workload-b 10.0.64.0/18 - workload']],
  ['puts a gateway subnet of the exact name at the end', input(named, ['10.0.0.0/16']), ['workload-a 10.0.0.0/18 - workload', 'workload-b 10.0.64.0/18 - workload', 'GatewaySubnet 10.0.255.224/27 - gateway']],
  ['names the gateway subnet itself where any name will do', input(unnamed, ['10.0.0.0/24']), ['workload-a 10.0.0.0/26 north-1a workload', 'workload-b 10.0.0.64/26 north-1b workload', 'gateway 10.0.0.224/27 north-1a gateway']],
  ['keeps subnets within the bounds of the cloud', input({ network: { min: 8, max: 28 } }, ['10.0.0.0/8']), ['workload-a 10.0.0.0/16 north-1a workload', 'workload-b 10.1.0.0/16 north-1b workload']],
  ['makes smaller subnets where quarters are too small for the cloud or do not fit', input(named, ['10.0.0.0/26']), ['workload-a 10.0.0.0/28 - workload', 'workload-b 10.0.0.16/28 - workload', 'GatewaySubnet 10.0.0.32/27 - gateway']],
  ['makes one subnet where two do not fit', input({}, ['10.0.0.0/28']), ['workload-a 10.0.0.0/28 north-1a workload']],
  ['takes the smallest gateway subnet where the comfortable one does not fit', input(unnamed, ['10.0.0.0/27']), ['workload-a 10.0.0.0/29 north-1a workload', 'workload-b 10.0.0.8/29 north-1b workload', 'gateway 10.0.0.16/28 north-1a gateway']],
  ['adds only the gateway subnet to subnets that are given', input(named, ['10.0.0.0/16'], { subnets: [given] }), ['apps 10.0.255.0/24 - workload', 'GatewaySubnet 10.0.254.224/27 - gateway']],
  ['leaves complete subnets alone', input({}, ['10.0.0.0/16'], { subnets: [given] }), ['apps 10.0.255.0/24 - workload']],
  ['does not add a gateway subnet beside a misspelt one', input(named, ['10.0.0.0/16'], { subnets: [given, { ...given, name: 'gatewaySubnet', cidr: Cidr.of('10.0.0.0/27') }] }), ['apps 10.0.255.0/24 - workload', 'gatewaySubnet 10.0.0.0/27 - workload']],
  ['adds workload subnets beside a gateway subnet that is given', input(named, ['10.0.0.0/24'], { subnets: [{ name: 'GatewaySubnet', cidr: Cidr.of('10.0.0.0/27'), purpose: 'gateway' }] }), ['GatewaySubnet 10.0.0.0/27 - gateway', 'workload-a 10.0.0.64/26 - workload', 'workload-b 10.0.0.128/26 - workload']],
  ['avoids names that are taken', input(unnamed, ['10.0.0.0/16'], { subnets: [{ ...given, name: 'gateway' }] }), ['gateway 10.0.255.0/24 - workload', 'gateway-2 10.0.254.224/27 north-1a gateway']],
  ['stays clear of reserved blocks where the network has no addresses of its own', input({ hasCidr: false, network: { min: 8, max: 29 }, subnet: { min: 8, max: 29 }, reserved: ['172.16.0.0/15'], scope: 'region' }, ['172.16.0.0/12']), ['workload-a 172.20.0.0/14 - workload', 'workload-b 172.24.0.0/14 - workload']],
  ['goes on into the next block when one is full', input(named, ['10.0.0.0/24', '10.9.0.0/24'], { subnets: [{ ...given, cidr: Cidr.of('10.0.0.0/24') }] }), ['apps 10.0.0.0/24 - workload', 'GatewaySubnet 10.9.0.224/27 - gateway']],
  ['says so where even all addresses are taken', input(named, ['0.0.0.0/0'], { subnets: [{ ...given, cidr: Cidr.of('0.0.0.0/0') }] }), ['ADDRESS_SPACE_EXHAUSTED']],
  ['says so when nothing fits', input(named, ['10.0.0.0/27']), ['ADDRESS_SPACE_EXHAUSTED']],
]

describe('designSubnets', () => {
  test.each(cases)('%s', (_, design, expected) => {
    expect(lines(designSubnets(design))).toEqual(expected)
  })

  it('names what does not fit and a block in which it does', () => {
    const tight = input(named, ['10.0.0.0/27'])
    const design = designSubnets(tight)
    const [finding] = 'findings' in design ? design.findings : []
    expect(finding).toMatchObject({ path: 'sites.x.cidr', facts: { proposed: '10.0.0.0/26' } })
    expect(finding?.title).toContain('gateway subnet')
    expect('subnets' in designSubnets({ ...tight, cidrs: [Cidr.of('10.0.0.0/26')] })).toBe(true)
  })

  const anyNetwork = fc.tuple(fc.constantFrom(...sampleClouds), fc.integer({ min: 8, max: 28 }), fc.nat(0xffffff)).map(([rules, prefix, low]) => {
    const { min, max } = rules.network ?? { min: 16, max: 28 }
    const bits = Math.min(Math.max(prefix, min), max)
    return { rules, cidr: Cidr.from(4, maskAddress(4, Cidr.of('10.0.0.0/8').first + BigInt(low), bits), bits) }
  })

  it('makes only designs that validateNetwork accepts, or none', () => {
    fc.assert(fc.property(anyNetwork, ({ rules, cidr }) => {
      const wanted = input(rules, [`${cidr}`])
      const design = designSubnets(wanted)
      if ('findings' in design) {
        expect(cidr.prefix).toBeGreaterThan(26)
        return
      }
      expect(validateNetwork({ ...wanted, region: 'north-1', subnets: design.subnets })).toEqual([])
      expect(findOverlaps(design.subnets.map((subnet) => subnet.cidr))).toEqual([])
      if (cidr.prefix < 26) expect(design.subnets.filter((subnet) => subnet.purpose === 'workload')).toHaveLength(2)
    }), { numRuns: 500 })
  })

  it('changes nothing when it is applied to its own result', () => {
    fc.assert(fc.property(anyNetwork, ({ rules, cidr }) => {
      const design = designSubnets(input(rules, [`${cidr}`]))
      if ('subnets' in design) expect(designSubnets(input(rules, [`${cidr}`], { subnets: design.subnets }))).toEqual(design)
    }))
  })
})
