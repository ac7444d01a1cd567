import type { Fact, NetworkFacts, PrefixBounds } from '../provider/facts.ts'
import type { NetworkTerms } from '../provider/terms.ts'

/** A fact of an invented cloud. */
export function fact<T>(value: T): Fact<T> {
  return { value, source: 'invented', checked: '2026-08-01' }
}

/** What a test changes of the invented cloud `Acme`, which has zonal subnets and no gateway subnet. */
export interface SampleRules {
  ranges?: readonly string[]
  reserved?: readonly string[]
  network?: PrefixBounds
  subnet?: PrefixBounds
  reservedAddresses?: number
  hasCidr?: boolean
  scope?: 'zone' | 'region'
  gatewaySubnet?: { name?: string; maxPrefix: number }
  regionsNamedByOperator?: true
}

/** Network facts of an invented cloud. */
export function sampleFacts(rules: SampleRules = {}): NetworkFacts {
  return {
    vnet: {
      ranges: fact(rules.ranges ?? ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']),
      reserved: fact(rules.reserved ?? ['172.17.0.0/16']),
      prefix: fact(rules.network ?? { min: 16, max: 28 }),
      hasCidr: fact(rules.hasCidr ?? true),
    },
    subnet: {
      prefix: fact(rules.subnet ?? { min: 16, max: 28 }),
      reservedAddresses: fact(rules.reservedAddresses ?? 5),
      scope: fact(rules.scope ?? 'zone'),
    },
    ...(rules.gatewaySubnet ? { gatewaySubnet: fact(rules.gatewaySubnet) } : {}),
    regions: fact({ 'north-1': ['north-1a', 'north-1b', 'north-1c'], 'north-2': ['north-2a', 'north-2b'], flatland: [] }),
    ...(rules.regionsNamedByOperator ? { regionsNamedByOperator: fact(true) } : {}),
  }
}

/** Words of an invented cloud. */
export const sampleTerms: NetworkTerms = {
  vNet: 'Field', subnet: 'Bed', routeTable: 'Signpost', internetGateway: 'Gate', natGateway: null, publicAddress: 'Letterbox', securityGroup: 'Hedge', networkAcl: null,
  peering: 'Stile', transit: null, vpnGateway: 'Tunnel mouth', peerGateway: 'Far mouth', vpnConnection: 'Tunnel', dedicatedLine: null,
}

/** Rules of several kinds of cloud, for properties that must hold in all of them. */
export const sampleClouds: readonly SampleRules[] = [
  {},
  { network: { min: 8, max: 29 }, subnet: { min: 8, max: 29 }, scope: 'region', reserved: [], gatewaySubnet: { name: 'GatewaySubnet', maxPrefix: 27 } },
  { network: { min: 8, max: 29 }, subnet: { min: 8, max: 29 }, scope: 'region', hasCidr: false, reservedAddresses: 4 },
  { network: { min: 9, max: 28 }, subnet: { min: 9, max: 29 }, reserved: [], gatewaySubnet: { maxPrefix: 28 } },
  { network: { min: 12, max: 28 }, subnet: { min: 16, max: 29 }, reservedAddresses: 3, reserved: [] },
]
