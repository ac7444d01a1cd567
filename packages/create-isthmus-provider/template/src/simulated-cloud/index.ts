import { simulatedCloudOf, type ProviderSchema, type SimulatedCloud } from '@isthmus/provider-kit/simulated-cloud'

/**
 * What the OpenTofu provider's schema says of the types that are used. `tofu providers schema -json` prints it; allowed values and
 * bounds are in its documentation. `format: 'ipv4'` on a computed attribute gives each object an address of its own.
 */
const schema: ProviderSchema = {
  source: 'cloud-name/cloud-name',
  version: '1.0.0',
  origin: 'tofu providers schema -json',
  configuration: { region: { type: 'string', optional: true } },
  resources: {},
  dataSources: {},
}

/** The cloud as far as its schema tells. What it refuses beyond that goes into `behaviours`. */
export const simulatedCloud: SimulatedCloud = simulatedCloudOf(schema)
