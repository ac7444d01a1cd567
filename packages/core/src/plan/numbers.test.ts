import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clouds, cloudOf, orderOf, shapes } from './acme.fixture.ts'
import type { Agreed } from './deal.ts'
import { linkName } from './topology.ts'
import { planOrder, type Plan } from './plan.ts'

const names = ['ash', 'birch', 'cedar', 'elm', 'fir', 'hazel', 'oak', 'pine']

interface Drawn {
  readonly sites: Readonly<Record<string, string>>
  readonly links: readonly (readonly [string, string])[]
}

/** Some sites of any shape and some links between them, without two fresh ones in one link. */
const drawn: fc.Arbitrary<Drawn> = fc
  .record({
    kinds: fc.array(fc.constantFrom(...shapes), { minLength: names.length, maxLength: names.length }),
    count: fc.integer({ min: 3, max: names.length }),
    chosen: fc.array(fc.boolean(), { minLength: 28, maxLength: 28 }),
  })
  .map(({ kinds, count, chosen }) => {
    const used = names.slice(0, count)
    const sites = Object.fromEntries(used.map((name, index) => [name, cloudOf(kinds[index] ?? 'single')]))
    const all = used.flatMap((a, index) => used.slice(index + 1).map((b) => [a, b] as const)).filter(([a, b]) => sites[a] !== 'fresh' || sites[b] !== 'fresh')
    return { sites, links: all.filter((_, index) => chosen[index % chosen.length]) }
  })
  .filter(({ links }) => links.length > 1)

function planned(order: unknown, agreed?: Agreed): Plan {
  const plan = planOrder(order, { providers: clouds, ...(agreed ? { agreed } : {}) })
  if (!plan.ok) throw new Error(plan.findings.map((item) => `${item.code} ${item.title}`).join('\n'))
  return plan
}

function orderFor({ sites, links }: Drawn): Record<string, unknown> {
  return orderOf(sites, { topology: { links } })
}

describe('numbers that were agreed', () => {
  it('stay when links are added', () => {
    fc.assert(
      fc.property(drawn, fc.nat(), (all, seed) => {
        const before = planned(orderFor({ ...all, links: all.links.filter((_, index) => index !== seed % all.links.length) }))
        const after = planned(orderFor(all), before.agreed)
        expect(after.agreed.asns).toEqual(before.agreed.asns)
        expect(after.agreed.inside).toMatchObject(before.agreed.inside)
      }),
      { numRuns: 60 },
    )
  })

  it('stay when sites and their links go', () => {
    fc.assert(
      fc.property(drawn, fc.nat(), (all, seed) => {
        const before = planned(orderFor(all))
        const leaving = Object.keys(all.sites)[seed % Object.keys(all.sites).length]
        const links = all.links.filter((pair) => !pair.some((name) => name === leaving))
        fc.pre(links.length > 0)
        // Networks keep their blocks: orderOf gives them out by position.
        const order = orderOf(all.sites, { topology: { links } })
        const kept = Object.fromEntries(Object.entries(Object(order['sites'])).filter(([name]) => name !== leaving))
        const after = planned({ ...order, sites: kept }, before.agreed)
        for (const [name, asn] of Object.entries(after.agreed.asns)) expect(asn).toBe(before.agreed.asns[name])
        for (const [link, blocks] of Object.entries(after.agreed.inside)) expect(blocks).toEqual(before.agreed.inside[link])
      }),
      { numRuns: 60 },
    )
  })

  it('never meet: no gateway uses an inside block twice, no two sites share a number', () => {
    fc.assert(
      fc.property(drawn, (all) => {
        const plan = planned(orderFor(all))
        expect(new Set(Object.values(plan.agreed.asns)).size).toBe(Object.keys(all.sites).length)
        for (const site of Object.keys(all.sites)) {
          const blocks = plan.deals.filter((deal) => deal.a.site === site || deal.b.site === site).flatMap((deal) => deal.tunnels.map((tunnel) => tunnel.inside.cidr.toString()))
          expect(new Set(blocks).size).toBe(blocks.length)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('give way when the order asks for something else', () => {
    const sites = { north: 'interfaces', south: 'interfaces' }
    const before = planned(orderOf(sites))
    const after = planned(orderOf(sites, { links: { 'north--south': { insideCidrs: { '00': '169.254.100.0/30' } } } }), before.agreed)
    expect(after.agreed.inside['north--south']).toEqual({ ...before.agreed.inside['north--south'], '00': '169.254.100.0/30' })
  })
})

describe('inside blocks set by hand', () => {
  const sites = { north: 'interfaces', south: 'interfaces', west: 'interfaces' }
  const order = (insideCidrs: Readonly<Record<string, string>>, link = linkName('north', 'south')) => orderOf(sites, { links: { [link]: { insideCidrs } } })

  it('are used, and explained as such', () => {
    const plan = planned(order({ '11': '169.254.200.4/30' }))
    const tunnel = plan.deals[0]?.tunnels.find(({ id }) => id === '11')
    expect(tunnel?.inside.cidr.toString()).toBe('169.254.200.4/30')
    expect(plan.deals[0]?.reasons.find(({ about }) => about === 'inside')?.because).toContain('set by the order')
  })

  it.each([
    ['that is no block', '169.254.1/30', 'CIDR_INVALID'],
    ['with host bits', '169.254.100.1/30', 'CIDR_HOST_BITS'],
    ['outside the ranges of an end', '192.0.2.0/30', 'INSIDE_CIDR_RANGE'],
    ['that is too large', '169.254.100.0/29', 'INSIDE_CIDR_RANGE'],
    ['where instances find their metadata', '169.254.169.252/30', 'INSIDE_CIDR_RESERVED'],
  ])('%s are a finding at their place', (_, text, code) => {
    const plan = planOrder(order({ '00': text }), { providers: clouds })
    expect(plan.findings).toContainEqual(expect.objectContaining({ code, path: 'links.north--south.insideCidrs.00' }))
    expect(plan.ok).toBe(false)
  })

  it('clash when one gateway has the block already', () => {
    const twice = orderOf(sites, { links: { 'north--south': { insideCidrs: { '00': '169.254.100.0/30' } }, 'north--west': { insideCidrs: { '01': '169.254.100.0/30' } } } })
    expect(planOrder(twice, { providers: clouds }).findings.map(({ code }) => code)).toEqual(['INSIDE_CIDR_CLASH'])
  })

  it('name a tunnel that the link does not have', () => {
    expect(planOrder(order({ '77': '169.254.100.0/30' }), { providers: clouds }).findings).toMatchObject([{ code: 'ORDER_UNKNOWN_FIELD', path: 'links.north--south.insideCidrs.77', hint: expect.stringContaining('00, 01, 10, 11') }])
  })
})
