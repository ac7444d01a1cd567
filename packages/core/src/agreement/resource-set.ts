import type { ResourceSet, ResourceView, Token } from './end-view.ts'

/** Attributes under which other resources point to a resource, besides the token of the attribute itself. */
const identities = ['id', 'self_link', 'arn', 'name'] as const

/** True for a {@link Token}. */
export function isToken(value: unknown): value is Token {
  return typeof value === 'object' && value !== null && 'token' in value && typeof value.token === 'string' && Object.keys(value).length === 1
}

/** Indexes resources so that a provider can follow ids from one to the other. */
export function resourceSetOf(views: readonly ResourceView[]): ResourceSet {
  const byType = groupedBy(views, ({ type }) => type)
  const byAddress = new Map(views.map((view) => [view.address, view]))
  const byIdentity = new Map<string, ResourceView[]>()
  for (const view of views) {
    for (const identity of identities) {
      const value = view.values[identity]
      if (typeof value !== 'string') continue
      const holders = byIdentity.get(value)
      if (holders) holders.push(view)
      else byIdentity.set(value, [view])
    }
  }
  const fits = (view: ResourceView, types: readonly string[]): boolean => types.length === 0 || types.includes(view.type)
  return {
    all: views,
    ofType: (type) => byType.get(type) ?? [],
    follow(value, ...types) {
      if (typeof value === 'string') return byIdentity.get(value)?.find((view) => fits(view, types))
      if (!isToken(value)) return undefined
      const view = byAddress.get(addressOf(value.token))
      return view && fits(view, types) ? view : undefined
    },
    attribute(resource, ...path) {
      const found = lookUp(resource.values, path)
      return found ?? { token: [resource.address, ...path].join('.') }
    },
  }
}

/** The resource address in front of a token's attribute path. */
function addressOf(token: string): string {
  const parts = token.split('.')
  return parts.slice(0, parts[0] === 'data' ? 3 : 2).join('.')
}

function lookUp(values: unknown, path: readonly (string | number)[]): unknown {
  let current = values
  for (const step of path) {
    if (isToken(current) || typeof current !== 'object' || current === null) return undefined
    current = Object.getOwnPropertyDescriptor(current, step)?.value
  }
  return current ?? undefined
}

/** Resources by what a function makes of each; one of which it makes nothing is left out. */
export function groupedBy(views: readonly ResourceView[], keyOf: (view: ResourceView) => string | undefined): Map<string, ResourceView[]> {
  const groups = new Map<string, ResourceView[]>()
  for (const view of views) {
    const key = keyOf(view)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(view)
    else groups.set(key, [view])
  }
  return groups
}
