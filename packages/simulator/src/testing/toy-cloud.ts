import { Refusal, type SimulatedCloud } from '../behaviour/behaviour.ts'
import type { ProviderSchema } from '../schema/schema.ts'
import { fillUnknown } from '../wire/unknown.ts'

const schema: ProviderSchema = {
  source: 'example/toy',
  version: '1.0.0',
  origin: 'written for tests',
  configuration: {
    region: { type: 'string', optional: true },
  },
  resources: {
    toy_box: { version: 1, attributes: {
      id: { type: 'string', optional: true, computed: true },
      name: { type: 'string', required: true, forceNew: true, pattern: '^[a-z-]+$' },
      size: { type: 'int', optional: true, default: 4, min: 1, max: 9 },
      colour: { type: 'string', optional: true, computed: true, values: ['red', 'blue'] },
      region: { type: 'string', computed: true },
      address: { type: 'string', computed: true },
      key: { type: 'string', optional: true, sensitive: true, forceNew: true },
      tags: { type: 'map', elem: 'string', optional: true },
      shelf: { type: 'list', optional: true, maxItems: 2, block: {
        label: { type: 'string', required: true, forceNew: true },
        height: { type: 'int', optional: true, default: 1 },
        serial: { type: 'string', computed: true },
      } },
      lock: { type: 'set', optional: true, block: {
        code: { type: 'string', required: true },
        serial: { type: 'string', computed: true },
      } },
      label: { type: 'list', optional: true, computed: true, maxItems: 1, block: {
        text: { type: 'string', optional: true },
      } },
      timeouts: { type: 'single', optional: true, block: { create: { type: 'string', optional: true } } },
    } },
    toy_pin: { version: 0, attributes: {
      id: { type: 'string', optional: true, computed: true },
      box_id: { type: 'string', required: true, forceNew: true },
      note: { type: 'string', optional: true },
      secret: { type: 'string', optional: true, writeOnly: true },
    } },
  },
  dataSources: {
    toy_box: { version: 0, attributes: {
      id: { type: 'string', optional: true, computed: true },
      name: { type: 'string', optional: true, computed: true },
      address: { type: 'string', computed: true },
      size: { type: 'int', computed: true },
    } },
  },
}

/** A cloud with a type that has one of everything and a type that has no behaviour. For tests only. */
export const toyCloud: SimulatedCloud = {
  source: schema.source,
  schema,
  behaviours: {
    toy_box: {
      id: (object) => `box-${String(object['name'])}`,
      create: (object, context) => {
        fillUnknown(object, {
          colour: 'red',
          region: context.provider['region'] ?? 'nowhere',
          address: context.address(String(object['id'])),
          label: [{ text: `box ${String(object['name'])}` }],
        })
      },
      remove: (object, context) => {
        const pin = context.list('toy_pin').find((other) => other.attributes['box_id'] === object['id'])
        if (pin) throw new Refusal('Box in use', `A pin is still in ${String(object['id'])}.`)
      },
    },
  },
}
