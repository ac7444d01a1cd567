/** Type of a single value. */
export type ScalarType = 'string' | 'int' | 'float' | 'bool'

/** Rules for single values that the real provider checks before it calls the cloud. On a list or set they hold per element. */
export interface ValueRules {
  readonly values?: readonly (string | number)[]
  /** Bounds, both included; on a string, of its number value. */
  readonly min?: number
  readonly max?: number
  readonly minLength?: number
  readonly maxLength?: number
  /** Regular expression that must, or must not, match. */
  readonly pattern?: string
  readonly notPattern?: string
  readonly format?: 'cidr' | 'cidr4' | 'cidr6' | 'ipv4' | 'ipv6' | 'arn' | 'asn' | 'rfc3339' | 'base64' | 'regexp'
  /** Bounds of the prefix length; `prefix4` and `prefix6` where both families are allowed. */
  readonly prefix?: readonly [number, number]
  readonly prefix4?: readonly [number, number]
  readonly prefix6?: readonly [number, number]
  /** Block the value must lie in, or must not touch. */
  readonly within?: string
  readonly notWithin?: string
  readonly notIn?: readonly string[]
  /** Spans a number must lie in. */
  readonly ranges?: readonly (readonly [number, number])[]
  readonly nonZero?: true
  /** Like `values` and `ranges`, but only the cloud refuses: at apply instead of at plan. */
  readonly apiValues?: readonly (string | number)[]
  readonly apiRanges?: readonly (readonly [number, number])[]
}

/** Rules between attributes. Paths are dotted from the resource, with list positions: `boot_disk.0.source`. */
export interface RelationRules {
  readonly conflictsWith?: readonly string[]
  readonly exactlyOneOf?: readonly string[]
  readonly atLeastOneOf?: readonly string[]
  readonly requiredWith?: readonly string[]
}

/** One argument, attribute or nested block of the real provider. */
export interface AttributeSchema extends ValueRules, RelationRules {
  /** `single` is a nested block that occurs at most once (time-outs). */
  readonly type: ScalarType | 'list' | 'set' | 'map' | 'single'
  /** Type of the elements of a list, set or map of scalars. */
  readonly elem?: ScalarType
  /** Members, where the elements are objects. */
  readonly block?: Members
  /** Objects written as attribute (`x = [{}]`) instead of as nested block (`x {}`). */
  readonly attrMode?: true
  readonly required?: true
  readonly optional?: true
  readonly computed?: true
  readonly deprecated?: true
  readonly sensitive?: true
  /** Kept as a fingerprint like a sensitive value although the real schema does not mark it. */
  readonly secret?: true
  readonly writeOnly?: true
  /** A change replaces the resource. */
  readonly forceNew?: true
  /** Set by the provider at plan time when not configured. */
  readonly default?: string | number | boolean
  readonly minItems?: number
  readonly maxItems?: number
}

/** Attributes and nested blocks by name. */
export type Members = Readonly<Record<string, AttributeSchema>>

/** A resource type or data source. */
export interface TypeSchema {
  /** Version of the state format. */
  readonly version: number
  readonly attributes: Members
}

/** Structure of a real provider, cut to the types that Isthmus uses. */
export interface ProviderSchema {
  /** Registry source: `acme/acme`. */
  readonly source: string
  /** Version of the real provider. */
  readonly version: string
  /** Where the structure was read. */
  readonly origin: string
  /** Arguments of the provider block. */
  readonly configuration: Members
  readonly resources: Readonly<Record<string, TypeSchema>>
  readonly dataSources: Readonly<Record<string, TypeSchema>>
}

/** True where the member is a nested block; everything below an attribute of objects is part of that attribute's type. */
export function isBlock(schema: AttributeSchema): boolean {
  if (!schema.block || schema.attrMode) return false
  return schema.optional === true || schema.required === true
}

/** True for values that must not be written to disk. */
export function isSecret(schema: AttributeSchema): boolean {
  return schema.sensitive === true || schema.secret === true || schema.writeOnly === true
}
