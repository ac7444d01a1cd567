import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Cidr } from './cidr.ts'
import { findFirstOverlaps, findOverlaps } from './overlap.ts'
import { maskAddress } from './text.ts'

function comparePairwise(cidrs: readonly Cidr[]): [number, number][] {
  return cidrs.flatMap((one, i) => cidrs.flatMap((other, j): [number, number][] => (i < j && one.overlaps(other) ? [[i, j]] : [])))
}

// A narrow space, so that nesting, equal blocks and neighbours are common; lists short and long, because they are sorted in different ways.
const block = fc.tuple(fc.constantFrom(4 as const, 6 as const), fc.nat(255), fc.integer({ min: 0, max: 8 })).map(([family, low, short]) => {
  const bits = family === 4 ? 32 : 128
  const prefix = bits - 8 + short
  return Cidr.from(family, maskAddress(family, BigInt(low) + (1n << BigInt(bits - 2)), prefix), prefix)
})

describe('findOverlaps', () => {
  it('finds what comparing every pair finds, in the same order', () => {
    fc.assert(fc.property(fc.array(block, { maxLength: 200 }), (cidrs) => {
      expect(findOverlaps(cidrs)).toEqual(comparePairwise(cidrs))
    }), { numRuns: 200 })
  })

  it('pairs every two of several equal blocks', () => {
    const cidrs = ['10.0.0.0/8', '10.0.0.0/8', '192.168.0.0/16', '10.0.0.0/8'].map((text) => Cidr.of(text))
    expect(findOverlaps(cidrs)).toEqual([[0, 1], [0, 3], [1, 3]])
  })

  it('sees the whole of IPv4 and its last address', () => {
    expect(findOverlaps([Cidr.of('255.255.255.255/32'), Cidr.of('0.0.0.0/0'), Cidr.of('::/0')])).toEqual([[0, 1]])
  })

  it('has nothing to say about no blocks, or one', () => {
    expect([findOverlaps([]), findOverlaps([Cidr.of('10.0.0.0/8')])]).toEqual([[], []])
  })

  it('finds the two of 500,000 blocks that are equal', () => {
    // So many that comparing each two, some ten minutes of work, would end at the time limit of a test.
    const cidrs = Array.from({ length: 500_000 }, (_, i) => Cidr.from(4, BigInt((i * 7919) % 500_009) << 12n, 20))
    cidrs[5] = cidrs[377_777] ?? Cidr.of('0.0.0.0/0')
    expect(findOverlaps(cidrs)).toEqual([[5, 377_777]])
  })
})

describe('findFirstOverlaps', () => {
  it('names for each block the earliest one before it that it overlaps', () => {
    fc.assert(fc.property(fc.array(block, { maxLength: 200 }), (cidrs) => {
      const earliest = new Map<number, number>()
      for (const [one, other] of comparePairwise(cidrs)) if (!earliest.has(other)) earliest.set(other, one)
      expect(findFirstOverlaps(cidrs)).toEqual([...earliest].map(([later, first]) => [first, later]).sort((a, b) => (a[1] ?? 0) - (b[1] ?? 0)))
    }), { numRuns: 200 })
  })

  it('names one block before each of many equal ones, not all', () => {
    expect(findFirstOverlaps(Array.from({ length: 50_000 }, () => Cidr.of('10.0.0.0/8')))).toHaveLength(49_999)
  })
})
