import { isUnknown, type AttributeSchema, type Attributes, type Context, type Members } from '@isthmus/simulator'

/** Gives every unknown value in an object one that fits the rules of its attribute. What is known stays as it is. */
export function fillComputed(members: Members, object: Attributes, salt: string, context: Context): void {
  for (const [name, schema] of Object.entries(members)) object[name] = filled(schema, object[name], `${salt}.${name}`, context)
}

function filled(schema: AttributeSchema, value: unknown, salt: string, context: Context): unknown {
  if (isUnknown(value)) return computed(schema, salt, context)
  if (!schema.block || !Array.isArray(value)) return value
  for (const [index, element] of value.entries()) if (isObject(element)) fillComputed(schema.block, element, `${salt}.${index}`, context)
  return value
}

function computed(schema: AttributeSchema, salt: string, context: Context): unknown {
  if (schema.type === 'list' || schema.type === 'set') return Array.from({ length: schema.minItems ?? 0 }, (_, index) => element(schema, `${salt}.${index}`, context))
  if (schema.type === 'map') return {}
  if (schema.type === 'single') return null
  return scalar(schema, schema.type, salt, context)
}

function element(schema: AttributeSchema, salt: string, context: Context): unknown {
  if (!schema.block) return scalar(schema, schema.elem ?? 'string', salt, context)
  return Object.fromEntries(Object.entries(schema.block).map(([name, inner]) => [name, computed(inner, `${salt}.${name}`, context)]))
}

function scalar({ format, values, min }: AttributeSchema, type: string, salt: string, context: Context): unknown {
  const [first] = values ?? []
  if (first !== undefined) return first
  if (type === 'bool') return false
  if (type !== 'string') return min ?? 0
  if (format === 'ipv4') return context.address(salt)
  return format === 'cidr' || format === 'cidr4' ? `${context.address(salt)}/32` : `sim-${context.digest(salt).slice(0, 12)}`
}

function isObject(value: unknown): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isUnknown(value)
}
