import type { AnyProvider } from '@isthmus/core'
import type { CloudObject, ProviderSchema, SimulatedCloud } from '@isthmus/simulator'
import type { Skip } from './check.ts'

/** A site as an order holds it, without `cloud`: region, address blocks, and what the provider's options have. */
export type SiteExample = Readonly<Record<string, unknown>> & { readonly region: string }

/** What the kit needs besides the provider. */
export interface ConformanceOptions {
  /** Sites by a name for people, one for each way in which the provider builds differently: `{ 'small gateway': { region, cidr } }`. */
  readonly sites: Readonly<Record<string, SiteExample>>
  /** The cloud that fragments are applied to, such as `simulatedCloudOf(schema)`. */
  readonly simulatedCloud: SimulatedCloud
  /** True facts about the OpenTofu provider's schema; those of the simulated cloud when left out. */
  readonly schema?: ProviderSchema
  /** Further providers to pair with. The kit always pairs with its own mirror. */
  readonly others?: readonly AnyProvider[]
  /** Objects that the cloud holds before anything is applied, for examples that use what is there already. */
  readonly existing?: readonly CloudObject[]
  /** Options that must be refused, by what is wrong with them. */
  readonly invalidOptions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** Facts that the provider keeps beside those of the contract, by name: they need a source and a date too. */
  readonly moreFacts?: Readonly<Record<string, unknown>>
  /** Folder of the package; its layout and manifest are checked when given. */
  readonly folder?: string | URL
  readonly skips?: readonly Skip[]
}

/** A provider under test with everything filled in. */
export interface Subject {
  readonly provider: AnyProvider
  /** At least one. */
  readonly sites: readonly (readonly [name: string, site: SiteExample])[]
  readonly schema: ProviderSchema
  readonly simulatedCloud: SimulatedCloud
  readonly others: readonly AnyProvider[]
  readonly existing: readonly CloudObject[]
  readonly invalidOptions: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly moreFacts: Readonly<Record<string, unknown>>
  readonly folder: string | URL | undefined
}

/** Fields of a site that are not the provider's own. */
export const commonFields: readonly string[] = ['cloud', 'region', 'cidr', 'cidrs', 'subnets', 'zones', 'asn', 'limits']

/** What of an example the provider's options parse. */
export function ownFields(site: SiteExample): Record<string, unknown> {
  return Object.fromEntries(Object.entries(site).filter(([name]) => !commonFields.includes(name)))
}

/** Fills in what an author left out. */
export function subjectOf(provider: AnyProvider, options: ConformanceOptions): Subject {
  return {
    provider,
    sites: Object.entries(options.sites),
    schema: options.schema ?? options.simulatedCloud.schema,
    simulatedCloud: options.simulatedCloud,
    others: (options.others ?? []).filter((other) => other.id !== provider.id),
    existing: options.existing ?? [],
    invalidOptions: options.invalidOptions ?? {},
    moreFacts: options.moreFacts ?? {},
    folder: options.folder,
  }
}
