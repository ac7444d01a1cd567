import { isBlock, type AttributeSchema, type Members } from '../schema/schema.ts'
import { hasUnknown, isAttributes, isUnknown } from '../wire/unknown.ts'

/**
 * Gives every value that is still unknown a placeholder of its type, since the engine accepts no unknown value after an apply.
 *
 * @param digest hex digits for a path, the same ones each time.
 */
export function fillPlaceholders(members: Members, object: Readonly<Record<string, unknown>>, digest: (path: string) => string, path = ''): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => {
    const schema = members[name]
    return [name, schema && hasUnknown(value) ? fillMember(schema, value, digest, `${path}.${name}`) : value]
  }))
}

function fillMember(schema: AttributeSchema, value: unknown, digest: (path: string) => string, path: string): unknown {
  if (isUnknown(value)) return placeholder(schema, digest(path))
  const members = schema.block ?? {}
  if (Array.isArray(value)) {
    const elements: unknown[] = value
    return elements.filter((element) => !isUnknown(element)).map((element, index) =>
      (isAttributes(element) ? fillPlaceholders(members, element, digest, `${path}[${index}]`) : element))
  }
  if (!isAttributes(value)) return value
  if (schema.block) return fillPlaceholders(members, value, digest, path)
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => !isUnknown(inner)))
}

function placeholder(schema: AttributeSchema, digest: string): unknown {
  const { type } = schema
  if (type === 'string') return `sim-${digest.slice(0, 12)}`
  if (type === 'int' || type === 'float') return 0
  if (type === 'bool') return false
  if (type === 'map') return {}
  if (type === 'single') return null
  return isBlock(schema) || schema.required || schema.computed ? [] : null
}
