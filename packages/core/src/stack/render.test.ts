import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { viewsOfStack } from '../agreement/read-json.ts'
import { escapeTemplate, renderValue, stableJson, unescapeTemplate, type Json } from './render.ts'
import { Import, KeyReference, ref, type Value } from './value.ts'

/** Text full of what starts an expression. */
const text = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('$', '%', '{', '}', '"', '\\', 'a', '~') }), fc.string({ unit: 'grapheme' }))

const nothing = (): Json => null

/** The beginning of an expression, where it is not doubled: an odd `$` or `%` before the brace is what counts to OpenTofu. */
function holdsExpression(rendered: string): boolean {
  return /(?<!\$)\$\{|(?<!%)%\{/.test(rendered)
}

describe('text in a stack', () => {
  it.each([
    ['${a}', '$${a}'],
    ['%{ if a }', '%%{ if a }'],
    ['$${a}', '$$${a}'],
    ['$', '$'],
    ['100 %', '100 %'],
    ['}{', '}{'],
  ])('%j is written as %j', (plain, written) => {
    expect(escapeTemplate(plain)).toBe(written)
    expect(unescapeTemplate(written)).toBe(plain)
  })

  it('comes back from its escaped form', () => {
    fc.assert(fc.property(text, (plain) => unescapeTemplate(escapeTemplate(plain)) === plain))
  })

  it('never holds an expression, as a value or as a key', () => {
    fc.assert(
      fc.property(text, text, (key, plain) => {
        const rendered = renderValue({ plain, list: [plain], [`k${key}`]: { nested: plain } }, nothing)
        const strings = (value: Json): string[] => (typeof value === 'string' ? [value] : typeof value === 'object' && value !== null ? [...Object.keys(value), ...Object.values(value).flatMap(strings)] : [])
        expect(strings(rendered).filter(holdsExpression)).toEqual([])
      }),
    )
  })

  it('is read back from a stack as it was', () => {
    fc.assert(
      fc.property(text, (plain) => {
        const stack = stableJson({ resource: { acme_note: { north: renderValue({ text: plain, tags: { [plain]: plain } }, nothing) } } })
        expect(viewsOfStack(stack)[0]?.values).toEqual({ text: plain, tags: { [plain]: plain } })
      }),
    )
  })
})

describe('an expression in a stack', () => {
  it.each<[string, Value, Json]>([
    ['a reference', ref('acme_gateway.north', 'id'), '${acme_gateway.north.id}'],
    ['a reference into a list', ref('acme_gateway.north', 'addresses', 0, 'ip'), '${acme_gateway.north.addresses[0].ip}'],
    ['a data source', ref('data.acme_network.north', 'id'), '${data.acme_network.north.id}'],
    ['a key', new KeyReference('north--south--00@v1'), '${var.keys["north--south--00@v1"]}'],
    ['an import', new Import('gateway/south', 'address_0'), 'resolved address_0 of gateway/south'],
    ['all of them, nested', { list: [ref('a.b', 'c'), 1, true, null] }, { list: ['${a.b.c}', 1, true, null] }],
  ])('%s', (_, value, rendered) => {
    expect(renderValue(value, (item) => `resolved ${item.export} of ${item.fragment}`)).toEqual(rendered)
  })
})

describe('the bytes of a stack', () => {
  it('do not depend on the order of keys', () => {
    expect(stableJson({ b: [{ d: 1, c: 2 }], a: null })).toBe(stableJson({ a: null, b: [{ c: 2, d: 1 }] }))
  })

  it('keep the order of lists, and end with a newline', () => {
    expect(stableJson({ list: [2, 1] })).toBe('{\n  "list": [\n    2,\n    1\n  ]\n}\n')
  })

  it('hold any JSON as it is', () => {
    fc.assert(
      fc.property(fc.json(), (written) => {
        expect(JSON.parse(stableJson(JSON.parse(written)))).toEqual(JSON.parse(written))
      }),
    )
  })
})
