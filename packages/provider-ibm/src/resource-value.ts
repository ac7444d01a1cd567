import { isToken, type Known } from '@isthmus/core'

/** A nested block, or whatever else is an object. */
export type Block = Readonly<Record<string, unknown>>

/** A value of the wanted type, or its token; undefined for anything else. */
export function known<T>(value: unknown, is: (value: unknown) => value is T): Known<T> | undefined {
  return isToken(value) || is(value) ? value : undefined
}

export function isText(value: unknown): value is string {
  return typeof value === 'string'
}

export function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}

/** Nested blocks; whatever is none is left out. */
export function blocks(value: unknown): readonly Block[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : []
  return list.filter((item): item is Block => typeof item === 'object' && item !== null && !isToken(item))
}

/** Texts of a list; whatever is none is left out. */
export function texts(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : []
  return list.filter(isText)
}
