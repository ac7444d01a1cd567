import type { AnyProvider, Fragment, FragmentId, PlacedFragment, RoutingMode } from '@isthmus/core'
import { mirror } from '../mirror/mirror.ts'
import { sentence, tryLink, type PlannedLink } from './planned-link.ts'
import type { SiteExample } from './subject.ts'

/** Routing modes, in the order in which the kit goes through them. */
export const modes: readonly RoutingMode[] = ['bgp', 'static']

/** What a provider makes for a site in one routing mode. */
export interface Made {
  readonly mode: RoutingMode
  readonly link: PlannedLink
  /** Fragments of its own site. */
  readonly own: readonly PlacedFragment[]
}

/**
 * Everything that a provider makes for a site, in each routing mode that it has, against a mirror with two addresses.
 *
 * @throws Error with the findings where no mode leads to a link
 */
export function madeFor(provider: AnyProvider, site: SiteExample): Made[] {
  const attempts = modes.map((mode) => ({ mode, link: tryLink({ provider, site, against: mirror('interfaces'), routing: mode }) }))
  const made = attempts.flatMap(({ mode, link }) => ('plan' in link ? [{ mode, link, own: link.plan.fragments.filter((fragment) => fragment.site === link.site.name) }] : []))
  if (made.length > 0) return made
  const findings = new Set(attempts.flatMap(({ link }) => ('findings' in link ? link.findings.map(sentence) : [])))
  throw new Error(`nothing can be linked with this site:\n${[...findings].join('\n')}`)
}

/** Looks up exports in the fragments of a plan. */
export function exportsIn(fragments: readonly PlacedFragment[]): (id: FragmentId) => Fragment['exports'] | undefined {
  const byId = new Map(fragments.map((fragment) => [fragment.id, fragment.exports]))
  return (id) => byId.get(id)
}

/**
 * Keeps a test from passing only because there is nothing to look at.
 *
 * @throws Error with the findings where no mode leads to a link
 */
export function demandSomeLink(provider: AnyProvider, site: SiteExample): void {
  madeFor(provider, site)
}
