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
 * @param proposed the engine's merge of configuration and prior object.
 * @param known values of computed attributes that are known before a creation.
 */
export function planObject(members: Members, config: Object, prior: Object | undefined, proposed: Object, known: Object = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).map(([name, schema]) => {
    const at = { config: config[name], prior: prior?.[name], proposed: proposed[name], isNew: prior === undefined, known: known[name] }
    return [name, schema.block ? planObjects(schema, at) : planScalar(schema, at)]
  }))
}

interface Place {
  readonly config: unknown
  readonly prior: unknown
  readonly proposed: unknown
  /** True where the enclosing object does not exist yet. */
  readonly isNew: boolean
  readonly known: unknown
}

function planScalar(schema: AttributeSchema, at: Place): unknown {
  if (schema.writeOnly) return null
  if (!isAbsent(at.config)) return at.config
  if (!schema.computed) return schema.default ?? null
  if (!at.isNew) return at.proposed ?? null
  return at.known ?? schema.default ?? UNKNOWN
}

function planObjects(schema: AttributeSchema, at: Place): unknown {
  const members = schema.block ?? {}
  const { config, prior, proposed } = at
  if (isUnknown(config) || isUnknown(proposed)) return UNKNOWN
  if (schema.computed && isEmpty(config)) return at.isNew ? UNKNOWN : prior ?? null
  if (schema.type === 'single') {
    if (!isAttributes(config)) return null
    return planObject(members, config, isAttributes(prior) ? prior : undefined, isAttributes(proposed) ? proposed : config)
  }
  const configured: unknown[] = Array.isArray(config) ? config : []
  if (!isBlock(schema) && isAbsent(config)) return null
  return configured.map((element, index) => {
    if (!isAttributes(element)) return element
    const before = schema.type === 'set' ? counterpart(members, element, prior) : elementAt(prior, index)
    const merged = schema.type === 'set' ? { ...before, ...withoutNull(element) } : elementAt(proposed, index) ?? element
    return planObject(members, element, before, before ? merged : element)
  })
}

function isEmpty(value: unknown): boolean {
  return isAbsent(value) || (Array.isArray(value) && value.length === 0)
}

function elementAt(list: unknown, index: number): Object | undefined {
  if (!Array.isArray(list)) return undefined
  const element: unknown = list[index]
  return isAttributes(element) ? element : undefined
}

function withoutNull(object: Object): Object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => !isAbsent(value)))
}

/** The element of a set that was made from the same configuration. */
function counterpart(members: Members, config: Object, prior: unknown): Object | undefined {
  if (!Array.isArray(prior)) return undefined
  const elements: unknown[] = prior
  return elements.filter(isAttributes).find((element) => madeFrom(members, element, config))
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
  const left: unknown[] = Array.isArray(elements) ? elements : []
  const right: unknown[] = Array.isArray(configured) ? configured : []
  return left.length === right.length
    && right.every((config) => isAttributes(config) && left.some((element) => isAttributes(element) && madeFrom(members, element, config)))
}
