import { fromJSON } from '@grpc/proto-loader'
import type { ServiceDefinition } from '@grpc/grpc-js'
import { IsthmusError } from '@isthmus/core'
import { descriptor } from './descriptor.ts'

/** The services that one socket answers. */
export interface Services {
  readonly provider: ServiceDefinition
  readonly controller: ServiceDefinition
  readonly broker: ServiceDefinition
  readonly stdio: ServiceDefinition
  readonly health: ServiceDefinition
}

/** Service definitions of plugin protocol 6 and of what go-plugin asks beside it. */
export function loadServices(): Services {
  const loaded = fromJSON(structuredClone(descriptor), { keepCase: true, longs: Number, defaults: false })
  const service = (name: string): ServiceDefinition => {
    const definition = loaded[name]
    if (!definition || 'format' in definition) throw new IsthmusError('SIMULATOR_FAILED', `service ${name} is not in the descriptor`)
    return definition
  }
  return {
    provider: service('tfplugin6.Provider'),
    controller: service('plugin.GRPCController'),
    broker: service('plugin.GRPCBroker'),
    stdio: service('plugin.GRPCStdio'),
    health: service('grpc.health.v1.Health'),
  }
}
