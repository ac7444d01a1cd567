/** Every fact in an object of facts, which is everything with a `value`, behind the path to it. */
export function factsIn(value: unknown, path: string): [path: string, fact: object][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  if ('value' in value) return [[path, value]]
  return Object.entries(value).flatMap(([key, item]) => factsIn(item, `${path}.${key}`))
}
