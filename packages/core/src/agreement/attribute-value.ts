import { isToken } from './resource-set.ts'

/** Text of an attribute; undefined for anything else, and for an empty one, which is how many providers write none. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Texts of a list; whatever is none is left out. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** Nested blocks; whatever is none is left out. */
export function blocksOf(value: unknown): Readonly<Record<string, unknown>>[] {
  const items: unknown[] = Array.isArray(value) ? value : []
  return items.filter((item) => !isToken(item)).filter((item) => typeof item === 'object' && item !== null).map((item) => ({ ...item }))
}
