import { isToken, type ResourceView } from '@isthmus/core'

/** An argument of a resource: dotted path, list positions included. A list of plain values is one argument. */
export interface Argument {
  readonly resource: ResourceView
  readonly path: readonly string[]
  readonly value: unknown
}

/** Every argument of a resource that holds a value. */
export function argumentsOf(resource: ResourceView): Argument[] {
  return leaves(resource.values, []).map(({ path, value }) => ({ resource, path, value }))
}

function leaves(value: unknown, path: readonly string[]): { path: readonly string[]; value: unknown }[] {
  if (typeof value !== 'object' || value === null || isToken(value) || isPlainList(value)) return [{ path, value }]
  return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]))
}

function isPlainList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item !== 'object' || isToken(item))
}

/** The stack with one argument changed. */
export function withChange(views: readonly ResourceView[], { resource, path }: Argument, value: unknown): ResourceView[] {
  return views.map((view) => (view.address === resource.address ? { ...view, values: record(replaced(view.values, path, value)) } : view))
}

function replaced(holder: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value
  if (Array.isArray(holder)) return holder.with(Number(step), replaced(holder[Number(step)], rest, value))
  const entries = Object.entries(record(holder)).map(([key, item]): [string, unknown] => [key, key === step ? replaced(item, rest, value) : item])
  return Object.fromEntries(entries.filter(([, item]) => item !== undefined))
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}

/** Tokens anywhere in a value. */
export function tokensIn(value: unknown): string[] {
  if (isToken(value)) return [value.token]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(tokensIn) : []
}

/** Addresses of the resources at most two references away, in either direction. */
export function neighbours(views: readonly ResourceView[], address: string): Set<string> {
  const owner = (token: string): string => token.split('.').slice(0, 2).join('.')
  const pointers = views.flatMap((view) => tokensIn(view.values).map((token) => [view.address, owner(token)] as const))
  const near = (from: string): string[] => pointers.flatMap(([one, other]) => (one === from ? [other] : other === from ? [one] : []))
  return new Set(near(address).flatMap((other) => [other, ...near(other)]))
}
