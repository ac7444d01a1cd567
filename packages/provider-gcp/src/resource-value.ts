import { isToken, type ResourceView, type Token } from '@isthmus/core'

/** Token of an attribute of a resource that is not at hand and only pointed to, by token or by name. */
export function within(resource: ResourceView, pointer: string, path: readonly (string | number)[]): Token {
  const value = resource.values[pointer]
  if (typeof value === 'string') return { token: tokenText(value, path) }
  if (!isToken(value)) return { token: tokenText(`${resource.address}.${pointer}`, path) }
  return { token: tokenText(value.token.split('.').slice(0, 2).join('.'), path) }
}

function tokenText(base: string, path: readonly (string | number)[]): string {
  return [base, ...path].join('.')
}
