import type { FragmentId, Reference, Value } from './value.ts'

/** One resource or data source. */
export interface Resource {
  /** Resource type, such as `acme_network`. */
  readonly type: string
  /** Name inside the stack; derived from site and link names, never from a list position. */
  readonly name: string
  /** `data` for a data source; a managed resource when left out. */
  readonly mode?: 'data'
  /**
   * List of texts of the same fragment: there is one instance for each, and {@link eachValue} stands for it in the body. An
   * attribute of all instances of another resource with `forEach` has `*` in front: `ref('data.acme_port.north', '*', 'device_id')`.
   */
  readonly forEach?: Reference
  /** Arguments and nested blocks, exactly as the provider spells them. A nested block is an array of objects, also where there is only one. */
  readonly body: Readonly<Record<string, Value>>
  /** Addresses (`type.name`) in the same fragment that must exist first although nothing of theirs is referenced. */
  readonly dependsOn?: readonly string[]
  /** Addresses in the same fragment whose replacement must replace this resource too, although no argument of it changes. */
  readonly replacedWith?: readonly string[]
}

/** The OpenTofu provider that makes the resources of a fragment, configured for one site. */
export interface ProviderUse {
  /** Local name, the first word of its resource types: `acme`. */
  readonly name: string
  /** Registry source: `acme/acme`. */
  readonly source: string
  /** Version constraint: `~> 5.2`. */
  readonly version: string
  /** Provider configuration for the site (region and the like). Never holds credentials: those come from the environment. */
  readonly configuration: Readonly<Record<string, Value>>
}

/** What one provider contributes for one purpose: resources, and the values that other fragments may use. */
export interface Fragment {
  readonly resources: readonly Resource[]
  /**
   * Values for other fragments by name (`[a-z][a-z0-9_]*`). The set depends only on the site and the routing modes
   * it needs, never on the links that happen to exist, so that a new link leaves the stack of a gateway byte for byte as it was.
   */
  readonly exports: Readonly<Record<string, Value>>
}

/** A fragment with its owner. */
export interface PlacedFragment extends Fragment {
  readonly id: FragmentId
  /** Name of the site whose provider configuration makes these resources. */
  readonly site: string
  readonly provider: ProviderUse
  /** Beginnings of the environment variables that the OpenTofu provider reads credentials and settings from. */
  readonly environment: readonly string[]
}
