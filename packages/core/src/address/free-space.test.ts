import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { Cidr } from './cidr.ts'
import { firstFree, freeBlocks, lastFree, supernet } from './free-space.ts'
import { findOverlaps } from './overlap.ts'
import { maskAddress } from './text.ts'

const cidrs = (texts: readonly string[]): Cidr[] => texts.map((text) => Cidr.of(text))
const within = Cidr.of('10.0.0.0/24')
const inside = fc.tuple(fc.nat(255), fc.integer({ min: 25, max: 32 }))
  .map(([low, prefix]) => Cidr.from(4, maskAddress(4, within.first + BigInt(low), prefix), prefix))
const taken = fc.array(inside, { maxLength: 20 })
const prefixes = fc.integer({ min: 24, max: 32 })

describe('firstFree', () => {
  const cases: [within: string, taken: string[], prefix: number, found: string | undefined][] = [
    ['10.0.0.0/16', [], 24, '10.0.0.0/24'],
    ['10.0.0.0/16', ['10.0.0.0/26'], 22, '10.0.4.0/22'],
    ['10.0.0.0/16', ['10.0.0.0/26', '10.0.1.0/24'], 26, '10.0.0.64/26'],
    ['10.0.0.0/16', ['10.0.1.0/24', '10.0.0.0/24'], 24, '10.0.2.0/24'],
    ['10.0.0.0/16', ['10.0.0.0/8'], 24, undefined],
    ['10.0.0.0/16', ['10.0.0.0/17', '10.0.192.0/18'], 17, undefined],
    ['10.0.0.0/16', [], 15, undefined],
    ['10.0.0.0/16', [], 33, undefined],
    ['10.0.0.0/16', ['11.0.0.0/8', 'fd00::/8'], 16, '10.0.0.0/16'],
    ['255.255.255.0/24', ['255.255.255.0/25'], 25, '255.255.255.128/25'],
    ['fd00::/48', ['fd00::/64'], 64, 'fd00:0:0:1::/64'],
  ]

  test.each(cases)('in %s beside %j, /%d: %s', (block, used, prefix, found) => {
    expect(firstFree(Cidr.of(block), cidrs(used), prefix)?.toString()).toBe(found)
  })

  it('finds the lowest of all aligned blocks that are free, and lastFree the highest', () => {
    fc.assert(fc.property(taken, prefixes, (used, prefix) => {
      const free = Array.from({ length: 2 ** (prefix - 24) }, (_, index) => within.child(prefix, index))
        .filter((child) => !used.some((block) => block.overlaps(child)))
      expect(firstFree(within, used, prefix)?.toString()).toBe(free[0]?.toString())
      expect(lastFree(within, used, prefix)?.toString()).toBe(free.at(-1)?.toString())
    }))
  })
})

describe('freeBlocks', () => {
  it('splits the free space into its largest blocks', () => {
    expect(freeBlocks(Cidr.of('10.0.0.0/16'), cidrs(['10.0.64.0/18'])).map(String)).toEqual(['10.0.0.0/18', '10.0.128.0/17'])
    expect(freeBlocks(Cidr.of('0.0.0.0/0'), []).map(String)).toEqual(['0.0.0.0/0'])
    expect(freeBlocks(Cidr.of('10.0.0.0/16'), cidrs(['10.0.0.0/8']))).toEqual([])
  })

  it('covers exactly what is not taken, in order, with blocks that could not be larger', () => {
    fc.assert(fc.property(taken, (used) => {
      const free = freeBlocks(within, used)
      expect(findOverlaps(free)).toEqual([])
      for (let low = 0n; low < 256n; low += 1n) {
        const address = within.host(low)
        expect(free.some((block) => block.contains(address))).toBe(!used.some((block) => block.contains(address)))
      }
      for (const block of free.filter((candidate) => candidate.prefix > 24)) {
        const parent = Cidr.from(4, maskAddress(4, block.first, block.prefix - 1), block.prefix - 1)
        expect(used.some((other) => other.overlaps(parent))).toBe(true)
      }
    }), { numRuns: 50 })
  })
})

describe('supernet', () => {
  const cases: [blocks: string[], cover: string][] = [
    [['10.0.0.0/24'], '10.0.0.0/24'],
    [['10.0.0.0/24', '10.0.1.0/24'], '10.0.0.0/23'],
    [['10.0.1.0/24', '10.0.2.0/24'], '10.0.0.0/22'],
    [['10.0.0.0/8', '10.1.0.0/16'], '10.0.0.0/8'],
    [['10.0.0.1/32', '10.0.0.1/32'], '10.0.0.1/32'],
    [['0.0.0.0/8', '255.0.0.0/8'], '0.0.0.0/0'],
    [['fd00::/64', 'fd00:0:0:1::/64'], 'fd00::/63'],
  ]

  test.each(cases)('of %j is %s', (blocks, cover) => {
    expect(supernet(cidrs(blocks)).toString()).toBe(cover)
  })

  it('covers all, and neither of its halves would', () => {
    fc.assert(fc.property(fc.array(inside, { minLength: 1 }), (blocks) => {
      const cover = supernet(blocks)
      expect(blocks.every((block) => cover.contains(block))).toBe(true)
      if (cover.prefix < 32) {
        const halves = [cover.child(cover.prefix + 1, 0), cover.child(cover.prefix + 1, 1)]
        expect(halves.some((half) => blocks.every((block) => half.contains(block)))).toBe(false)
      }
    }))
  })

  it('refuses two families and an empty list', () => {
    expect(() => supernet(cidrs(['10.0.0.0/8', 'fd00::/8']))).toThrowError(expect.objectContaining({ code: 'ADDRESS_INVALID' }))
    expect(() => supernet([])).toThrowError(expect.objectContaining({ code: 'ADDRESS_INVALID' }))
  })
})
