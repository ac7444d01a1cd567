import type { Known, ResourceSet, ResourceView } from './end-view.ts'
import { isToken } from './resource-set.ts'

/** Text of an attribute; undefined for anything else, and for an empty one, which is how many providers write none. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Texts of a list; whatever is none is left out. */
export function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : []
}

/** A text as it is, or the token of one; undefined for anything else. */
export function textOrToken(value: unknown): Known<string> | undefined {
  return typeof value === 'string' || isToken(value) ? value : undefined
}

/** A number, or the token of one; undefined for anything else. */
export function numberOrToken(value: unknown): Known<number> | undefined {
  return typeof value === 'number' || isToken(value) ? value : undefined
}

/** An attribute as text; its token where it is not known, or not text. */
export function knownText(resources: ResourceSet, resource: ResourceView, ...path: (string | number)[]): Known<string> {
  return textOrToken(resources.attribute(resource, ...path)) ?? { token: [resource.address, ...path].join('.') }
}

/** An attribute as a number; its token where it is not known, or not a number. */
export function knownNumber(resources: ResourceSet, resource: ResourceView, ...path: (string | number)[]): Known<number> {
  return numberOrToken(resources.attribute(resource, ...path)) ?? { token: [resource.address, ...path].join('.') }
}

/** Nested blocks; whatever is none is left out. */
export function blocksOf(value: unknown): Readonly<Record<string, unknown>>[] {
  const items: unknown[] = Array.isArray(value) ? value : []
  return items.filter((item) => !isToken(item)).filter((item) => typeof item === 'object' && item !== null).map((item) => ({ ...item }))
}
