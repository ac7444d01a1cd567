import { planOrder, type Plan, type ResourceView, type RoutingMode } from '@isthmus/core'
import { cloudNames, cloudSite, differentClouds } from '../cloud-pairs.ts'
import { providers } from '../orders.ts'
import type { Setting } from './rules.ts'

/** One stack whose arguments are changed. */
export interface Case {
  readonly name: string
  readonly plan: Plan
  /** Name of the only end that starts IKE; only what has to do with that is changed then. */
  readonly initiator?: string
}

interface Choice {
  readonly a: string
  readonly b: string
  readonly routing: RoutingMode
  readonly security: 'strong' | 'baseline'
}

const modes = ['bgp', 'static'] as const
const securities = ['strong', 'baseline'] as const

/** Pairs of clouds, those with a transit gateway at the end beside it, and two sites of one cloud. */
const pairs: readonly (readonly [string, string])[] = [
  ...differentClouds.map(({ a, b }) => [a, b] as const),
  ...cloudNames.filter((cloud) => cloud !== 'aws').map((cloud) => ['tgw', cloud].sort() as [string, string]),
  ...cloudNames.map((cloud) => [cloud, cloud] as const),
]

function siteOf(name: string, number: number, place: 'near' | 'far'): object {
  return name === 'tgw' ? { ...cloudSite('aws', number, place), gateway: 'tgw' } : cloudSite(name, number, place)
}

function casesOf({ a, b, routing, security }: Choice): Case[] {
  const [one, other] = a === b ? [`${a}-1`, `${b}-2`] as const : [a, b] as const
  const sites = { [one]: siteOf(a, 1, 'near'), [other]: siteOf(b, 2, a === b ? 'far' : 'near') }
  const planFor = (initiator?: string): Plan | undefined => {
    const plan = planOrder({ name: 'mutants', security, sites, defaults: { routing }, ...(initiator ? { links: { [`${one}--${other}`]: { initiator } } } : {}) }, { providers })
    return plan.ok ? plan : undefined
  }
  const name = `${one} and ${other}, ${routing}, ${security}`
  const free = planFor()
  if (!free) return []
  const startedByOne = security === 'strong' ? [one, other].flatMap((initiator) => {
    const plan = planFor(initiator)
    return plan ? [{ name: `${name}, started by ${initiator}`, plan, initiator }] : []
  }) : []
  return [{ name, plan: free }, ...startedByOne]
}

/** All stacks: every pair that can be planned, in every routing mode and with both kinds of suites. */
export const cases: readonly Case[] = pairs.flatMap(([a, b]) => modes.flatMap((routing) => securities.flatMap((security) => casesOf({ a, b, routing, security }))))

/** Whether a cloud can be told to leave the start to the other end. */
function canWait(cloud: string): boolean {
  return providers.some(({ id, facts }) => id === cloud && facts.initiation.value.canWait)
}

/** What the rules have to know of a stack. */
export function settingOf({ plan, initiator }: Case, resources: readonly ResourceView[]): Setting {
  return {
    resources,
    routing: plan.deals[0]?.routing ?? 'static',
    clouds: plan.sites.map(({ cloud }) => cloud).sort(),
    isStartedWithout: (name) => initiator === undefined || !name.startsWith(`${initiator}--`) || plan.sites.some((site) => site.name !== initiator && !canWait(site.cloud)),
    inside: new Set(plan.deals.flatMap((deal) => deal.tunnels.flatMap(({ inside }) => [inside.a.toString(), inside.b.toString()]))),
  }
}
