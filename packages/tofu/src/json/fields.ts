/** A JSON object of unknown content. */
export type JsonObject = Readonly<Record<string, unknown>>

/** True for a JSON object; arrays and null are none. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Value at a path of keys; undefined where the path leaves the objects. */
export function field(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), value)
}

/** Text at a path; undefined where there is something else. */
export function textField(value: unknown, ...path: readonly string[]): string | undefined {
  const found = field(value, ...path)
  return typeof found === 'string' ? found : undefined
}

/** Number at a path; undefined where there is something else. */
export function numberField(value: unknown, ...path: readonly string[]): number | undefined {
  const found = field(value, ...path)
  return typeof found === 'number' ? found : undefined
}

/** List at a path; empty where there is something else. */
export function listField(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = field(value, ...path)
  return Array.isArray(found) ? found : []
}

/** Object at a path; empty where there is something else. */
export function objectField(value: unknown, ...path: readonly string[]): JsonObject {
  const found = field(value, ...path)
  return isObject(found) ? found : {}
}

/** The value a JSON text stands for, or undefined where it is not JSON. */
export function tryParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
