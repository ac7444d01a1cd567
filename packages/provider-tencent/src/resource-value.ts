import { isToken, type ResourceView, type Token } from '@isthmus/core'

/** Token of an attribute of a resource that is not at hand and only pointed to. */
export function within(resource: ResourceView, pointer: string, ...path: (string | number)[]): Token {
  return { token: [resource.address, pointer, ...path].join('.') }
}

/** Text that two values share exactly when they are the same value, or stand for the same one. */
export function keyOf(value: unknown): string {
  return isToken(value) ? `token ${value.token}` : String(value)
}
