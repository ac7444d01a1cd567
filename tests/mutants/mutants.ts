import { isDeepStrictEqual } from 'node:util'
import type { Plan, ResourceView } from '@isthmus/core'
import { networkTypes, verdictOn } from './arguments/index.ts'
import { settingOf, type Case } from './cases.ts'
import { changesOf, wordsOf } from './changes.ts'
import { cloudOf, type Mutant } from './proof.ts'
import type { Shared } from './rules.ts'
import { argumentsOf, tokensIn, type Argument } from './stack.ts'

/** Mutants of one stack; arguments that concern one end only have none. */
export function mutantsOf(item: Case, views: readonly ResourceView[]): Mutant[] {
  const { plan } = item
  const setting = settingOf(item, views)
  const tokens = [...new Set(views.flatMap((view) => tokensIn(view.values)))]
  return walked(plan, views).flatMap((argument) => {
    const verdict = verdictOn(argument, setting)
    if (!('fields' in verdict)) return []
    // Who starts is all that another initiator changes; the rest is what it was.
    if (item.initiator !== undefined && !verdict.fields.includes('initiation')) return []
    return changesOf(argument.value, { tokens, words: wordsOf(cloudOf(argument.resource), argument.path.join('.')) })
      .filter((change) => !verdict.harmless?.(change.value, argument, setting) && !changesNothing(verdict, argument, change.what, change.value, plan))
      .map((change) => ({ name: `${argument.resource.address}.${argument.path.join('.')} ${change.what}`, argument, value: change.value, shared: verdict }))
  })
}

/** Arguments of the link and gateway resources, and the blocks that networks state. */
function walked(plan: Plan, views: readonly ResourceView[]): Argument[] {
  const made = plan.fragments.filter((fragment) => !fragment.id.startsWith('network/')).flatMap((fragment) => fragment.resources.map((resource) => `${resource.type}.${resource.name}`))
  const wanted = new Set(made)
  return views.filter((view) => wanted.has(view.address) || networkTypes.includes(view.type)).flatMap(argumentsOf)
}

/** Changes after which both ends still agree. */
function changesNothing({ assumed, mayOfferMore }: Shared, { resource, path, value }: Argument, what: string, changed: unknown, plan: Plan): boolean {
  if (what === 'removed' && isDeepStrictEqual(value, assumed)) return true
  if (mayOfferMore && what.startsWith('also ')) return true
  // Inside addresses that a gateway keeps in store and no tunnel uses yet.
  if (path.at(-1) === 'apipa_addresses') return !usesOneOf(plan, value, changed)
  if (path[0] === 'ip_configuration') return !plan.deals.some((deal) => deal.tunnels.some(({ slots }) => String(deal.a.site === resource.name ? slots.a : slots.b) === path[1]))
  // Two prefix lengths can only differ where both ends state one.
  return what.endsWith('/29') && plan.sites.some((site) => site.cloud === 'azure' || site.cloud === 'ibm')
}

function usesOneOf(plan: Plan, before: unknown, after: unknown): boolean {
  const used = new Set(plan.deals.flatMap((deal) => deal.tunnels.flatMap(({ inside }) => [inside.a.toString(), inside.b.toString()])))
  const inUse = (value: unknown): Set<string> => new Set((Array.isArray(value) ? value.map(String) : []).filter((address) => used.has(address)))
  return !isDeepStrictEqual(inUse(before), inUse(after))
}
