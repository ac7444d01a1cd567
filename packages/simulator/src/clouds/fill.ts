import type { Attributes } from '../behaviour/behaviour.ts'

/** True for a JSON value; whatever else stands in an attribute is a value that is still to be computed. */
export function isKnown(value: unknown): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return true
  return Array.isArray(value) || isObject(value)
}

/** True for a plain object, such as a nested block or a map. */
export function isObject(value: unknown): value is Attributes {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** Sets each named attribute that is not known yet; what is configured or planned stays as it is. */
export function fill(object: Attributes, values: Attributes): void {
  for (const [name, value] of Object.entries(values)) {
    if (!isKnown(object[name])) object[name] = value
  }
}
