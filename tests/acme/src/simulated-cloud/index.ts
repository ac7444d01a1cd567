import { simulatedCloudOf, type Members, type ProviderSchema, type SimulatedCloud } from '@isthmus/provider-kit/simulated-cloud'

const id: Members = { id: { type: 'string', computed: true } }
const text = { type: 'string', required: true } as const
const fixed = { ...text, forceNew: true } as const
const number = { type: 'int', required: true } as const

const ike: Members = { encryption: text, integrity: { type: 'string', optional: true }, prf: text, group: number, lifetime: { ...number, min: 3600, max: 86_400 } }
const esp: Members = { encryption: text, integrity: { type: 'string', optional: true }, group: number, lifetime: { ...number, min: 900, max: 28_800 } }
const bgp: Members = { inside_cidr: { ...text, format: 'cidr4', prefix: [30, 30], within: '169.254.0.0/16' }, local_ip: { ...text, format: 'ipv4' }, far_ip: { ...text, format: 'ipv4' } }

const schema: ProviderSchema = {
  source: 'acme/acme',
  version: '5.2.0',
  origin: 'written for the test',
  configuration: { region: { type: 'string', required: true } },
  resources: {
    acme_network: { version: 0, attributes: { ...id, name: fixed, cidrs: { type: 'list', elem: 'string', required: true, minItems: 1, format: 'cidr4' } } },
    acme_subnet: { version: 0, attributes: { ...id, network_id: fixed, name: fixed, cidr: { ...fixed, format: 'cidr4' }, zone: { type: 'string', optional: true, forceNew: true } } },
    acme_gateway: { version: 0, attributes: {
      ...id, name: fixed, network_id: fixed, asn: { ...number, forceNew: true, min: 1, max: 65_534 }, size: { ...text, values: ['small', 'large'] },
      addresses: { type: 'list', elem: 'string', computed: true, minItems: 2, format: 'ipv4' },
    } },
    acme_far_end: { version: 0, attributes: { ...id, name: fixed, address: { ...fixed, format: 'ipv4' }, asn: { type: 'int', optional: true, min: 1, max: 4_294_967_295 } } },
    acme_tunnel: { version: 0, attributes: {
      ...id, name: fixed, gateway_id: fixed, interface: { ...number, values: [0, 1], forceNew: true }, far_end_id: fixed,
      shared_key: { ...text, sensitive: true, minLength: 20, maxLength: 64 }, initiate: { type: 'bool', required: true }, dpd_seconds: { type: 'int', optional: true, min: 10, max: 300 },
      ike: { type: 'list', required: true, minItems: 1, maxItems: 1, block: ike },
      esp: { type: 'list', required: true, minItems: 1, maxItems: 1, block: esp },
      bgp: { type: 'list', optional: true, maxItems: 1, block: bgp },
    } },
    acme_route: { version: 0, attributes: { ...id, network_id: fixed, destination: { ...fixed, format: 'cidr4' }, tunnel_id: fixed } },
  },
  dataSources: {},
}

/** Acme Cloud as far as its schema tells. */
export const simulatedCloud: SimulatedCloud = simulatedCloudOf(schema)
