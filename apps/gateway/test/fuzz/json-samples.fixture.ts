import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { z } from 'zod'

const schemaObject = z.record(z.string(), z.unknown())
type SchemaObject = z.infer<typeof schemaObject>

const documentSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), schemaObject)), components: z.object({ schemas: schemaObject }) })
const bodySchema = z.object({ content: z.object({ 'application/json': z.object({ schema: schemaObject }) }) })

/** An operation that reads a body. */
export interface BodyOperation {
  readonly method: string
  /** With names in braces. */
  readonly path: string
  /** A body as its schema wants it, with every member that may be there. */
  readonly sample: unknown
  /** Whether a body is as the schema wants it; on the compatible routes what is null counts as absent. */
  readonly admits: (body: unknown) => boolean
}

const levels = 6

/** All operations of an OpenAPI document that read a body. */
export function bodyOperations(document: unknown): BodyOperation[] {
  const { paths, components } = documentSchema.parse(document)
  const ajv = new Ajv2020({ strict: false, validateFormats: false })
  ajv.addSchema({ $id: 'document', components })
  return Object.entries(paths).flatMap(([path, operations]) => Object.entries(operations).flatMap(([method, { requestBody }]) => {
    const found = bodySchema.safeParse(requestBody)
    if (!found.success) return []
    const { schema } = found.data.content['application/json']
    const validate: ValidateFunction = ajv.compile(schemaObject.parse(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/'))))
    const isLenient = !path.startsWith('/isthmus/')
    return [{ method: method.toUpperCase(), path, sample: sampleOf(schema, components.schemas, levels), admits: (body: unknown) => validate(isLenient ? withoutNulls(body ?? {}) : body) }]
  }))
}

/** A value that a schema admits. */
function sampleOf(schema: SchemaObject, components: SchemaObject, depth: number): unknown {
  const { $ref, anyOf, oneOf, allOf, enum: values, type, properties, required, items, additionalProperties, minimum, minLength, pattern } = schema
  const inner = (value: unknown): unknown => sampleOf(schemaObject.catch({}).parse(value), components, depth - 1)
  if (typeof $ref === 'string') return sampleOf(schemaObject.parse(components[$ref.split('/').at(-1) ?? '']), components, depth)
  for (const options of [anyOf, oneOf, allOf]) if (Array.isArray(options)) return inner(options[0])
  if (Array.isArray(values)) return values[0]
  if (type === 'object') {
    const needed: readonly unknown[] = Array.isArray(required) ? required : []
    const members = Object.entries(schemaObject.catch({}).parse(properties)).filter(([name]) => depth > 0 || needed.includes(name))
    const free = typeof additionalProperties === 'object' && depth > 0 ? [['acme', inner(additionalProperties)] as const] : []
    return Object.fromEntries([...members.map(([name, member]) => [name, inner(member)] as const), ...free])
  }
  if (type === 'array') return depth > 0 ? [inner(items)] : []
  if (type === 'integer' || type === 'number') return Math.max(1, typeof minimum === 'number' ? minimum : 1)
  if (type === 'boolean') return true
  if (typeof pattern === 'string') return ['a1', '1', ''].find((text) => new RegExp(pattern, 'u').test(text)) ?? 'a'
  return type === 'string' ? 'a'.repeat(typeof minLength === 'number' ? minLength : 1) : { acme: 1 }
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).flatMap(([key, member]) => (member === null ? [] : [[key, withoutNulls(member)]])))
}
