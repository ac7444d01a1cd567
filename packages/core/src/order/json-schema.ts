import { z } from 'zod'
import type { AnyProvider } from '../provider/provider.ts'
import { orderSchema, siteFields } from './schema.ts'

/**
 * JSON Schema (2020-12) of an order for editors: the common fields, and per cloud what its provider's options describe.
 */
export function orderJsonSchema(providers: readonly AnyProvider[]): Record<string, unknown> {
  const document = asRecord(z.toJSONSchema(orderSchema, { io: 'input' }))
  const properties = asRecord(document['properties'])
  const sites = asRecord(properties['sites'])
  const alternatives = [...providers].sort((a, b) => (a.id < b.id ? -1 : 1)).map(siteSchema)
  return {
    ...document,
    $id: 'https://isthmus.dev/schema/order-1.json',
    title: 'Isthmus order',
    properties: { ...properties, sites: { ...sites, additionalProperties: { oneOf: alternatives } } },
  }
}

function siteSchema(provider: AnyProvider): Record<string, unknown> {
  const common = asRecord(z.toJSONSchema(z.object(siteFields), { io: 'input' }))
  const options = asRecord(z.toJSONSchema(provider.options, { io: 'input' }))
  const properties = asRecord(common['properties'])
  return {
    title: provider.facts.title,
    type: 'object',
    properties: { ...properties, ...asRecord(options['properties']), cloud: { ...asRecord(properties['cloud']), const: provider.id } },
    required: ['cloud', 'region'],
    additionalProperties: false,
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
