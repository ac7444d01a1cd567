import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isIsthmusError } from '../finding/isthmus-error.ts'
import type { KeyRules } from '../provider/facts.ts'
import { deriveKey, deriveStateKey } from './derive.ts'

const alphanumeric = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const plain: KeyRules = { minLength: 8, maxLength: 64, alphabet: alphanumeric, per: 'tunnel' }
const master = new Uint8Array(32).fill(7)
const name = { order: 'mesh', tunnel: 'a--b--00' }

function keyOf(from: Uint8Array, of: { order: string; tunnel: string }, version: number, rules: readonly KeyRules[] = [plain]): string {
  const result = deriveKey(from, of, version, rules, 'links.x')
  if ('findings' in result) throw new Error(JSON.stringify(result.findings))
  return result.key
}

// Expected keys were computed by a second implementation (Python's hmac), not copied from this one.
describe('deriveKey', () => {
  it('gives the same key for the same input for ever', () => {
    expect(keyOf(master, name, 1)).toBe('whzRPIA5ClQlGPX36mQuUY4j767CVZ2y')
  })

  it.each([
    ['version', keyOf(master, name, 2)],
    ['tunnel', keyOf(master, { ...name, tunnel: 'a--b--01' }, 1)],
    ['order', keyOf(master, { ...name, order: 'mesh2' }, 1)],
    ['master secret', keyOf(new Uint8Array(32).fill(8), name, 1)],
    ['length of the master secret', keyOf(new Uint8Array(33).fill(7), name, 1)],
  ])('gives another key for another %s', (_, key) => {
    expect(key).not.toBe(keyOf(master, name, 1))
  })

  it('keeps apart names that look alike when joined', () => {
    expect(keyOf(master, { order: 'a', tunnel: 'b1' }, 1)).not.toBe(keyOf(master, { order: 'ab', tunnel: '1' }, 1))
    expect(keyOf(master, { order: 'a', tunnel: 'b1' }, 1)).not.toBe(keyOf(master, { order: 'a', tunnel: 'b' }, 11))
  })

  it('uses every character equally often', () => {
    const counts = new Map<string, number>()
    for (let version = 1; version <= 1500; version++) {
      for (const character of keyOf(master, name, version).slice(1)) counts.set(character, (counts.get(character) ?? 0) + 1)
    }
    const expected = 1500 * 31 / alphanumeric.length
    const chiSquare = [...alphanumeric].reduce((sum, character) => sum + ((counts.get(character) ?? 0) - expected) ** 2 / expected, 0)
    // 61 degrees of freedom: 112 is passed once in ten thousand draws; a plain remainder of each byte gives about 300.
    expect(chiSquare).toBeLessThan(112)
  })

  it('passes on why no key is possible', () => {
    const result = deriveKey(master, name, 1, [{ ...plain, alphabet: 'abc' }, { ...plain, alphabet: 'xyz' }], 'links.x')
    expect('findings' in result && result.findings[0]?.code).toBe('PSK_ALPHABET')
  })

  it('refuses a short master secret and does not repeat it', () => {
    const call = () => deriveKey(new Uint8Array(31), name, 1, [plain], 'links.x')
    expect(call).toThrow(expect.objectContaining({ code: 'KEY_UNAVAILABLE' }))
    try { call() } catch (error) { expect(isIsthmusError(error)).toBe(true) }
  })
})

const printable = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index))
const someRules: fc.Arbitrary<KeyRules> = fc.record({
  minLength: fc.integer({ min: 1, max: 40 }), maxLength: fc.integer({ min: 20, max: 200 }),
  alphabet: fc.subarray(printable, { minLength: 40 }).map((characters) => characters.join('')), per: fc.constant('tunnel' as const),
}).chain((rules) => fc.oneof(
  fc.constant(rules),
  fc.subarray([...rules.alphabet], { minLength: 20 }).map((characters) => ({ ...rules, firstCharacters: characters.join('') })),
))
const someMaster = fc.uint8Array({ minLength: 32, maxLength: 64 })

describe('any derived key', () => {
  it('satisfies every rule, and comes out the same in any order of the rules', () => {
    fc.assert(fc.property(someMaster, fc.string({ maxLength: 60 }), fc.nat(), fc.array(someRules, { minLength: 1, maxLength: 2 }), (secret, tunnel, version, rules) => {
      const result = deriveKey(secret, { order: 'o', tunnel }, version, rules, 'x')
      expect(deriveKey(secret, { order: 'o', tunnel }, version, rules.toReversed(), 'x')).toEqual(result)
      if ('findings' in result) return
      for (const { minLength, maxLength, alphabet, firstCharacters = alphabet } of rules) {
        expect(result.key.length).toBeGreaterThanOrEqual(minLength)
        expect(result.key.length).toBeLessThanOrEqual(maxLength)
        expect([...result.key].every((character) => alphabet.includes(character))).toBe(true)
        expect(firstCharacters).toContain(result.key.charAt(0))
      }
    }), { numRuns: 300 })
  })

  it('differs between tunnels and versions', () => {
    fc.assert(fc.property(fc.uniqueArray(fc.tuple(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), fc.nat(99)), {
      minLength: 2, maxLength: 6, selector: (key) => JSON.stringify(key),
    }), (names) => {
      const keys = names.map(([order, tunnel, version]) => keyOf(master, { order, tunnel }, version))
      expect(new Set(keys).size).toBe(names.length)
    }))
  })
})

describe('deriveStateKey', () => {
  it('gives 32 bytes that are the same for ever and differ by stack', () => {
    const key = deriveStateKey(master, 'link-a--b')
    expect(Buffer.from(key).toString('hex')).toBe('3696c7cbe61303e36f28a7f3acbec19771a3957806aed694ee3f018280acb40b')
    expect(deriveStateKey(master, 'link-a--c')).not.toEqual(key)
  })

  it('refuses a short master secret', () => {
    expect(() => deriveStateKey(new Uint8Array(16), 'x')).toThrow(expect.objectContaining({ code: 'KEY_UNAVAILABLE' }))
  })
})
