import type { Members, ProviderSchema, SimulatedCloud } from '@isthmus/simulator'
import { simulatedCloudOf } from '../simulated-cloud/simulated-cloud-of.ts'

const phase: Members = {
  encryption: { type: 'string', required: true },
  integrity: { type: 'string', optional: true },
  prf: { type: 'string', optional: true },
  group: { type: 'string', required: true },
}

const tunnel: Members = {
  slot: { type: 'int', required: true },
  peer_address: { type: 'string', required: true, format: 'ipv4' },
  inside_cidr: { type: 'string', optional: true, format: 'cidr4', prefix: [30, 30] },
  inside_local: { type: 'string', optional: true, format: 'ipv4' },
  inside_peer: { type: 'string', optional: true, format: 'ipv4' },
  key: { type: 'string', required: true, secret: true },
  idle: { type: 'bool', optional: true },
  address: { type: 'string', computed: true, format: 'ipv4' },
}

const id: Members = { id: { type: 'string', computed: true } }

const schemaOf = (cloud: string): ProviderSchema => ({
  source: `isthmus/${cloud}`,
  version: '1.0.0',
  origin: 'written for the kit',
  configuration: {},
  resources: {
    [`${cloud}_network`]: { version: 0, attributes: {
      ...id,
      label: { type: 'string', required: true },
      cidrs: { type: 'list', elem: 'string', required: true, minItems: 1, format: 'cidr4' },
    } },
    [`${cloud}_subnet`]: { version: 0, attributes: {
      ...id,
      network_id: { type: 'string', required: true, forceNew: true },
      name: { type: 'string', required: true, forceNew: true },
      cidr: { type: 'string', required: true, forceNew: true, format: 'cidr4' },
    } },
    [`${cloud}_gateway`]: { version: 0, attributes: {
      ...id,
      network_id: { type: 'string', required: true, forceNew: true },
      asn: { type: 'int', required: true, forceNew: true, min: 1, max: 4_294_967_295 },
      addresses: { type: 'list', elem: 'string', computed: true, minItems: 2, format: 'ipv4' },
    } },
    [`${cloud}_connection`]: { version: 0, attributes: {
      ...id,
      label: { type: 'string', required: true },
      gateway_id: { type: 'string', required: true, forceNew: true },
      fresh: { type: 'bool', required: true, forceNew: true },
      routing: { type: 'string', required: true, forceNew: true, values: ['bgp', 'static'] },
      peer_asn: { type: 'int', optional: true, min: 1, max: 4_294_967_295 },
      routes: { type: 'list', elem: 'string', optional: true, format: 'cidr4' },
      ike_version: { type: 'int', required: true, values: [1, 2] },
      phase1: { type: 'list', required: true, minItems: 1, maxItems: 1, block: phase },
      phase2: { type: 'list', required: true, minItems: 1, maxItems: 1, block: phase },
      phase1_lifetime: { type: 'int', required: true },
      phase2_lifetime: { type: 'int', required: true },
      dpd_timeout: { type: 'int', optional: true },
      initiates: { type: 'bool', required: true },
      tunnel: { type: 'list', required: true, minItems: 1, block: tunnel },
    } },
  },
  dataSources: {
    [`${cloud}_network`]: { version: 0, attributes: {
      id: { type: 'string', required: true },
      label: { type: 'string', computed: true },
      cidrs: { type: 'list', elem: 'string', computed: true },
    } },
  },
})

/**
 * The simulated cloud that the resources of a mirror are applied to.
 *
 * @param id that of the mirror
 */
export function mirrorCloud(id = 'mirror'): SimulatedCloud {
  return simulatedCloudOf(schemaOf(id))
}
