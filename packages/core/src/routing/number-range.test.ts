import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type NumberRange, excludeRanges, inRanges, intersectRanges, mergeRanges } from './number-range.ts'

const range: fc.Arbitrary<NumberRange> = fc.tuple(fc.nat(60), fc.nat(15)).map(([first, size]) => [first, first + size] as const)
const ranges = fc.array(range, { maxLength: 6 })
const universe = Array.from({ length: 80 }, (_, value) => value)
const members = (list: readonly NumberRange[]) => universe.filter((value) => inRanges(value, list))

describe('ranges of numbers', () => {
  it('merge to sorted ranges with the same members', () => {
    fc.assert(fc.property(ranges, (list) => {
      const merged = mergeRanges(list)
      expect(members(merged)).toEqual(members(list))
      for (const [index, [first]] of merged.entries()) expect(first).toBeGreaterThan((merged[index - 1]?.[1] ?? -2) + 1)
    }))
  })

  it('intersect and exclude like sets', () => {
    fc.assert(fc.property(ranges, ranges, (list, others) => {
      expect(members(intersectRanges(list, others))).toEqual(members(list).filter((value) => inRanges(value, others)))
      expect(members(excludeRanges(list, others))).toEqual(members(list).filter((value) => !inRanges(value, others)))
    }))
  })

  it('keep the order of the first list', () => {
    expect(intersectRanges([[50, 60], [10, 20]], [[15, 18], [0, 12], [55, 90]])).toEqual([[55, 60], [10, 12], [15, 18]])
  })
})
