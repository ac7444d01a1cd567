import { Cidr, IpAddress } from '@isthmus/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ibmFacts, insideBlocks } from './facts.ts'
import { idleCounterpart, isIdle } from './idle-leg.ts'

describe('idle legs', () => {
  const linkLocal = Cidr.of('169.254.0.0/16')
  const blocks = [...insideBlocks.value.live, ...insideBlocks.value.idle].map((block) => Cidr.of(block))

  it('divides all link-local addresses between links and idle legs', () => {
    expect(blocks.reduce((sum, block) => sum + block.size, 0n)).toBe(linkLocal.size)
    expect(blocks.some((block, index) => blocks.slice(index + 1).some((other) => other.overlaps(block)))).toBe(false)
    expect(ibmFacts.inside.value.ranges).toEqual(insideBlocks.value.live)
  })

  it.each([['169.254.10.2', '169.254.74.2'], ['169.254.21.5', '169.254.85.5'], ['169.254.130.1', '169.254.194.1']])('moves %s to %s', (address, expected) => {
    expect(idleCounterpart(IpAddress.of(address)).toString()).toBe(expected)
  })

  it('keeps the two addresses of a /30 together, and no two addresses share a counterpart', () => {
    const address = fc.integer({ min: 0, max: 65_535 }).map((offset) => linkLocal.host(offset)).filter((each) => !isIdle(each))
    fc.assert(fc.property(address, address, (one, other) => {
      const [a, b] = [idleCounterpart(one), idleCounterpart(other)]
      expect(isIdle(a)).toBe(true)
      expect(a.equals(b)).toBe(one.equals(other))
      expect(a.value >> 2n === b.value >> 2n).toBe(one.value >> 2n === other.value >> 2n)
    }))
  })

  it('has no counterpart for an address that no link can have', () => {
    expect(() => idleCounterpart(IpAddress.of('169.254.64.1'))).toThrow(/169\.254\.64\.1/)
  })
})
