import fc from 'fast-check'
import type { AttributeSchema, Members } from '../schema/schema.ts'
import { UNKNOWN } from '../wire/unknown.ts'

const scalars = ['string', 'int', 'bool'] as const
type Flags = Pick<AttributeSchema, 'required' | 'optional' | 'computed'>
const flags = fc.constantFrom<Flags>({ required: true }, { optional: true }, { optional: true, computed: true }, { computed: true })
const forced = fc.constantFrom<Pick<AttributeSchema, 'forceNew'>>({}, { forceNew: true })

const attribute: fc.Arbitrary<AttributeSchema> = fc.oneof(
  fc.tuple(fc.constantFrom(...scalars), flags, forced, fc.boolean()).map(([type, flag, force, hasDefault]): AttributeSchema =>
    ({ type, ...flag, ...force, ...(hasDefault && flag.optional && !flag.computed ? { default: fallback[type] } : {}) })),
  fc.tuple(fc.constantFrom('list', 'set', 'map'), fc.constantFrom(...scalars), flags, forced).map(([type, elem, flag, force]): AttributeSchema =>
    ({ type, elem, ...flag, ...force })),
)

const fallback = { string: 'fallback', int: 7, bool: true } as const
const names = fc.constantFrom('a', 'b', 'c', 'd', 'e')

function members(depth: number): fc.Arbitrary<Members> {
  const own = fc.dictionary(names, attribute, { minKeys: 1, maxKeys: 4 })
  if (depth === 0) return own
  const block = fc.tuple(fc.constantFrom('list', 'set'), fc.constantFrom<Flags>({ optional: true }, { optional: true, computed: true }, { required: true }), members(depth - 1))
    .map(([type, flag, inner]): AttributeSchema => ({ type, ...flag, block: inner }))
  return fc.tuple(own, fc.dictionary(fc.constantFrom('x', 'y'), block, { maxKeys: 2 })).map(([plain, blocks]) => ({ ...plain, ...blocks }))
}

/** Schemas of a resource type, blocks up to two levels deep. */
export const schemas: fc.Arbitrary<Members> = members(2)

/** Configurations that fit a schema; `withUnknown` lets values be unknown, as they are before what they refer to exists. */
export function configurations(schema: Members, withUnknown: boolean): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(Object.entries(schema).map(([name, inner]) => [name, configured(inner, withUnknown)])))
}

function configured(schema: AttributeSchema, withUnknown: boolean): fc.Arbitrary<unknown> {
  if (schema.computed && !schema.optional) return fc.constant(null)
  if (schema.block) return distinct(configurations(schema.block, withUnknown), schema.required ? 1 : 0)
  const set = value(schema)
  const known = schema.required ? set : fc.option(set)
  return withUnknown ? fc.oneof({ weight: 4, arbitrary: known }, { weight: 1, arbitrary: fc.constant(UNKNOWN) }) : known
}

function value(schema: AttributeSchema): fc.Arbitrary<unknown> {
  const one = scalar(schema.elem ?? schema.type)
  if (schema.type === 'list') return fc.array(one, { maxLength: 3 })
  if (schema.type === 'set') return fc.uniqueArray(one, { maxLength: 2 })
  if (schema.type === 'map') return fc.dictionary(names, one, { maxKeys: 3 })
  return one
}

function scalar(type: string): fc.Arbitrary<unknown> {
  if (type === 'int') return fc.integer({ min: 0, max: 9 })
  return type === 'bool' ? fc.boolean() : fc.constantFrom('p', 'q', 'r')
}

function distinct(element: fc.Arbitrary<unknown>, minLength: number): fc.Arbitrary<unknown> {
  return fc.uniqueArray(element, { minLength, maxLength: 3, selector: (item) => JSON.stringify(item) })
}
