import type { EndView } from '@isthmus/core'
import type { ProviderSchema } from '../schema/schema.ts'

/**
 * Attributes of an object, as JSON values. What is still to be computed is `UNKNOWN`: test it with `isUnknown` and fill it
 * with `fillUnknown` (`wire/unknown.ts`). Blocks are arrays of objects; an optional and computed block that is not configured
 * is `UNKNOWN` as a whole until `create` fills it.
 */
export type Attributes = Record<string, unknown>

/** An object that a simulated cloud holds. */
export interface CloudObject {
  /** Resource type: `acme_network`. */
  readonly type: string
  /** The cloud's own id of it, unique per type. */
  readonly id: string
  readonly attributes: Attributes
}

/** A refusal, in the words of the cloud. Thrown by behaviours; becomes an error diagnostic of the engine. */
export class Refusal extends Error {
  /** Attribute path that is at fault. */
  readonly path: readonly (string | number)[]
  readonly detail: string

  constructor(summary: string, detail: string, path: readonly (string | number)[] = []) {
    super(summary)
    this.detail = detail
    this.path = path
  }
}

/** What a behaviour may see and use of the simulated world. */
export interface Context {
  readonly type: string
  /** Configuration of the provider instance that calls (region, project, ...). */
  readonly provider: Attributes
  /**
   * All objects of one type, of every provider served from the same home. Sensitive attributes are fingerprints in them: equal
   * values have equal fingerprints, see {@link Context.fingerprint}.
   */
  list(type: string): readonly CloudObject[]
  /** The object with that `id`, or with that `self_link` where none has the id. */
  find(type: string, id: unknown): CloudObject | undefined
  /** What the store keeps of a sensitive value. */
  fingerprint(value: string): string
  /** Hex digits that depend only on the seed and the salt: ids and addresses made from it are the same in every run. */
  digest(salt: string): string
  /** An unused documentation address (RFC 5737, or 198.18.0.0/15 behind them) for the salt; the same one each time. */
  address(salt: string): string
  /** Ends of tunnels found in the cloud by the providers' readers, with what the other end thinks of them. */
  tunnels(): readonly TunnelState[]
}

/** One end and whether a counterpart exists that agrees in every field. */
export interface TunnelState {
  readonly end: EndView
  readonly up: boolean
  /** Why it is down: fields that differ, or that nobody is opposite. Names fields and never shows a key. */
  readonly reason: string
}

/**
 * What is special about one resource type. Everything is optional: a type without a behaviour still works from its schema
 * alone, with placeholder values for what the cloud computes.
 */
export interface Behaviour {
  /** Id of a new object. Where one of this type and id exists already, the creation is refused. */
  id?(object: Attributes, context: Context): string
  /** Checks that the real provider makes at validate or plan time; values may be unknown. */
  validate?(config: Attributes): readonly Refusal[]
  /** Values known at plan time for computed attributes that are not configured. */
  readonly planDefaults?: Attributes
  /**
   * Last word on a plan, in place. May set computed attributes that are not configured, and throw {@link Refusal} for what
   * the real provider refuses at plan time; values may be unknown. `prior` is undefined for a creation.
   */
  plan?(planned: Attributes, prior: Attributes | undefined, context: Context): void
  /** Attributes whose change replaces the object only under a condition that the schema cannot state. */
  replaces?(prior: Attributes, planned: Attributes): readonly string[]
  /** Computed attributes that an update makes unknown again. */
  recompute?(prior: Attributes, planned: Attributes): readonly string[]
  /** Fills what the cloud computes, in place, and throws {@link Refusal} for what it refuses. `id` is set already. */
  create?(object: Attributes, context: Context): void
  update?(prior: Attributes, object: Attributes, context: Context): void
  /** Throws {@link Refusal} while something still uses the object. */
  remove?(object: Attributes, context: Context): void
  /** The object as the cloud would show it now (status and the like). */
  read?(object: Attributes, context: Context): Attributes
  /** Turns an import id into the object's id, where they differ. */
  importId?(id: string, context: Context): string
}

/**
 * A data source that is more than a look-up among stored objects of the type with the same name. Gives the attributes, or
 * throws {@link Refusal}; what it leaves out stays as configured or null.
 */
export type DataBehaviour = (config: Attributes, context: Context) => Attributes

/** One simulated cloud. */
export interface SimulatedCloud {
  /** Registry source it answers for: `acme/acme`. */
  readonly source: string
  /** Structure of the real provider: `import { schema } from './schema.ts'`, written by `tools/make-simulator-schemas.mjs`. */
  readonly schema: ProviderSchema
  /** Behaviours by resource type. */
  readonly behaviours: Readonly<Record<string, Behaviour>>
  /** Data sources by type. */
  readonly dataSources?: Readonly<Record<string, DataBehaviour>>
  /** What the real provider says where a data source without a behaviour finds nothing; a sentence of the simulator when left out. */
  readonly nothingFound?: (type: string, config: Attributes) => string
}
