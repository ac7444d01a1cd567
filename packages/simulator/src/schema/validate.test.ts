import { describe, expect, it } from 'vitest'
import { UNKNOWN } from '../wire/unknown.ts'
import type { Members } from './schema.ts'
import { validate, validateInCloud } from './validate.ts'

const members: Members = {
  a: { type: 'string', optional: true, exactlyOneOf: ['a', 'b'] },
  b: { type: 'string', optional: true, exactlyOneOf: ['a', 'b'] },
  c: { type: 'string', optional: true, conflictsWith: ['d'] },
  d: { type: 'string', optional: true, requiredWith: ['e'] },
  e: { type: 'int', optional: true, min: 1, max: 9, apiValues: [1, 2, 3] },
  f: { type: 'set', elem: 'string', optional: true, values: ['x', 'y'], maxItems: 1 },
  g: { type: 'list', optional: true, block: {
    h: { type: 'string', optional: true, values: ['x'], exactlyOneOf: ['g.0.h', 'g.0.i'] },
    i: { type: 'list', optional: true, exactlyOneOf: ['g.0.h', 'g.0.i'], block: { j: { type: 'int', optional: true, max: 3 } } },
  } },
  k: { type: 'set', optional: true, block: { l: { type: 'string', optional: true, values: ['x'] } } },
  m: { type: 'string', optional: true, atLeastOneOf: ['m', 'a'] },
}
const said = (config: Record<string, unknown>): string[] => validate(members, { a: 'set', ...config }).map((refusal) => `${refusal.path.join('.')}: ${refusal.detail}`)

describe('validation by schema', () => {
  it.each<[string, Record<string, unknown>]>([
    ['nothing but what is needed', {}],
    ['blocks with one of two', { g: [{ h: 'x' }] }],
    ['companions', { d: 'x', e: 1 }],
    ['unknown values everywhere', { a: UNKNOWN, b: UNKNOWN, c: 'x', d: UNKNOWN, e: UNKNOWN, f: UNKNOWN, g: UNKNOWN, k: [UNKNOWN] }],
    ['an unknown value in a list', { f: [UNKNOWN] }],
  ])('accepts %s', (_, config) => {
    expect(said(config)).toEqual([])
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['two of a choice of one', { b: 'x' }, 'a: only one of `a,b` can be specified, but `a,b` were'],
    ['none of a choice of one', { a: null, m: 'x' }, 'a: exactly one of `a,b` must be specified'],
    ['rivals', { c: 'x', d: 'y', e: 1 }, 'c: "c": conflicts with d'],
    ['a missing companion', { d: 'x' }, 'd: "d": all of `d,e` must be specified'],
    ['a value out of bounds', { e: 10 }, 'e: e: expected a number in the range (1 - 9), got 10.'],
    ['an element', { f: ['z'] }, 'f: f: expected one of [x, y], got z.'],
    ['too many elements', { f: ['x', 'y'] }, 'f: f: expected 0 to 1 items, got 2.'],
    ['a value in a nested block', { g: [{ i: [{ j: 4 }] }] }, 'g.0.i.0.j: j: expected a number in the range (any - 3), got 4.'],
    ['none of a choice in a block', { g: [{}] }, 'g.0.h: exactly one of `g.0.h,g.0.i` must be specified'],
    ['an element of a set, at the set', { k: [{ l: 'z' }] }, 'k.l: l: expected one of [x], got z.'],
  ])('refuses %s', (_, config, expected) => {
    expect(said(config)).toEqual([expected])
  })

  it('says that at least one is needed', () => {
    expect(said({ a: null, b: 'x' })).toEqual(['m: at least one of `m,a` must be specified'])
  })

  it('leaves to the cloud what only the cloud refuses', () => {
    expect(said({ e: 9 })).toEqual([])
    expect(validateInCloud(members, { e: 9 }).map((refusal) => refusal.detail)).toEqual(['e: expected one of [1, 2, 3], got 9.'])
  })
})
