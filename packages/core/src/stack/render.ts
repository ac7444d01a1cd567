import { Import, KeyReference, Reference, type Value } from './value.ts'

/** JSON as OpenTofu's JSON syntax reads it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** Renders a value: literals escaped, expressions as templates. `resolve` says what an import stands for in this stack. */
export function renderValue(value: Value, resolve: (item: Import) => Json): Json {
  if (typeof value === 'string') return escapeTemplate(value)
  if (value === null || typeof value !== 'object') return value
  if (value instanceof Reference) return `\${${expressionOf(value)}}`
  if (value instanceof KeyReference) return `\${var.keys[${JSON.stringify(value.key)}]}`
  if (value instanceof Import) return resolve(value)
  if (isList(value)) return value.map((item) => renderValue(item, resolve))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [escapeTemplate(key), renderValue(item, resolve)]))
}

/** The HCL expression of a reference: `acme_gateway.south.interfaces[0].ip`. */
export function expressionOf(reference: Reference): string {
  return reference.address + reference.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`)).join('')
}

/**
 * Makes any text a literal in a template. This is the one place where text enters a stack, so nothing a user writes can
 * become an expression: `${` and `%{` start one and are doubled (OpenTofu language, "Strings and Templates").
 */
export function escapeTemplate(text: string): string {
  // A replacement given as text would itself read `$$` as `$`.
  return text.replaceAll('${', () => '$${').replaceAll('%{', () => '%%{')
}

/** The text that {@link escapeTemplate} made a literal of. */
export function unescapeTemplate(text: string): string {
  return text.replaceAll('$${', () => '${').replaceAll('%%{', () => '%{')
}

/** JSON text whose bytes depend on the value alone: keys sorted, two spaces, newline at the end. */
export function stableJson(value: Json): string {
  return `${JSON.stringify(sortKeys(value), null, 2)}\n`
}

function sortKeys(value: Json): Json {
  if (value === null || typeof value !== 'object') return value
  if (isList(value)) return value.map(sortKeys)
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sortKeys(valueAt(value, key))]))
}

function valueAt(value: { readonly [key: string]: Json }, key: string): Json {
  return value[key] ?? null
}

function isList<T>(value: readonly T[] | object): value is readonly T[] {
  return Array.isArray(value)
}
