import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { GatewayLab } from '../../test/lab/gateway-lab.fixture.ts'

const schema = z.record(z.string(), z.unknown())
const response = z.object({ description: z.string().min(1), content: z.record(z.string(), z.object({ schema })) })
const operation = z.object({
  operationId: z.string().min(1),
  tags: z.array(z.string()).length(1),
  summary: z.string().min(1),
  security: z.array(schema),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(['path', 'query', 'header']), required: z.boolean().optional(), description: z.string().optional(), schema })).default([]),
  requestBody: z.object({ required: z.boolean(), content: z.object({ 'application/json': z.object({ schema }) }) }).optional(),
  responses: z.record(z.string(), response),
})
const document = z.object({ openapi: z.literal('3.1.0'), info: z.object({ title: z.string(), version: z.string() }), paths: z.record(z.string(), z.record(z.string(), operation)), components: z.object({ schemas: z.record(z.string(), schema), securitySchemes: schema }) })

/** What a schema may hold that has members of its own. */
const nested = z.object({
  $ref: z.string().optional(),
  description: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).default({}),
  items: z.unknown().optional(),
  additionalProperties: z.unknown().optional(),
  anyOf: z.array(z.unknown()).default([]),
  oneOf: z.array(z.unknown()).default([]),
  allOf: z.array(z.unknown()).default([]),
})

let parsed: z.infer<typeof document>
let text: string
let operations: (z.infer<typeof operation> & { readonly path: string; readonly method: string })[]

beforeAll(async () => {
  const lab = await GatewayLab.open()
  text = await (await fetch(`${lab.url}/openapi.json`)).text()
  await lab.close()
  parsed = document.parse(JSON.parse(text))
  operations = Object.entries(parsed.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, item]) => ({ ...item, path, method })))
}, 60_000)

describe('the OpenAPI document', () => {
  it('names each operation once', () => {
    const ids = operations.map(({ operationId }) => operationId)
    expect(ids.length).toBeGreaterThan(130)
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([])
  })

  it('refers only to what is in it', () => {
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference)
    expect(references.length).toBeGreaterThan(100)
    const known = Object.keys(parsed.components.schemas).map((name) => `#/components/schemas/${name}`)
    expect(references.filter((reference) => !known.includes(reference))).toEqual([])
  })

  it('has schemas that are JSON Schema of 2020-12, as OpenAPI 3.1 wants them', () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false })
    ajv.addSchema({ $id: 'document', components: parsed.components })
    for (const name of Object.keys(parsed.components.schemas)) expect(() => ajv.compile({ $ref: `document#/components/schemas/${name}` })).not.toThrow()
  })

  it('has a parameter for each name in a path, and no other', () => {
    for (const { path, parameters } of operations) {
      const wanted = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()
      expect(parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name).sort(), path).toEqual(wanted)
      expect(parameters.filter((parameter) => parameter.in === 'path').every(({ required }) => required), path).toBe(true)
    }
  })

  it('says for each operation what an answer looks like when all goes well and when not', () => {
    for (const { path, method, responses, security } of operations) {
      const statuses = Object.keys(responses).map(Number)
      expect(statuses.some((status) => status < 300), `${method} ${path}`).toBe(true)
      for (const status of [400, 401, 403, 404, 409, 413, 429, 500, 503]) expect(statuses, `${method} ${path}`).toContain(status)
      expect(Object.keys(responses['401']?.content ?? {}), path).toEqual([path.startsWith('/isthmus/') ? 'application/problem+json' : 'application/json'])
      expect(security.length, path).toBe(/\/(?:readyz|livez|httpVersion)(?:\/init)?$/.test(path) ? 0 : 2)
    }
  })

  it('describes every parameter', () => {
    expect(operations.flatMap(({ operationId, parameters }) => parameters.filter(({ description = '' }) => description === '').map(({ name }) => `${operationId}: ${name}`))).toEqual([])
  })

  it('describes every field of every body', () => {
    const visited = new Set<string>()
    expect(operations.flatMap(({ operationId, requestBody }) => undescribed(requestBody?.content['application/json'].schema, operationId, visited))).toEqual([])
    expect(visited).toContain('#/components/schemas/SubnetReq')
  })

  it('says of every operation that waits for a run that it need not be waited for', () => {
    const waiting = operations.filter(({ responses }) => JSON.stringify(responses['202'] ?? '').includes('/RunStarted"'))
    expect(waiting.length).toBeGreaterThan(20)
    expect(waiting.filter(({ parameters }) => !parameters.some(({ name }) => name === 'Prefer')).map(({ operationId }) => operationId)).toEqual([])
  })
})

/** Places of the fields below a schema that have no description, neither where they stand nor where they refer to. */
function undescribed(value: unknown, place: string, visited: Set<string>): string[] {
  if (typeof value !== 'object' || value === null) return []
  const { $ref, properties, items, additionalProperties, anyOf, oneOf, allOf } = nested.parse(value)
  if ($ref !== undefined) {
    if (visited.has($ref)) return []
    visited.add($ref)
    return undescribed(referred($ref), $ref.slice('#/components/schemas/'.length), visited)
  }
  const inner = [items, additionalProperties, ...anyOf, ...oneOf, ...allOf].flatMap((item) => undescribed(item, place, visited))
  return [...inner, ...Object.entries(properties).flatMap(([name, member]) => [...(isDescribed(member) ? [] : [`${place}.${name}`]), ...undescribed(member, `${place}.${name}`, visited)])]
}

function isDescribed(value: unknown): boolean {
  const { $ref, description = '', allOf } = nested.parse(value)
  return description !== '' || ($ref !== undefined && isDescribed(referred($ref))) || allOf.some(isDescribed)
}

function referred(reference: string): unknown {
  return parsed.components.schemas[reference.slice('#/components/schemas/'.length)]
}
