import { Import, isExpression, KeyReference, Reference, type Fragment, type FragmentId, type Resource, type Value } from '@isthmus/core'
import { isSecret, type AttributeSchema, type Members, type ProviderSchema } from '@isthmus/simulator'
import { addressOf, isBody, membersOf } from './resource.ts'

/** A fragment and what it may refer to. */
export interface Surroundings {
  readonly schema: ProviderSchema
  /** Exports by fragment. */
  readonly exportsOf: (fragment: FragmentId) => Fragment['exports'] | undefined
}

/** References of a fragment that lead nowhere: to resources, attributes or exports that are not there. */
export function brokenReferences({ resources, exports }: Fragment, { schema, exportsOf }: Surroundings): string[] {
  const byAddress = new Map(resources.map((resource) => [addressOf(resource), resource]))
  const broken = (value: Value, from: string): string[] => expressionsIn(value).flatMap((expression) => {
    if (expression instanceof Import) return exportsOf(expression.fragment)?.[expression.export] === undefined ? [`${from} uses ${expression.export} of ${expression.fragment}, which is not exported`] : []
    if (!(expression instanceof Reference) || expression.address === 'each') return []
    const target = byAddress.get(expression.address)
    if (!target) return [`${from} refers to ${expression.address}, which is not in its fragment`]
    const [instances] = target.forEach ? expression.path : []
    return attributeExists(membersOf(schema, target), instances === '*' ? expression.path.slice(1) : expression.path) ? [] : [`${from} refers to ${expression.address}.${expression.path.join('.')}, and there is no such attribute`]
  })
  const inResources = resources.flatMap((resource) => {
    const from = addressOf(resource)
    const named = [...resource.dependsOn ?? [], ...resource.replacedWith ?? []].filter((address) => !byAddress.has(address)).map((address) => `${from} waits for ${address}, which is not in its fragment`)
    return [...broken(resource.body, from), ...(resource.forEach ? broken(resource.forEach, from) : []), ...named]
  })
  return [...inResources, ...Object.entries(exports).flatMap(([name, value]) => broken(value, `export ${name}`))]
}

/** Secrets that are written out, and keys that are put where the schema keeps no secrets. */
export function exposedSecrets(resource: Resource, schema: ProviderSchema): string[] {
  return exposedIn(membersOf(schema, resource), resource.body, addressOf(resource))
}

function exposedIn(members: Members, body: Readonly<Record<string, Value>>, at: string): string[] {
  return Object.entries(body).flatMap(([name, value]) => {
    const schema = members[name]
    if (!schema || value === null) return []
    const path = `${at}.${name}`
    if (schema.block) return elementsOf(value).flatMap((element, index) => exposedIn(schema.block ?? {}, element, `${path}.${index}`))
    if (isSecret(schema)) return isExpression(value) ? [] : [`${path} is a secret and is written out: use the key that the tunnel comes with`]
    return expressionsIn(value).some((expression) => expression instanceof KeyReference) ? [`${path} holds a key, and the schema does not mark it sensitive: add \`secret: true\` to its schema facts, or put the key elsewhere`] : []
  })
}

function elementsOf(value: Value): Readonly<Record<string, Value>>[] {
  if (Array.isArray(value)) return value.filter(isBody)
  return isBody(value) ? [value] : []
}

function expressionsIn(value: Value): (Reference | Import | KeyReference)[] {
  if (isExpression(value)) return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(expressionsIn) : []
}

function attributeExists(members: Members, [name, ...rest]: readonly (string | number)[]): boolean {
  const schema = members[String(name)]
  return schema !== undefined && memberExists(schema, rest)
}

function memberExists(schema: AttributeSchema, path: readonly (string | number)[]): boolean {
  // A list is entered at a position, or at all of them.
  const inner = typeof path[0] === 'number' || path[0] === '*' ? path.slice(1) : path
  if (inner.length === 0) return true
  return schema.block ? attributeExists(schema.block, inner) : schema.type === 'map'
}
