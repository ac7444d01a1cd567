import { isToken, type ResourceView } from '@isthmus/core'

/** A single value somewhere in a resource. */
export interface Argument {
  readonly resource: ResourceView
  /** Names and list positions. */
  readonly path: readonly string[]
  readonly value: unknown
}

/** Every single value of a resource; a token is one. */
export function argumentsOf(resource: ResourceView): Argument[] {
  return leaves(resource.values, []).map(({ path, value }) => ({ resource, path, value }))
}

function leaves(value: unknown, path: readonly string[]): { path: readonly string[]; value: unknown }[] {
  if (typeof value !== 'object' || value === null || isToken(value)) return [{ path, value }]
  return Object.entries(value).flatMap(([key, item]) => leaves(item, [...path, key]))
}

/** The resources with one value changed. */
export function withChange(views: readonly ResourceView[], { resource, path }: Argument, value: unknown): ResourceView[] {
  return views.map((view) => (view.address === resource.address ? { ...view, values: record(replaced(view.values, path, value)) } : view))
}

function replaced(holder: unknown, [step, ...rest]: readonly string[], value: unknown): unknown {
  if (step === undefined) return value
  if (Array.isArray(holder)) return holder.with(Number(step), replaced(holder[Number(step)], rest, value))
  return Object.fromEntries(Object.entries(record(holder)).map(([key, item]) => [key, key === step ? replaced(item, rest, value) : item]))
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
