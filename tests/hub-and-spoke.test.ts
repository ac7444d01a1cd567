import { planOrder, type Finding, type Plan } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { cloudNames, siteOfEachCloud } from './cloud-pairs.ts'
import { proofOf, providers } from './orders.ts'

/** Clouds whose gateway passes on what it learns. */
const able = ['aws', 'azure']

function starOf(hub: string, routing?: string): Plan & { readonly transit: readonly Finding[] } {
  const plan = planOrder({ name: 'star', sites: siteOfEachCloud(), topology: { hub }, ...(routing === undefined ? {} : { defaults: { routing } }) }, { providers })
  if (!plan.ok) throw new Error(plan.findings.map(({ title }) => title).join('\n'))
  return { ...plan, transit: plan.findings.filter(({ code }) => code === 'TRANSIT_NOT_AVAILABLE') }
}

/** Networks that each spoke is told to reach through the hub, by spoke. */
function reached(plan: Plan, hub: string): Record<string, string[]> {
  return Object.fromEntries(plan.deals.map(({ a, b }) => (a.site === hub ? [b.site, a.prefixes.map(String).sort()] : [a.site, b.prefixes.map(String).sort()])))
}

const networks = Object.fromEntries(Object.entries(siteOfEachCloud()).map(([name, { cidr }]) => [name, cidr]))

describe.each(cloudNames)('a hub in %s', (hub) => {
  const plan = starOf(hub)

  it('agrees with all five spokes', () => {
    expect(proofOf(plan).findings).toEqual([])
    expect(plan.deals).toHaveLength(5)
  })

  it(`${able.includes(hub) ? 'lets every spoke reach all others' : 'keeps spokes apart, and the finding has a way out'}`, () => {
    const spokes = cloudNames.filter((name) => name !== hub)
    const networksOf = (spoke: string): unknown => (able.includes(hub) ? cloudNames.filter((name) => name !== spoke) : [hub]).map((name) => networks[name]).sort()
    expect(reached(plan, hub)).toEqual(Object.fromEntries(spokes.map((spoke) => [spoke, networksOf(spoke)])))
    expect(plan.transit.map(({ hint }) => hint)).toEqual(able.includes(hub) ? [] : [expect.stringMatching(/^make aws or azure the hub, or use topology: full-mesh, or attach /)])
    expect(plan.sites.find(({ name }) => name === hub)?.reasons.filter(({ about }) => about === 'transit')).toMatchObject([{ chosen: able.includes(hub) ? 'its spokes reach each other' : 'its spokes do not reach each other' }])
  })

  it.each(cloudNames.filter((name) => name !== hub))('agrees with %s over static routes too', (spoke) => {
    const mixed = planOrder({ name: 'star', sites: siteOfEachCloud(), topology: { hub }, links: { [[hub, spoke].sort().join('--')]: { routing: 'static' } } }, { providers })
    expect(mixed.findings.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(mixed.ok && proofOf(mixed).findings).toEqual([])
  })

  it('keeps spokes apart where all routes are static', () => {
    expect(starOf(hub, 'static').transit).toHaveLength(1)
  })
})
