import { isDeepStrictEqual } from 'node:util'
import { isToken, proveAgreement, type Finding, type Plan, type ResourceView } from '@isthmus/core'
import { afterAll, describe, expect, it } from 'vitest'
import { planned, providers, renderedViews, sites, type SiteName } from '../orders.ts'
import { networkTypes, verdictOn, type Setting, type Shared } from './arguments.ts'
import { changesOf, wordsOf } from './changes.ts'
import { argumentsOf, neighbours, tokensIn, withChange, type Argument } from './stack.ts'

interface Mutant {
  readonly name: string
  readonly argument: Argument
  readonly value: unknown
  readonly shared: Shared
}

interface Case {
  readonly pair: readonly [SiteName, SiteName]
  readonly routing: 'bgp' | 'static'
  readonly security: 'strong' | 'baseline'
  readonly initiator?: SiteName
}

const pairs: readonly (readonly [SiteName, SiteName])[] = [['aws', 'azure'], ['aws', 'gcp'], ['azure', 'gcp'], ['tgw', 'azure'], ['tgw', 'gcp']]

const cases: readonly Case[] = [
  ...pairs.flatMap((pair) => (['bgp', 'static'] as const).flatMap((routing) => (['strong', 'baseline'] as const).map((security) => ({ pair, routing, security })))),
  ...(['aws', 'azure'] as const).flatMap((initiator) => (['bgp', 'static'] as const).map((routing) => ({ pair: ['aws', 'azure'] as const, routing, security: 'strong' as const, initiator }))),
]

function planOf({ pair: [a, b], routing, security, initiator }: Case): Plan {
  return planned({ name: 'mutants', security, defaults: { routing }, ...(initiator ? { links: { [[a, b].sort().join('--')]: { initiator } } } : {}), sites: { [a]: sites[a], [b]: sites[b] } })
}

function settingOf({ pair: [a, b], routing, initiator }: Case, resources: readonly ResourceView[]): Setting {
  return { resources, routing, clouds: [sites[a].cloud, sites[b].cloud].sort(), bothInitiate: initiator === undefined }
}

/** Arguments of the link and gateway resources, and the blocks that networks state. */
function walked(plan: Plan, views: readonly ResourceView[]): Argument[] {
  const made = plan.fragments.filter((fragment) => !fragment.id.startsWith('network/')).flatMap((fragment) => fragment.resources.map((resource) => `${resource.type}.${resource.name}`))
  const wanted = new Set(made)
  return views.filter((view) => wanted.has(view.address) || networkTypes.includes(view.type)).flatMap(argumentsOf)
}

function cloudOf({ type }: ResourceView): string {
  return type.startsWith('aws_') ? 'aws' : type.startsWith('azurerm_') ? 'azure' : 'gcp'
}

/** Mutants of one stack; arguments that concern one end only have none. */
function mutantsOf(plan: Plan, views: readonly ResourceView[], setting: Setting): Mutant[] {
  const tokens = [...new Set(views.flatMap((view) => tokensIn(view.values)))]
  return walked(plan, views).flatMap((argument) => {
    const verdict = verdictOn(argument, setting)
    if (!('fields' in verdict)) return []
    return changesOf(argument.value, { tokens, words: wordsOf(cloudOf(argument.resource), argument.path.join('.')) })
      .filter((change) => !changesNothing(verdict, argument, change.what, change.value, plan))
      .map((change) => ({ name: `${argument.resource.address}.${argument.path.join('.')} ${change.what}`, argument, value: change.value, shared: verdict }))
  })
}

/** Changes after which both ends still agree. */
function changesNothing({ assumed, mayOfferMore }: Shared, { resource, path, value }: Argument, what: string, changed: unknown, plan: Plan): boolean {
  if (what === 'removed' && isDeepStrictEqual(value, assumed)) return true
  if (mayOfferMore && what.startsWith('also ')) return true
  // Inside addresses that a gateway keeps in store and no tunnel uses yet.
  if (path.at(-1) === 'apipa_addresses') return !usesOneOf(plan, value, changed)
  if (path[0] === 'ip_configuration') return !plan.deals.some((deal) => deal.tunnels.some(({ slots }) => String(deal.a.site === 'azure' ? slots.a : slots.b) === path[1]))
  // An idle leg of an active-active gateway comes up as well where the peer is told its address instead.
  if (resource.type === 'aws_customer_gateway' && path[0] === 'ip_address' && plan.deals.some((deal) => deal.routing === 'static')) return String(JSON.stringify(changed)).includes('azurerm_public_ip')
  // Two prefix lengths can only differ where both ends state one.
  return what.endsWith('/29') && plan.sites.some((site) => site.cloud === 'azure')
}

function usesOneOf(plan: Plan, before: unknown, after: unknown): boolean {
  const used = new Set(plan.deals.flatMap((deal) => deal.tunnels.flatMap(({ inside }) => [inside.a.toString(), inside.b.toString()])))
  const inUse = (value: unknown): Set<string> => new Set((Array.isArray(value) ? value.map(String) : []).filter((address) => used.has(address)))
  return !isDeepStrictEqual(inUse(before), inUse(after))
}

/** True when an error finding names the field and the resource. */
function isNamed(findings: readonly Finding[], { argument, value, shared }: Mutant, views: readonly ResourceView[]): boolean {
  const { address } = argument.resource
  const near = [...(shared.indirect ? neighbours(views, address) : []), ...twins(views, argument, value), address]
  return findings.some(({ severity, title, code, facts }) => {
    const field: unknown = facts?.['field']
    const rightField = shared.indirect ? code !== 'END_MISMATCH' || shared.fields.some((item) => item === field) : shared.fields.some((item) => item === field)
    return severity === 'error' && rightField && near.some((name) => title.includes(name))
  })
}

/** Resources that have stated since ever what the mutant now states too: of two that claim one peer, either may be called wrong. */
function twins(views: readonly ResourceView[], { resource, path }: Argument, value: unknown): string[] {
  const [name, ...rest] = path
  if (name === undefined || rest.length > 0 || !isToken(value)) return []
  return views.filter((view) => view.type === resource.type && isDeepStrictEqual(view.values[name], value)).map((view) => view.address)
}

let count = 0
const survivors: string[] = []

describe('the proof names every argument in which two ends can disagree', () => {
  it.each(cases)('$pair.0 and $pair.1, $routing, $security, started by $initiator', (item) => {
    const plan = planOf(item)
    const views = renderedViews(plan)
    expect(proveAgreement(views, plan, providers).findings).toEqual([])
    const mutants = mutantsOf(plan, views, settingOf(item, views))
    expect(mutants.length).toBeGreaterThan(50)
    const survived = mutants.filter((mutant) => {
      const { findings } = proveAgreement(withChange(views, mutant.argument, mutant.value), plan, providers)
      return !isNamed(findings, mutant, views)
    })
    count += mutants.length
    survivors.push(...survived.map(({ name }) => name))
    expect(survived.map(({ name }) => name)).toEqual([])
  })

  afterAll(() => {
    process.stdout.write(`${count} mutants, ${survivors.length} survived\n`)
  })
})
