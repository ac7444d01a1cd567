import { equalMember } from '../schema/shape.ts'
import { isBlock, type AttributeSchema, type Members } from '../schema/schema.ts'
import { isAbsent, isAttributes, isUnknown, UNKNOWN } from '../wire/unknown.ts'

type Object = Readonly<Record<string, unknown>>

/**
 * Whether a type needs the engine's tolerance for the habits of the old plugin SDK: a default on an argument that is not
 * computed, a block that the cloud fills when it is not configured, or objects whose members are filled in. All other types
 * are held to the strict rules, in the simulator as in the real provider.
 */
export function needsLegacyTypes(members: Members): boolean {
  return Object.values(members).some((schema) =>
    (schema.default !== undefined && !schema.computed)
    || (isBlock(schema) && schema.computed === true)
    || (schema.block !== undefined && (isBlock(schema) ? needsLegacyTypes(schema.block) : schema.optional === true || schema.required === true)))
}

/**
 * The planned object: what is configured stays as it is, what is computed and not configured is unknown at first and keeps
 * its value afterwards, and defaults are filled in.
 *
 * @param known values of computed attributes that are known before a creation.
 */
export function planObject(members: Members, config: Object, prior: Object | undefined, known: Object = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).map(([name, schema]) => {
    const at = { config: config[name], prior: prior?.[name], isNew: prior === undefined, known: known[name] }
    return [name, schema.block ? planObjects(schema, at) : planScalar(schema, at)]
  }))
}

interface Place {
  readonly config: unknown
  readonly prior: unknown
  /** True where the enclosing object does not exist yet. */
  readonly isNew: boolean
  readonly known: unknown
}

function planScalar(schema: AttributeSchema, at: Place): unknown {
  if (schema.writeOnly) return null
  if (!isAbsent(at.config)) return at.config
  if (!schema.computed) return schema.default ?? null
  if (!at.isNew) return at.prior ?? null
  return at.known ?? schema.default ?? UNKNOWN
}

function planObjects(schema: AttributeSchema, at: Place): unknown {
  const members = schema.block ?? {}
  const { config, prior } = at
  if (isUnknown(config)) return UNKNOWN
  if (schema.computed && isEmpty(config)) return at.isNew ? UNKNOWN : prior ?? null
  if (schema.type === 'single') {
    if (!isAttributes(config)) return null
    return planObject(members, config, isAttributes(prior) ? prior : undefined)
  }
  const configured: unknown[] = Array.isArray(config) ? config : []
  if (!isBlock(schema) && isAbsent(config)) return null
  const before: unknown[] = Array.isArray(prior) ? prior : []
  const counterparts = schema.type === 'set' ? pairElements(members, configured, before) : before
  return configured.map((element, index) => {
    if (!isAttributes(element)) return element
    const counterpart = counterparts[index]
    return planObject(members, element, isAttributes(counterpart) ? counterpart : undefined)
  })
}

function isEmpty(value: unknown): boolean {
  return isAbsent(value) || (Array.isArray(value) && value.length === 0)
}

/**
 * For each configured element of a set the one that was made from it. Elements with many configured values choose first: an
 * element with few fits many.
 */
function pairElements(members: Members, configured: readonly unknown[], prior: readonly unknown[]): readonly unknown[] {
  const left = new Set(prior.filter(isAttributes))
  const paired: unknown[] = configured.map(() => undefined)
  const order = configured.map((element, index) => ({ element, index, weight: countValues(element) })).sort((a, b) => b.weight - a.weight)
  for (const { element, index } of order) {
    const found = isAttributes(element) ? [...left].find((other) => madeFrom(members, other, element)) : undefined
    if (!found) continue
    left.delete(found)
    paired[index] = found
  }
  return paired
}

function countValues(value: unknown): number {
  if (isAbsent(value)) return 0
  if (Array.isArray(value)) return value.reduce<number>((sum, inner) => sum + countValues(inner), 1)
  return isAttributes(value) ? Object.values(value).reduce<number>((sum, inner) => sum + countValues(inner), 1) : 1
}

function madeFrom(members: Members, element: Object, config: Object): boolean {
  return Object.entries(members).every(([name, schema]) => {
    const configured = config[name]
    if (schema.writeOnly || (isEmpty(configured) && schema.computed)) return true
    const expected = isAbsent(configured) ? schema.default ?? configured : configured
    if (!schema.block) return equalMember(schema, element[name], expected, Object.is)
    return listsMadeFrom(schema.block, element[name], expected)
  })
}

function listsMadeFrom(members: Members, elements: unknown, configured: unknown): boolean {
  const made: unknown[] = Array.isArray(elements) ? elements : []
  const wanted: unknown[] = Array.isArray(configured) ? configured : []
  return made.length === wanted.length && pairElements(members, wanted, made).every((element) => element !== undefined)
}
