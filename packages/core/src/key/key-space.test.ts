import { describe, expect, it } from 'vitest'
import type { KeyRules } from '../provider/facts.ts'
import { keyRulesIntersection } from './key-space.ts'

const digits = '0123456789'
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const rules = (alphabet: string, minLength = 1, maxLength = 64, firstCharacters?: string): KeyRules =>
  ({ alphabet, minLength, maxLength, per: 'tunnel', ...(firstCharacters === undefined ? {} : { firstCharacters }) })

function spaceOf(...all: KeyRules[]) {
  const result = keyRulesIntersection(all, 'links.x')
  if ('findings' in result) throw new Error(JSON.stringify(result.findings))
  return { length: result.space.length, alphabet: result.space.alphabet.join(''), first: result.space.first.join('') }
}

describe('keyRulesIntersection', () => {
  it('takes 32 letters and digits and starts with a letter where it can', () => {
    expect(spaceOf(rules(`${letters}${digits}._`, 8, 64, `${letters}123456789._`), rules(`-+&${letters}${digits}`, 6, 128)))
      .toEqual({ length: 32, alphabet: `${digits}${letters}`, first: letters })
  })

  it.each([
    ['the longest allowed below 32', [rules(letters, 1, 24)], 24],
    ['the shortest allowed above 32', [rules(letters, 40, 64)], 40],
    ['more than 32 where the characters are few', [rules(digits, 1, 64)], 39],
    ['two ends at once', [rules(letters, 8, 30), rules(letters, 26, 64)], 30],
  ])('chooses a length that fits: %s', (_, all, length) => {
    expect(spaceOf(...all).length).toBe(length)
  })

  it('takes every common character where letters and digits hold too little', () => {
    const alphabet = 'abc!#$%&()*+,-./:;<=>?@[]^_{|}'
    expect(spaceOf(rules(alphabet, 1, 32))).toMatchObject({ alphabet: [...alphabet].sort().join(''), first: 'abc', length: 32 })
  })

  it('starts with whatever all ends allow at the start', () => {
    expect(spaceOf(rules(`${letters}${digits}`, 1, 64, '123'), rules(`${letters}${digits}`, 1, 64, '234'))).toMatchObject({ first: '23' })
    expect(spaceOf(rules(`${letters}${digits}-`, 1, 64, '-'))).toMatchObject({ first: '-', alphabet: `-${digits}${letters}` })
  })

  it('does not depend on the order of ends or characters', () => {
    const a = rules(`${letters}${digits}`, 8, 64)
    const b = rules(`${digits}._${[...letters].reverse().join('')}`, 6, 40)
    expect(spaceOf(a, b)).toEqual(spaceOf(b, a))
  })

  it('leaves characters aside whose bytes depend on an encoding', () => {
    expect(spaceOf(rules(`äöü€ ${letters}`)).alphabet).toBe(letters)
  })

  it.each([
    ['no common character', [rules(letters), rules(digits)]],
    ['only one common character', [rules('ab'), rules('bc')]],
    ['no common length', [rules(letters, 40, 64), rules(letters, 1, 32)]],
    ['fewer than 128 bits', [rules(letters, 1, 22)]],
    ['nothing to start with', [rules(letters, 1, 64, 'abc'), rules(letters, 1, 64, 'xyz')]],
  ])('gives a finding for %s', (_, all) => {
    const result = keyRulesIntersection(all, 'links.x')
    expect('findings' in result && result.findings.map(({ code, path }) => `${code} ${path}`)).toEqual(['PSK_ALPHABET links.x'])
  })

  it('needs 23 letters for 128 bits', () => {
    expect(spaceOf(rules(letters, 1, 23)).length).toBe(23)
  })
})
