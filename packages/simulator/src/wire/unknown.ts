/** Stands for a value that is not known before an apply. */
export class Unknown {
  toJSON(): string {
    return '(known after apply)'
  }
}

/** The one unknown value. */
export const UNKNOWN = new Unknown()

export function isUnknown(value: unknown): value is Unknown {
  return value instanceof Unknown
}

/** True for an object of attributes: neither null nor a list nor unknown. */
export function isAttributes(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isUnknown(value)
}

/** True when the value or anything inside it is unknown. */
export function hasUnknown(value: unknown): boolean {
  if (isUnknown(value)) return true
  if (Array.isArray(value)) return value.some(hasUnknown)
  return isAttributes(value) && Object.values(value).some(hasUnknown)
}

/** Sets attributes that are still unknown and leaves all others alone. */
export function fillUnknown(object: Record<string, unknown>, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) if (isUnknown(object[name])) object[name] = value
}

/** A copy that shares nothing mutable; unknown values stay the same. */
export function copyAttributes(object: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, copy(value)]))
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy)
  return isAttributes(value) ? copyAttributes(value) : value
}

/** Null and absent are one and the same in objects. */
export function isAbsent(value: unknown): value is null | undefined {
  return value === null || value === undefined
}

/** Text that is equal for equal values, whatever the order of keys. */
export function canonical(value: unknown): string {
  if (isUnknown(value)) return '?'
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (!isAttributes(value)) return JSON.stringify(value ?? null)
  const entries = Object.entries(value).filter(([, inner]) => !isAbsent(inner))
  return `{${entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`
}
