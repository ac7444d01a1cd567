import { isUnknown, Refusal, UNKNOWN, type Attributes, type CloudObject, type Context, type ProviderSchema } from '@isthmus/simulator'
import { describe, expect, it } from 'vitest'
import { simulatedCloudOf } from './simulated-cloud-of.ts'

const schema: ProviderSchema = {
  source: 'example/toy',
  version: '1.0.0',
  origin: 'written for the test',
  configuration: {},
  resources: {
    toy_box: { version: 0, attributes: {
      id: { type: 'string', computed: true },
      address: { type: 'string', computed: true, format: 'ipv4' },
      addresses: { type: 'list', elem: 'string', computed: true, minItems: 2, format: 'ipv4' },
      colour: { type: 'string', optional: true, computed: true, values: ['red', 'blue'] },
      size: { type: 'int', computed: true, min: 3 },
      lid: { type: 'list', optional: true, block: { serial: { type: 'string', computed: true } } },
    } },
    toy_pin: { version: 0, attributes: { id: { type: 'string', computed: true }, box_id: { type: 'string', required: true }, note: { type: 'string', optional: true } } },
  },
  dataSources: {},
}

function contextWith(objects: readonly CloudObject[]): Context {
  return {
    type: 'toy_box', provider: {},
    list: (type) => objects.filter((object) => object.type === type),
    find: (type, id) => objects.find((object) => object.type === type && object.id === id),
    fingerprint: (value) => value,
    digest: (salt) => Buffer.from(salt).toString('hex').padEnd(64, '0'),
    address: (salt) => `192.0.2.${salt.length}`,
    tunnels: () => [],
  }
}

describe('a simulated cloud from schema facts', () => {
  const cloud = simulatedCloudOf(schema, { behaviours: { toy_box: { create: (object) => { object['colour'] = 'blue' } } } })
  const box = cloud.behaviours['toy_box']

  it('computes what fits the rules, after what its own behaviour says', () => {
    const object: Attributes = { id: 'b-1', address: UNKNOWN, addresses: UNKNOWN, colour: UNKNOWN, size: UNKNOWN, lid: [{ serial: UNKNOWN }] }
    box?.create?.(object, contextWith([]))
    expect(object).toMatchObject({ address: expect.stringMatching(/^192\.0\.2\./), addresses: [expect.any(String), expect.any(String)], colour: 'blue', size: 3, lid: [{ serial: expect.stringMatching(/^sim-/) }] })
    expect(Object.values(object).some(isUnknown)).toBe(false)
  })

  it('keeps what is known through an update', () => {
    const object: Attributes = { id: 'b-1', address: '192.0.2.7', addresses: ['192.0.2.8'], colour: 'red', size: 5, lid: [] }
    box?.update?.(object, object, contextWith([]))
    expect(object).toMatchObject({ address: '192.0.2.7', size: 5 })
  })

  it('keeps an object while another one names its id, and not because a note has the same text', () => {
    const pin = (attributes: Attributes): CloudObject => ({ type: 'toy_pin', id: 'p-1', attributes })
    expect(() => box?.remove?.({ id: 'b-1' }, contextWith([pin({ box_id: 'b-1' })]))).toThrow(Refusal)
    expect(() => box?.remove?.({ id: 'b-1' }, contextWith([pin({ box_id: 'b-2', note: 'b-1' })]))).not.toThrow()
  })
})
