import { textOrToken, type Known, type ResourceSet, type ResourceView } from '@isthmus/core'

/** An attribute of a resource that the connection points to, or a token for it where that resource is not at hand. */
export function stated<T>(
  resources: ResourceSet, connection: ResourceView, target: ResourceView | undefined, pointer: string,
  path: readonly (string | number)[], read: (value: unknown) => Known<T> | undefined,
): Known<T> {
  const value = target ? read(resources.attribute(target, ...path)) : undefined
  return value ?? { token: [target?.address ?? `${connection.address}.${pointer}`, ...path].join('.') }
}

/** Items of a list, and of anything else none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The texts in a list. */
export function texts(value: unknown): Known<string>[] {
  return list(value).flatMap((item) => textOrToken(item) ?? [])
}
