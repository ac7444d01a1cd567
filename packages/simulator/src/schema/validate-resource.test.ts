import { ref } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../behaviour/behaviour.ts'
import { UNKNOWN } from '../wire/unknown.ts'
import type { ProviderSchema } from './schema.ts'
import { validateResource } from './validate-resource.ts'

const schema: ProviderSchema = {
  source: 'acme/acme', version: '1.0.0', origin: 'a test', configuration: {},
  resources: {
    acme_gateway: { version: 0, attributes: {
      id: { type: 'string', computed: true },
      name: { type: 'string', required: true },
      size: { type: 'int', optional: true, values: [1, 2] },
      region: { type: 'string', optional: true, apiValues: ['north'] },
      fast: { type: 'bool', optional: true },
      blocks: { type: 'set', elem: 'string', optional: true, format: 'cidr' },
      tags: { type: 'map', elem: 'string', optional: true },
      peer: { type: 'list', optional: true, maxItems: 1, block: { address: { type: 'string', required: true, conflictsWith: ['size'] } } },
      timeouts: { type: 'single', optional: true, block: { create: { type: 'string', optional: true } } },
    } },
  },
  dataSources: { acme_network: { version: 0, attributes: { name: { type: 'string', required: true } } } },
}
const said = (body: Record<string, unknown>, type = 'acme_gateway'): string[] => validateResource(schema, type, body).map(({ path, detail }) => `${path}: ${detail}`)

describe('a resource that is valid against its schema', () => {
  it.each<[string, Record<string, unknown>]>([
    ['has what is required', { name: 'a' }],
    ['may leave everything to references', { name: ref('acme_gateway.b', 'name'), size: { token: 'acme_gateway.b.size' }, blocks: [ref('a.b', 'c')], peer: [{ address: UNKNOWN }] }],
    ['has blocks, maps and time-outs', { name: 'a', peer: [{ address: 'x' }], tags: { a: 'b' }, timeouts: { create: '1m' } }],
  ])('%s', (_, body) => {
    expect(said(body)).toEqual([])
  })

  it('may be a data source', () => {
    expect(said({ name: 'a' }, 'data.acme_network')).toEqual([])
  })
})

describe('a resource that is refused', () => {
  it.each<[string, Record<string, unknown>, string]>([
    ['a misspelt argument', { name: 'a', sise: 1 }, 'sise: there is no such argument'],
    ['a missing one', { size: 1 }, 'name: is required'],
    ['a missing one in a block', { name: 'a', peer: [{}] }, 'peer.0.address: is required'],
    ['a computed one', { name: 'a', id: 'x' }, 'id: is computed and cannot be set'],
    ['a value out of the list', { name: 'a', size: 3 }, 'size: size: expected one of [1, 2], got 3.'],
    ['one that only the cloud refuses', { name: 'a', region: 'south' }, 'region: region: expected one of [north], got south.'],
    ['text for a number', { name: 'a', size: 'big' }, 'size: must be a number'],
    ['a fraction for a whole number', { name: 'a', size: 1.5 }, 'size: must be a whole number'],
    ['text for a truth value', { name: 'a', fast: 'yes' }, 'fast: must be true or false'],
    ['a list for one value', { name: ['a'] }, 'name: must be a single string'],
    ['one value for a list', { name: 'a', blocks: '10.0.0.0/8' }, 'blocks: must be a list'],
    ['a list for a map', { name: 'a', tags: ['b'] }, 'tags: must be a map'],
    ['too many blocks', { name: 'a', peer: [{ address: 'x' }, { address: 'y' }] }, 'peer: has 2 blocks, and 0 to 1 are allowed'],
    ['one block without its list', { name: 'a', peer: { address: 'x' } }, 'peer: must be a list of blocks, also where there is only one'],
    ['a reference for a block', { name: 'a', peer: ref('a.b', 'c') }, 'peer: a nested block cannot be an expression'],
    ['text for a block', { name: 'a', peer: ['x'] }, 'peer.0: must be a block'],
    ['rivals', { name: 'a', size: 1, peer: [{ address: 'x' }] }, 'peer.0.address: "address": conflicts with size'],
  ])('has %s', (_, body, problem) => {
    expect(said(body)).toEqual([problem])
  })

  it('breaks a rule that is in no schema, once its shape is right', () => {
    const further = (): Refusal[] => [new Refusal('Invalid name', 'a is taken', ['name'])]
    expect(validateResource(schema, 'acme_gateway', { name: 'a' }, further)).toEqual([{ path: 'name', detail: 'a is taken' }])
    expect(validateResource(schema, 'acme_gateway', {}, further)).toEqual([{ path: 'name', detail: 'is required' }])
  })

  it('has a type that the provider does not know', () => {
    expect(said({}, 'acme_bridge')).toEqual([': acme/acme has no acme_bridge'])
    expect(said({}, 'data.acme_gateway')).toEqual([': acme/acme has no data.acme_gateway'])
  })
})
