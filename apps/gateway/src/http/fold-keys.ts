import { z } from 'zod'

/**
 * A value whose keys are spelt as a schema spells them: clients of the peers write `IPv4_CIDR` for `ipv4_CIDR` and `Name` for
 * `name`. A key in exact spelling wins over a variant; `null` counts as absent; keys the schema does not know stay as they are.
 */
export function foldKeys(schema: unknown, value: unknown): unknown {
  if (Array.isArray(value)) {
    const element = elementOf(schema)
    return element ? value.map((item) => foldKeys(element, item)) : value
  }
  if (typeof value !== 'object' || value === null) return value
  const inner = unwrapped(schema)
  // Keys of a record are data, and stay as they are.
  if (inner instanceof z.ZodRecord) return Object.fromEntries(Object.entries(value).flatMap(([key, member]) => (member === null ? [] : [[key, foldKeys(inner.valueType, member)]])))
  const { shape, spellings } = spellingsOf(schema)
  const folded = new Map<string, unknown>()
  const members: Readonly<Record<string, unknown>> = { ...value }
  for (const [key, member] of Object.entries(members)) {
    if (member === null) continue
    const spelt = Object.hasOwn(shape, key) ? key : spellings.get(key.toLowerCase())
    if (spelt === undefined) folded.set(key, member)
    else if (spelt === key || ((members[spelt] ?? null) === null && !folded.has(spelt))) folded.set(spelt, foldKeys(shape[spelt], member))
  }
  return Object.fromEntries(folded)
}

/** Fields of an object, and how they may be spelt. */
export interface Spellings {
  readonly shape: Readonly<Record<string, unknown>>
  /** Keys of the shape by their lower case. */
  readonly spellings: ReadonlyMap<string, string>
}

/** A body has thousands of objects of few schemas. */
const known = new WeakMap<object, Spellings>()

/** Fields that a schema knows; none where it is not about an object. */
export function spellingsOf(schema: unknown): Spellings {
  const isObject = typeof schema === 'object' && schema !== null
  const found = isObject ? known.get(schema) : undefined
  if (found) return found
  const shape = shapeOf(schema)
  const made: Spellings = { shape, spellings: new Map(Object.keys(shape).map((key) => [key.toLowerCase(), key])) }
  if (isObject) known.set(schema, made)
  return made
}

/** Members of all objects that a schema admits. */
function shapeOf(schema: unknown): Readonly<Record<string, unknown>> {
  const inner = unwrapped(schema)
  if (inner instanceof z.ZodObject) return inner.shape
  if (inner instanceof z.ZodUnion) return Object.assign({}, ...inner.options.map(shapeOf))
  return {}
}

/** Schema of the entries of a list; undefined where it is not about one. */
export function elementOf(schema: unknown): unknown {
  const inner = unwrapped(schema)
  return inner instanceof z.ZodArray ? inner.element : undefined
}

/** The schema inside optional, default, lazy and transforming wrappers. */
function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable || schema instanceof z.ZodLazy) return unwrapped(schema.unwrap())
  return schema instanceof z.ZodPipe ? unwrapped(schema.in) : schema
}
