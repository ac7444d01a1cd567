import { isToken, type Known } from '@isthmus/core'

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
