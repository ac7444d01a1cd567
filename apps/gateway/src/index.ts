export { startGateway, type Gateway } from './start/start-gateway.ts'
export { readConfiguration, type ReadConfiguration } from './configuration/read-configuration.ts'
