import type { ZodType } from 'zod'
import type { EndView, ResourceSet } from '../agreement/end-view.ts'
import type { Fragment, ProviderUse } from '../stack/fragment.ts'
import type { Fact, ProviderFacts } from './facts.ts'
import type { GatewayNeeds, Half } from './half.ts'
import type { ExistingNetworks, NetworkView } from './network-view.ts'
import type { Offer } from './offer.ts'
import type { Site } from './site.ts'

/**
 * A cloud, as Isthmus sees it. All functions are pure: the same input gives the same result, in every run and on every machine.
 *
 * Nobody writes a pair: a provider describes what its own gateway brings and makes its own half of a deal, and the planner
 * does the rest. Implement this, run the conformance kit, and the cloud pairs with all others.
 */
export interface SpokeProvider<O = unknown> {
  /** Short lower-case name that orders use as `cloud`: `acme`. */
  readonly id: string
  /** Version of this contract. A change that breaks providers gets a new number. */
  readonly apiVersion: 1
  /** What is known about the cloud, as data with sources. */
  readonly facts: ProviderFacts
  /**
   * What a user may set per site beyond the common fields, every field described, unknown keys refused (`z.strictObject`).
   * Must accept `{}`. Becomes documentation, JSON Schema and OpenAPI. `existing` holds the ids of what is there already.
   */
  readonly options: ZodType<O>
  /** Beginnings of the environment variables that its OpenTofu provider reads credentials and settings from; no others reach it. */
  readonly environment: readonly string[]
  /** The OpenTofu provider and its configuration for a site. */
  use(site: Site<O>): ProviderUse
  /** The site's vNet, subnets and route tables, or with `existing` the exports that stand for them. */
  network(site: Site<O>): Fragment
  /** What the site's gateway brings to any link. */
  offer(site: Site<O>): Offer
  /** The site's gateway, made once however many links use it. Everything a later link would need of it is made now. */
  gateway(site: Site<O>, needs: GatewayNeeds): Fragment
  /** This end's half of one deal. Exports `address_<tunnel id>` where the offer says that addresses come with the connection. */
  link(site: Site<O>, half: Half): Fragment
  /**
   * Reads this provider's own resources (and only those; other types are passed over) back into neutral ends: the opposite of
   * {@link link}, written without looking at a deal. `resources` may come from a rendered stack, a plan, a state or a simulated cloud.
   */
  read(resources: ResourceSet): EndView[]
  /**
   * Reads this provider's own networks back into neutral form: those that {@link network} made, and those that
   * {@link ExistingNetworks.lookup} found. `resources` may come from a rendered stack, a plan or a state.
   */
  networks(resources: ResourceSet): NetworkView[]
  /** How networks that are there already are found and used; absent where the provider cannot. */
  readonly existing?: ExistingNetworks<O>
}

/** A cloud whose gateway can be the hub of a hub-and-spoke topology. */
export interface HubProvider<O = unknown> extends SpokeProvider<O> {
  readonly hub: HubFacts
}

/** What matters of a gateway in the middle. */
export interface HubFacts {
  /** Whether routes learned from one BGP peer are passed on to the others. */
  readonly transit: Fact<boolean>
  /**
   * Whether the blocks of a peer with static routes are passed on to BGP peers, and traffic between such a peer and them. Taken
   * as no when left out. Between two peers with static routes nothing is ever expected to pass.
   */
  readonly staticTransit?: Fact<boolean>
  /** Where the gateway passes nothing on: what else of the cloud does, as one imperative clause without a full stop. */
  readonly instead?: string
}

/** Any provider, whatever its options parse to. Options are parsed by the provider's own schema before they come back to it. */
export type AnyProvider = SpokeProvider | HubProvider

/** True for a provider that can be a hub. */
export function isHub(provider: AnyProvider): provider is HubProvider {
  return 'hub' in provider
}
