import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJson } from './json-text.ts'
import { isProblem } from './problem.ts'

describe('parseJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(fc.property(fc.json({ maxDepth: 10 }), (text) => {
      if (/\\u0000/.test(text)) return
      expect(parseJson(text)).toEqual(JSON.parse(text))
    }))
  })

  it.each(['', '  \n'])('takes %j for an empty object', (text) => expect(parseJson(text)).toEqual({}))

  it.each([
    ['{"a":', 'not valid JSON'],
    ['{"a":1}}', 'not valid JSON'],
    ['nul', 'not valid JSON'],
    [`${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'more than 32 levels'],
    [`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, 'more than 32 levels'],
    [String.raw`{"a":"b\u0000"}`, 'NUL character'],
    [String.raw`{"a":"b\\\u0000"}`, 'NUL character'],
    [String.raw`{"a":"\ud800"}`, 'half of a surrogate pair'],
    [String.raw`{"a":"\uDC00\uD800"}`, 'half of a surrogate pair'],
    [String.raw`{"\udfff":1}`, 'half of a surrogate pair'],
    [`[${'1,'.repeat(50_000)}1]`, 'more than 50000 values'],
  ])('refuses %.20s', (text, reason) => {
    expect(() => parseJson(text)).toThrow(reason)
  })

  it.each([[String.raw`{"a":"\\u0000"}`, String.raw`\u0000`], [String.raw`{"a":"\\ud800"}`, String.raw`\ud800`], [String.raw`{"a":"\ud83d\ude00"}`, '\u{1f600}'], [JSON.stringify({ a: ','.repeat(60_000) }), ','.repeat(60_000)]])('takes %.30s as it is meant', (text, meant) => {
    expect(parseJson(text)).toEqual({ a: meant })
  })

  it('counts no bracket inside a string', () => expect(parseJson(JSON.stringify({ a: `\\"${'['.repeat(100)}` }))).toEqual({ a: `\\"${'['.repeat(100)}` }))

  it('never fails in another way', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      try {
        parseJson(text)
      } catch (error) {
        expect(isProblem(error)).toBe(true)
      }
    }))
  })
})
