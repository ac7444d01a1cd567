import { isToken, type Known, type ResourceSet, type ResourceView } from '@isthmus/core'

/** An attribute of a resource that the connection points to, or a token for it where that resource is not at hand. */
export function stated<T>(
  resources: ResourceSet, connection: ResourceView, target: ResourceView | undefined, pointer: string,
  path: readonly (string | number)[], is: (value: unknown) => value is T,
): Known<T> {
  const value = target ? known(resources.attribute(target, ...path), is) : undefined
  return value ?? { token: [target?.address ?? `${connection.address}.${pointer}`, ...path].join('.') }
}

/** A value that is what it should be, or stands for it; anything else is undefined. */
export function known<T>(value: unknown, is: (value: unknown) => value is T): Known<T> | undefined {
  return isToken(value) || is(value) ? value : undefined
}

export function isText(value: unknown): value is string {
  return typeof value === 'string'
}

export function isNumber(value: unknown): value is number {
  return typeof value === 'number'
}

/** Items of a list, and of anything else none. */
export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The texts in a list. */
export function texts(value: unknown): Known<string>[] {
  return list(value).flatMap((item) => known(item, isText) ?? [])
}
