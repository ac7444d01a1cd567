import { isToken, type Known, type ResourceSet, type ResourceView, type Token } from '@isthmus/core'

/** An attribute as a number, or the token of it. */
export function knownNumber(resources: ResourceSet, resource: ResourceView, ...path: (string | number)[]): Known<number> {
  const value = resources.attribute(resource, ...path)
  return typeof value === 'number' || isToken(value) ? value : tokenOf(resource, path)
}

/** Token of an attribute of a resource that is not at hand and only pointed to. */
export function within(resource: ResourceView, pointer: string, ...path: (string | number)[]): Token {
  return tokenOf(resource, [pointer, ...path])
}

/** Text that two values share exactly when they are the same value, or stand for the same one. */
export function keyOf(value: unknown): string {
  return isToken(value) ? `token ${value.token}` : String(value)
}

function tokenOf(resource: ResourceView, path: readonly (string | number)[]): Token {
  return { token: [resource.address, ...path].join('.') }
}
