import { describe, expect, it } from 'vitest'
import { clouds } from '../plan/acme.fixture.ts'
import { orderJsonSchema } from './json-schema.ts'
import { orderSchema, siteFields } from './schema.ts'

const schema = orderJsonSchema(clouds)
const at = (value: unknown, ...path: (string | number)[]): unknown => path.reduce<unknown>((inner, step) => Object(inner)[step], value)

/** All schemas inside a schema that describe a field. */
function fields(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return []
  const own = Object.entries(Object(at(value, 'properties')))
  return [...own, ...Object.values(value).flatMap(fields)]
}

describe('the JSON Schema of an order', () => {
  it('has every field of an order', () => {
    expect(Object.keys(Object(schema['properties'])).sort()).toEqual(Object.keys(orderSchema.shape).sort())
    expect(schema['required']).toEqual(['name', 'sites'])
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema')
  })

  it('describes every field', () => {
    const plain = fields(schema).filter(([, field]) => at(field, 'description') === undefined && at(field, '$ref') === undefined).map(([name]) => name)
    expect([...new Set(plain)].filter((name) => !['hub', 'phase1', 'phase2'].includes(name))).toEqual([])
  })

  it('has a branch for each cloud, told apart by its id, with the options of its provider', () => {
    const branches: unknown = at(schema, 'properties', 'sites', 'additionalProperties', 'oneOf')
    const list = Array.isArray(branches) ? branches : []
    expect(list.map((branch) => at(branch, 'properties', 'cloud', 'const'))).toEqual(clouds.map(({ id }) => id).sort())
    for (const branch of list) {
      expect(Object.keys(Object(at(branch, 'properties'))).sort()).toEqual([...Object.keys(siteFields), 'size', 'note'].sort())
      expect(branch).toMatchObject({ required: ['cloud', 'region'], additionalProperties: false })
    }
  })

  it('is the same bytes whatever the order of providers', () => {
    expect(JSON.stringify(orderJsonSchema(clouds.toReversed()))).toBe(JSON.stringify(schema))
  })
})
