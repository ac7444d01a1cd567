import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { Cidr } from '../address/cidr.ts'
import { findFirstOverlaps } from '../address/overlap.ts'
import { maximumBlocks, type Split, type SplitBlock, splitByHosts, splitByRules, splitBySubnets } from './split.ts'

function blocks(split: Split): string[] {
  return 'subnets' in split ? split.subnets.map(String) : split.findings.map((item) => item.code)
}

function nested(block: SplitBlock): unknown {
  return block.subnets ? { [`${block.cidr}`]: block.subnets.map(nested) } : `${block.cidr}`
}

describe('splitBySubnets', () => {
  const cases: [cidr: string, subnets: number, expected: string[]][] = [
    ['10.0.0.0/16', 1, ['10.0.0.0/16']],
    ['10.0.0.0/16', 2, ['10.0.0.0/17', '10.0.128.0/17']],
    ['10.0.0.0/16', 3, ['10.0.0.0/18', '10.0.64.0/18', '10.0.128.0/18', '10.0.192.0/18']],
    ['255.255.255.0/24', 2, ['255.255.255.0/25', '255.255.255.128/25']],
    ['10.0.0.4/31', 2, ['10.0.0.4/32', '10.0.0.5/32']],
    ['fd00::/48', 2, ['fd00::/49', 'fd00:0:0:8000::/49']],
    ['10.0.0.0/31', 3, ['ADDRESS_SPACE_EXHAUSTED']],
    ['10.0.0.0/16', 0, ['ORDER_INVALID']],
    ['10.0.0.0/16', -4, ['ORDER_INVALID']],
    ['10.0.0.0/16', 1.5, ['ORDER_INVALID']],
    ['10.0.0.0/16', Number.NaN, ['ORDER_INVALID']],
    ['10.0.0.0/16', Number.POSITIVE_INFINITY, ['ORDER_INVALID']],
    ['10.0.0.0/8', 2 ** 24, ['ORDER_INVALID']],
    ['fd00::/8', Number.MAX_SAFE_INTEGER, ['ORDER_INVALID']],
  ]

  test.each(cases)('cuts %s into at least %d parts: %j', (cidr, subnets, expected) => {
    expect(blocks(splitBySubnets(Cidr.of(cidr), subnets))).toEqual(expected)
  })

  it('rounds up to the next power of two without floating point', () => {
    for (const exponent of [1, 3, 10, 15]) {
      const counts = [2 ** exponent - 1, 2 ** exponent, 2 ** exponent + 1].map((wanted) => blocks(splitBySubnets(Cidr.of('10.0.0.0/8'), wanted)).length)
      expect(counts).toEqual([exponent === 1 ? 1 : 2 ** exponent, 2 ** exponent, 2 ** (exponent + 1)])
    }
  })
})

describe('splitByHosts', () => {
  const cases: [cidr: string, hosts: number, count: number | string, first?: string][] = [
    ['10.0.0.0/24', 254, 1, '10.0.0.0/24'],
    ['10.0.0.0/24', 126, 2, '10.0.0.0/25'],
    ['10.0.0.0/24', 127, 1, '10.0.0.0/24'],
    ['10.0.0.0/24', 1, 64, '10.0.0.0/30'],
    ['10.0.0.0/24', 2, 64, '10.0.0.0/30'],
    ['10.0.0.0/24', 3, 32, '10.0.0.0/29'],
    ['255.255.255.0/24', 100, 2, '255.255.255.0/25'],
    ['0.0.0.0/0', 2 ** 32 - 2, 1, '0.0.0.0/0'],
    ['10.0.0.0/24', 255, 'ADDRESS_SPACE_EXHAUSTED'],
    ['10.0.0.0/32', 1, 'ADDRESS_SPACE_EXHAUSTED'],
    ['0.0.0.0/0', 2 ** 32, 'ADDRESS_SPACE_EXHAUSTED'],
    ['10.0.0.0/24', 0, 'ORDER_INVALID'],
    ['10.0.0.0/8', 1, 'ORDER_INVALID'],
    ['fd00::/120', 255, 1, 'fd00::/120'],
    ['fd00::/120', 256, 'ADDRESS_SPACE_EXHAUSTED'],
    ['fd00::/120', 127, 2, 'fd00::/121'],
    ['fd00::/64', 100, 'ORDER_INVALID'],
  ]

  test.each(cases)('cuts %s into parts for %d hosts: %s', (cidr, hosts, expected, first) => {
    const found = blocks(splitByHosts(Cidr.of(cidr), hosts))
    expect(typeof expected === 'number' ? [found.length, found[0]] : found[0]).toEqual(typeof expected === 'number' ? [expected, first] : expected)
  })

  it('counts the addresses that a cloud keeps', () => {
    expect(blocks(splitByHosts(Cidr.of('10.0.0.0/24'), 252, '', 5))).toEqual(['ADDRESS_SPACE_EXHAUSTED'])
    expect(blocks(splitByHosts(Cidr.of('10.0.0.0/24'), 251, '', 5))).toEqual(['10.0.0.0/24'])
  })

  it('tells the capacity of the block it was given, and the block that would do', () => {
    const split = splitByHosts(Cidr.of('10.0.0.0/24'), 300, 'rules[0].value')
    expect('findings' in split && split.findings).toMatchObject([{ path: 'rules[0].value', facts: { capacity: '254', wanted: 300, neededPrefix: 23 } }])
  })
})

