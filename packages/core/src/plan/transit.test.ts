import { describe, expect, it } from 'vitest'
import { proveAgreement, viewsOfFragments } from '../agreement/index.ts'
import { fact } from '../network/network-facts.fixture.ts'
import type { AnyProvider } from '../provider/provider.ts'
import { acme, clouds, orderOf } from './acme.fixture.ts'
import { planOrder, type Plan } from './plan.ts'

const hubFacts = (transit: boolean, staticTransit = false): readonly AnyProvider[] => [
  ...clouds,
  { ...acme({ id: 'center', shape: 'interfaces' }), hub: { transit: fact(transit), staticTransit: fact(staticTransit), instead: 'attach its tunnels to a router of that cloud' } },
]

/** A hub whose spokes are routed to as given. */
const star = (modes: Readonly<Record<string, string>>): unknown => orderOf({ hub: 'center', ...Object.fromEntries(Object.keys(modes).map((name) => [name, 'interfaces'])) }, {
  topology: { hub: 'hub' },
  links: Object.fromEntries(Object.entries(modes).map(([name, routing]) => [[name, 'hub'].sort().join('--'), { routing }])),
})

function planned(modes: Readonly<Record<string, string>>, providers: readonly AnyProvider[]): Plan {
  const plan = planOrder(star(modes), { providers })
  if (!plan.ok) throw new Error(plan.findings.map(({ title }) => title).join('\n'))
  return plan
}

/** What each spoke routes towards the hub, by its name. */
const towardsHub = (plan: Plan): unknown => Object.fromEntries(plan.deals.map(({ a, b }) => (a.site === 'hub' ? [b.site, a.prefixes.map(String)] : [a.site, b.prefixes.map(String)])))

const whyHub = (plan: Plan): unknown => plan.sites.find(({ name }) => name === 'hub')?.reasons.find(({ about }) => about === 'transit')

describe('a hub that passes routes on', () => {
  it('stands for the other spokes too, and the hub says so', () => {
    const plan = planned({ east: 'bgp', west: 'bgp' }, hubFacts(true))
    expect(towardsHub(plan)).toEqual({ east: ['10.0.0.0/16', '10.2.0.0/16'], west: ['10.0.0.0/16', '10.1.0.0/16'] })
    expect(plan.findings).toEqual([])
    expect(whyHub(plan)).toMatchObject({ chosen: 'its spokes reach each other' })
  })

  it('tells its BGP peers of a static spoke where its facts say so, and the spoke of them', () => {
    const plan = planned({ east: 'bgp', west: 'static' }, hubFacts(true, true))
    expect(towardsHub(plan)).toEqual({ east: ['10.0.0.0/16', '10.2.0.0/16'], west: ['10.0.0.0/16', '10.1.0.0/16'] })
    expect(plan.findings).toEqual([])
  })

  it.each([
    ['a static spoke beside one with BGP, where the facts do not say so', { east: 'bgp', west: 'static' }, hubFacts(true), [['east', 'west']]],
    ['two static spokes', { east: 'static', north: 'bgp', west: 'static' }, hubFacts(true, true), [['east', 'west']]],
  ] as const)('does not for %s, which is warned of', (_, modes, providers, apart) => {
    const plan = planned(modes, providers)
    expect(plan.findings).toMatchObject([{ code: 'TRANSIT_NOT_AVAILABLE', severity: 'warning', path: 'topology.hub', facts: { apart }, hint: expect.stringContaining('routing: bgp on the links of') }])
    expect(towardsHub(plan)).toMatchObject('north' in modes ? { east: ['10.0.0.0/16', '10.2.0.0/16'], north: ['10.0.0.0/16', '10.1.0.0/16', '10.3.0.0/16'] } : { east: ['10.0.0.0/16'], west: ['10.0.0.0/16'] })
  })
})

describe('a hub that does not pass routes on', () => {
  it('is warned of, with the sites that could be the hub and all other ways', () => {
    const plan = planned({ east: 'bgp', west: 'bgp' }, hubFacts(false))
    expect(plan.findings).toMatchObject([{ code: 'TRANSIT_NOT_AVAILABLE', path: 'topology.hub', hint: 'use topology: full-mesh, or attach its tunnels to a router of that cloud, if spokes are to reach each other.' }])
    expect(towardsHub(plan)).toEqual({ east: ['10.0.0.0/16'], west: ['10.0.0.0/16'] })
    expect(whyHub(plan)).toMatchObject({ chosen: 'its spokes do not reach each other' })
  })

  it('is no matter where there is one spoke', () => {
    expect(planned({ east: 'bgp' }, hubFacts(false)).findings).toEqual([])
  })
})

describe('the proof', () => {
  const plan = planned({ east: 'bgp', west: 'static' }, hubFacts(true, true))
  const views = viewsOfFragments(plan.fragments)
  const routesOf = (routes: readonly string[]): typeof views => views.map((view) => (view.name.startsWith('west--hub') ? { ...view, values: { ...view.values, routes } } : view))

  it('accepts that a static spoke routes the networks of the others to the hub', () => {
    expect(proveAgreement(views, plan, hubFacts(true, true)).findings).toEqual([])
  })

  it.each([
    ['that misses one of them', ['10.0.0.0/16']],
    ['with one too many', ['10.0.0.0/16', '10.1.0.0/16', '10.9.0.0/16']],
  ])('refuses one %s', (_, routes) => {
    expect(proveAgreement(routesOf(routes), plan, hubFacts(true, true)).findings.map(({ code }) => code)).toContain('END_MISMATCH')
  })
})
