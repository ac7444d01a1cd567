import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cloudName } from './cloud-name.ts'

describe('cloudName', () => {
  it('leaves a name of 60 characters as it is and shortens one of 61', () => {
    expect(cloudName('a'.repeat(60))).toBe('a'.repeat(60))
    expect(cloudName('a'.repeat(61))).toMatch(/^a{51}-[0-9a-f]{8}$/)
  })

  it('keeps different names different, none longer than 60', () => {
    fc.assert(fc.property(fc.stringMatching(/^[a-z]{70}$/), fc.stringMatching(/^[a-z]{1,20}$/), (long, end) => {
      const [one, other] = [cloudName(long), cloudName(`${long}${end}`)]
      expect(one).not.toBe(other)
      expect([one.length, other.length]).toEqual([60, 60])
    }))
  })
})
