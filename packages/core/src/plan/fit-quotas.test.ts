import { describe, expect, it } from 'vitest'
import type { Offer } from '../provider/offer.ts'
import { acme, clouds, orderOf } from './acme.fixture.ts'
import type { Agreed } from './deal.ts'
import { planOrder, type Plan, type Refused } from './plan.ts'

/** An active-active hub with two spokes whose addresses are fresh: each takes four connections of it where it may. */
function planned(quotas: Offer['quotas'], limits?: Readonly<Record<string, number>>, spokes = ['east', 'west'], agreed?: Agreed): Plan | Refused {
  const hub = acme({ id: 'tight', shape: 'active-active', quotas, transit: true })
  const order = orderOf({ hub: 'tight', ...Object.fromEntries(spokes.map((spoke) => [spoke, 'fresh'])) }, { topology: { hub: 'hub' } })
  const sites = { ...Object(order['sites']), hub: { cloud: 'tight', region: 'north-1', cidr: '10.9.0.0/16', ...(limits ? { limits } : {}) } }
  return planOrder({ ...order, sites }, { providers: [...clouds, hub], ...(agreed ? { agreed } : {}) })
}

const tunnels = (plan: Plan | Refused): unknown => (plan.ok ? plan.deals.map((deal) => deal.tunnels.length) : plan.findings)
const connections = (limit: number): Offer['quotas'] => ({ connections: { limit, adjustable: true } })

describe('links that ask too much of a gateway together', () => {
  it.each([
    [8, [4, 4]],
    [7, [3, 4]],
    [6, [3, 3]],
    [5, [2, 3]],
    [4, [2, 2]],
  ])('with a quota of %i become as much smaller as they must, the largest first', (limit, expected) => {
    const plan = planned(connections(limit))
    expect(tunnels(plan)).toEqual(expected)
    expect(plan.findings).toEqual([])
  })

  it('are as large as the account allows, where the order says so', () => {
    expect(tunnels(planned(connections(4), { connections: 8 }))).toEqual([4, 4])
  })

  it('say how much smaller and because of which quota', () => {
    const plan = planned(connections(4))
    const reasons = plan.ok ? plan.deals.flatMap((deal) => deal.reasons.filter(({ about }) => about === 'wiring')) : []
    expect(reasons).toHaveLength(2)
    for (const { because } of reasons) expect(because).toMatch(/^2 of 4 tunnels because the gateway of hub has a quota of 4 connections; both ends survive/)
  })

  it('fit a quota of tunnels in the same way', () => {
    expect(tunnels(planned({ tunnels: { limit: 5, adjustable: false } }))).toEqual([2, 3])
  })

  it('are refused rather than made less redundant, with what to raise to', () => {
    expect(tunnels(planned(connections(3)))).toMatchObject([{ code: 'QUOTA_CONNECTIONS', path: 'sites.hub', hint: expect.stringContaining('raised to 4 and write limits: { connections: 4 }'), facts: { needed: 4, limit: 3, byLink: { 'east--hub': 2, 'hub--west': 2 } } }])
  })

  it('become smaller when they are new, and leave alone those that are there', () => {
    const first = planned(connections(6), undefined, ['west'])
    const second = planned(connections(6), undefined, ['east', 'west'], first.ok ? first.agreed : undefined)
    expect(tunnels(first)).toEqual([4])
    expect(tunnels(second)).toEqual([2, 4])
    expect(second.ok && second.agreed.fitted).toEqual({ 'east--hub': { routing: 'bgp', a: expect.any(Number), b: 2, tunnels: 2 } })
  })

  it('stay as small as they were made when there is room again', () => {
    const both = planned(connections(4))
    const one = planned(connections(4), undefined, ['west'], both.ok ? both.agreed : undefined)
    expect(tunnels(one)).toEqual([2])
    expect(one.ok && one.deals[0]?.reasons.find(({ about }) => about === 'wiring')?.because).toMatch(/^2 of 4 tunnels because it was made with so many/)
  })
})
