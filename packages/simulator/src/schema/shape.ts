import { isAbsent, isAttributes, isUnknown, UNKNOWN } from '../wire/unknown.ts'
import { isBlock, type AttributeSchema, type Members, type ScalarType } from './schema.ts'

/** A type of the engine's type system, as its JSON form. */
export type CtyType = string | readonly [string, CtyType] | readonly ['object', Readonly<Record<string, CtyType>>]

/** Type of an attribute. */
export function ctyType(schema: AttributeSchema): CtyType {
  const { type } = schema
  if (type === 'single') return objectType(schema.block ?? {})
  if (type === 'list' || type === 'set' || type === 'map') {
    return [type, schema.block ? objectType(schema.block) : scalarType(schema.elem ?? 'string')]
  }
  return scalarType(type)
}

function objectType(members: Members): CtyType {
  return ['object', Object.fromEntries(Object.entries(members).map(([name, schema]) => [name, ctyType(schema)]))]
}

function scalarType(type: ScalarType): CtyType {
  return type === 'int' || type === 'float' ? 'number' : type
}

/**
 * Shapes an object to its schema: every member is there, nothing else is, absent blocks are empty lists, and scalars have the
 * type that the schema names. The engine accepts nothing less.
 */
export function shape(members: Members, object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).map(([name, schema]) => [name, shapeMember(schema, object[name])]))
}

function shapeMember(schema: AttributeSchema, value: unknown): unknown {
  if (isUnknown(value)) return UNKNOWN
  if (isAbsent(value)) return isBlock(schema) && schema.type !== 'single' ? [] : null
  const { type } = schema
  if (type === 'single') return isAttributes(value) ? shape(schema.block ?? {}, value) : null
  if (type === 'map') return isAttributes(value) ? mapValues(value, (inner) => shapeScalar(schema.elem ?? 'string', inner)) : null
  if (type === 'list' || type === 'set') {
    const elements: unknown[] = Array.isArray(value) ? value : [value]
    return elements.map((element) => shapeElement(schema, element))
  }
  return shapeScalar(type, value)
}

function shapeElement(schema: AttributeSchema, element: unknown): unknown {
  if (isUnknown(element)) return UNKNOWN
  if (schema.block) return isAttributes(element) ? shape(schema.block, element) : null
  return shapeScalar(schema.elem ?? 'string', element)
}

function shapeScalar(type: ScalarType, value: unknown): unknown {
  if (isUnknown(value)) return UNKNOWN
  if (isAbsent(value)) return null
  if (type === 'bool') return value === true || value === 'true'
  if (type === 'string') return typeof value === 'object' ? JSON.stringify(value) : String(value)
  return typeof value === 'number' || typeof value === 'bigint' ? value : String(value)
}

function mapValues(object: Readonly<Record<string, unknown>>, change: (value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]))
}

/** Whether two single values count as equal. */
export type SameScalar = (a: unknown, b: unknown) => boolean

/** Equality of two objects, member by member. */
export function equalObjects(members: Members, a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>, same: SameScalar): boolean {
  return Object.entries(members).every(([name, schema]) => equalMember(schema, a[name], b[name], same))
}

/** Equality of two values of one member. The order of a set does not count, nor whether a number came as text. */
export function equalMember(schema: AttributeSchema, a: unknown, b: unknown, same: SameScalar): boolean {
  if (isUnknown(a) || isUnknown(b)) return false
  if (isAbsent(a) || isAbsent(b)) return isEmpty(a) && isEmpty(b) && isBlock(schema) ? true : isAbsent(a) && isAbsent(b)
  if (schema.type === 'set') return equalSets(schema, a, b, same)
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((element, index) => equalElement(schema, element, b[index], same))
  }
  if (isAttributes(a)) {
    if (!isAttributes(b)) return false
    if (schema.block) return equalElement(schema, a, b, same)
    const names = Object.keys(a)
    return names.length === Object.keys(b).length && names.every((name) => name in b && same(a[name], b[name]))
  }
  return same(a, b)
}

function isEmpty(value: unknown): boolean {
  return isAbsent(value) || (Array.isArray(value) && value.length === 0)
}

function equalSets(schema: AttributeSchema, a: unknown, b: unknown, same: SameScalar): boolean {
  if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false
  return a.every((element) => b.some((other) => equalElement(schema, element, other, same)))
}

function equalElement(schema: AttributeSchema, a: unknown, b: unknown, same: SameScalar): boolean {
  if (!schema.block) return same(a, b)
  if (!isAttributes(a) || !isAttributes(b)) return false
  return equalObjects(schema.block, a, b, same)
}