describe('splitByRules', () => {
  it('applies each rule to every part of the one before', () => {
    const design = splitByRules(Cidr.of('10.0.0.0/24'), [{ type: 'minSubnets', value: 2 }, { type: 'minHosts', value: 60 }])
    expect('cidr' in design && nested(design)).toEqual({
      '10.0.0.0/24': [{ '10.0.0.0/25': ['10.0.0.0/26', '10.0.0.64/26'] }, { '10.0.0.128/25': ['10.0.0.128/26', '10.0.0.192/26'] }],
    })
  })

  it('is the block itself without rules', () => {
    expect(splitByRules(Cidr.of('10.0.0.0/24'), [])).toEqual({ cidr: Cidr.of('10.0.0.0/24') })
  })

  it('names the rule that does not fit', () => {
    const design = splitByRules(Cidr.of('10.0.0.0/24'), [{ type: 'minSubnets', value: 4 }, { type: 'minHosts', value: 100 }], 'subnettingRules')
    expect('findings' in design && design.findings).toMatchObject([{ code: 'ADDRESS_SPACE_EXHAUSTED', path: 'subnettingRules[1].value' }])
  })

  it('caps the product of all levels before it makes any block', () => {
    const rule = { type: 'minSubnets' as const, value: 256 }
    const design = splitByRules(Cidr.of('10.0.0.0/8'), [rule, rule, rule])
    expect('findings' in design && design.findings).toMatchObject([{ code: 'ORDER_INVALID', path: '[1].value', facts: { max: maximumBlocks } }])
  })
})

it('makes equal parts that fill the block, hold enough and could not be smaller', () => {
  const prefix = fc.integer({ min: 16, max: 30 })
  fc.assert(fc.property(prefix, fc.integer({ min: 1, max: 2000 }), (bits, wanted) => {
    const cidr = Cidr.from(4, 0x0a000000n, bits)
    for (const [split, holds] of [
      [splitBySubnets(cidr, wanted), (size: bigint) => cidr.size / size >= BigInt(wanted)],
      [splitByHosts(cidr, wanted), (size: bigint) => size - 2n >= BigInt(wanted)],
    ] as const) {
      if ('findings' in split) continue
      const [part] = split.subnets
      if (!part) throw new Error('a split without parts')
      expect(findFirstOverlaps(split.subnets)).toEqual([])
      expect(split.subnets.reduce((sum, block) => sum + block.size, 0n)).toBe(cidr.size)
      expect(holds(part.size)).toBe(true)
    }
    const byHosts = splitByHosts(cidr, wanted)
    expect('findings' in byHosts).toBe(cidr.size - 2n < BigInt(wanted))
    if ('subnets' in byHosts) expect((byHosts.subnets[0]?.size ?? 0n) / 2n - 2n).toBeLessThan(BigInt(wanted))
  }))
})
