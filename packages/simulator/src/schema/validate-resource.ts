import { isExpression, isToken } from '@isthmus/core'
import type { Behaviour } from '../behaviour/behaviour.ts'
import { isAbsent, isAttributes, isUnknown, UNKNOWN } from '../wire/unknown.ts'
import { isBlock, type AttributeSchema, type Members, type ProviderSchema } from './schema.ts'
import { validate, validateInCloud } from './validate.ts'

/** One thing that a real provider, or its cloud, refuses of a resource. */
export interface Problem {
  /** Dotted path of the argument, list positions included. */
  readonly path: string
  readonly detail: string
}

type Body = Readonly<Record<string, unknown>>

/**
 * What the schema of a real provider refuses of a resource body: arguments that do not exist or are only computed, what is
 * missing, what has another type, items beyond their limits, values that are not allowed, and relations between arguments.
 * References, keys, tokens and unknown values count as unknown values of the right type.
 *
 * @param type resource type, with `data.` in front for a data source
 * @param body arguments as a fragment or a rendered stack states them, without the meta-arguments of OpenTofu
 * @param further what the real provider checks beyond its schema; never asked about a body that already has the wrong shape
 */
export function validateResource(schema: ProviderSchema, type: string, body: Body, further?: Behaviour['validate']): readonly Problem[] {
  const found = type.startsWith('data.') ? schema.dataSources[type.slice('data.'.length)] : schema.resources[type]
  return found ? validateBody(found.attributes, body, further) : [{ path: '', detail: `${schema.source} has no ${type}` }]
}

/** The same for a body whose members are at hand, such as the configuration of a provider. */
export function validateBody(members: Members, body: Body, further?: Behaviour['validate']): readonly Problem[] {
  const misshapen = problemsOfMembers(members, body, '')
  if (misshapen.length > 0) return misshapen
  const config = configOf(members, body)
  const refusals = [...validate(members, config), ...validateInCloud(members, config), ...further?.(config) ?? []]
  return refusals.map(({ path, detail }) => ({ path: path.join('.'), detail }))
}

function problemsOfMembers(members: Members, body: Body, at: string): Problem[] {
  const strange = Object.keys(body).filter((name) => members[name] === undefined).map((name) => ({ path: `${at}${name}`, detail: 'there is no such argument' }))
  return [...strange, ...Object.entries(members).flatMap(([name, schema]) => problemsOfMember(schema, body[name], `${at}${name}`))]
}

function problemsOfMember(schema: AttributeSchema, value: unknown, path: string): Problem[] {
  if (isAbsent(value)) return schema.required ? [{ path, detail: 'is required' }] : []
  if (!schema.required && !schema.optional) return [{ path, detail: 'is computed and cannot be set' }]
  if (isOpen(value)) return isBlock(schema) && !isUnknown(value) ? [{ path, detail: 'a nested block cannot be an expression' }] : []
  if (schema.block) return problemsOfBlocks(schema, schema.block, value, path)
  const { type, elem = 'string' } = schema
  if (type === 'list' || type === 'set') return Array.isArray(value) ? value.flatMap((item) => problemsOfScalar(elem, item, path)) : [{ path, detail: 'must be a list' }]
  if (type === 'map') return isAttributes(value) ? Object.values(value).flatMap((item) => problemsOfScalar(elem, item, path)) : [{ path, detail: 'must be a map' }]
  return problemsOfScalar(type, value, path)
}

function problemsOfBlocks({ type, minItems = 0, maxItems = Infinity, required }: AttributeSchema, members: Members, value: unknown, path: string): Problem[] {
  if (!Array.isArray(value) && type !== 'single') return [{ path, detail: 'must be a list of blocks, also where there is only one' }]
  const blocks: readonly unknown[] = Array.isArray(value) ? value : [value]
  const least = Math.max(minItems, required ? 1 : 0)
  const most = type === 'single' ? 1 : maxItems
  const miscounted = blocks.length < least || blocks.length > most ? [{ path, detail: `has ${blocks.length} blocks, and ${least} to ${most} are allowed` }] : []
  return [...miscounted, ...blocks.flatMap((block, index) => {
    if (isOpen(block)) return []
    return isAttributes(block) ? problemsOfMembers(members, block, `${path}.${index}.`) : [{ path: `${path}.${index}`, detail: 'must be a block' }]
  })]
}

function problemsOfScalar(type: string, value: unknown, path: string): Problem[] {
  if (isAbsent(value) || isOpen(value)) return []
  if (typeof value === 'object') return [{ path, detail: `must be a single ${type}` }]
  if (type === 'bool') return typeof value === 'boolean' ? [] : [{ path, detail: 'must be true or false' }]
  if (type === 'string') return []
  const number = Number(value)
  if (value === '' || typeof value === 'boolean' || !Number.isFinite(number)) return [{ path, detail: 'must be a number' }]
  return type === 'int' && !Number.isInteger(number) ? [{ path, detail: 'must be a whole number' }] : []
}

/** The body as the rules of the schema see it. */
function configOf(members: Members, body: Body): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).map(([name, schema]) => [name, configValue(schema, body[name])]))
}

function configValue(schema: AttributeSchema, value: unknown): unknown {
  if (isAbsent(value)) return isBlock(schema) && schema.type !== 'single' ? [] : null
  if (isOpen(value)) return UNKNOWN
  const { block } = schema
  const inner = (item: unknown): unknown => (isOpen(item) ? UNKNOWN : block && isAttributes(item) ? configOf(block, item) : item)
  if (!Array.isArray(value)) return inner(value)
  const elements = value.map(inner)
  return schema.type === 'single' ? elements[0] : elements
}

/** True for what only OpenTofu can compute. */
function isOpen(value: unknown): boolean {
  return isUnknown(value) || isToken(value) || isExpression(value)
}
