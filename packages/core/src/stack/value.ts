/**
 * Values of resource arguments. A string is always a literal: whatever looks like an expression in it is escaped when the
 * stack is rendered, so the only expressions in a stack are the typed ones below.
 */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value } | Expression

/** A value that OpenTofu computes. */
export type Expression = Reference | Import | KeyReference

/** An attribute of a resource in the same fragment. */
export class Reference {
  /** Resource type and name, such as `acme_network.north`; a data source has `data.` in front. */
  readonly address: string
  /** Attribute path: names and list positions, such as `['vpn_interfaces', 0, 'ip_address']`. */
  readonly path: readonly (string | number)[]

  constructor(address: string, path: readonly (string | number)[]) {
    this.address = address
    this.path = path
  }
}

/**
 * An exported value of another fragment. Which stack that fragment lives in is decided when stacks are composed: in the
 * same stack it becomes a reference, across stacks a variable that the owner's output fills.
 */
export class Import {
  readonly fragment: FragmentId
  readonly export: string

  constructor(fragment: FragmentId, exportName: string) {
    this.fragment = fragment
    this.export = exportName
  }
}

/** The pre-shared key of a tunnel. Its value reaches OpenTofu as a sensitive variable and is never part of a stack. */
export class KeyReference {
  /** Name and version of the key, such as `north--south--00@v1`. */
  readonly key: string

  constructor(key: string) {
    this.key = key
  }
}

/** Whose resources a fragment holds: a site's network or gateway, or one site's half of a link. */
export type FragmentId = `network/${string}` | `gateway/${string}` | `link/${string}/${string}`

/** Reference to an attribute of a resource: `ref('acme_network.north', 'id')`. */
export function ref(address: string, ...path: (string | number)[]): Reference {
  return new Reference(address, path)
}

/** The text that an instance of a resource with `forEach` is made for. */
export const eachValue: Reference = new Reference('each', ['value'])

/** True for a value that only OpenTofu can compute. */
export function isExpression(value: unknown): value is Expression {
  return value instanceof Reference || value instanceof Import || value instanceof KeyReference
}
