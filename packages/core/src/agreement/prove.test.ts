import { describe, expect, it } from 'vitest'
import { clouds, orderOf } from '../plan/acme.fixture.ts'
import { planOrder, type Plan } from '../plan/plan.ts'
import type { ResourceView } from './end-view.ts'
import { proveAgreement } from './prove.ts'
import { viewsOfFragments } from './read-json.ts'
import { crowded } from './spread.ts'

const planned = planOrder(orderOf({ east: 'interfaces', north: 'fresh', south: 'activeactive' }), { providers: clouds })
if (!planned.ok) throw new Error('the order is fine')
const plan: Plan = planned
const views = viewsOfFragments(plan.fragments)

const prove = (resources: readonly ResourceView[], links?: readonly string[]) => proveAgreement(resources, plan, clouds, links)
const changed = (name: string, values: Readonly<Record<string, unknown>>): ResourceView[] => views.map((view) => (view.name === name ? { ...view, values: { ...view.values, ...values } } : view))

describe('the proof', () => {
  it('names every tunnel with its two sites, the one that sorts first in front', () => {
    const { tunnels, findings } = prove(views)
    expect(findings).toEqual([])
    expect(tunnels.map(({ link, sites }) => `${link} ${sites.join(' ')}`).sort()).toEqual([
      ...Array.from({ length: 4 }, () => 'east--north east north'), ...Array.from({ length: 2 }, () => 'east--south east south'), ...Array.from({ length: 4 }, () => 'north--south north south'),
    ])
    for (const { sites, ends } of tunnels) expect(ends.map((end) => end.connection.split('.')[1]?.split('--')[0])).toEqual(sites)
  })

  it('can be of some links only', () => {
    expect(prove(views, ['east--south']).tunnels).toHaveLength(2)
    const others = views.filter(({ name }) => !name.startsWith('east--north') && !name.startsWith('north--east'))
    expect(prove(others, ['east--south']).findings).toEqual([])
  })

  it('names field, both values and both resources where two ends differ', () => {
    const { findings, tunnels } = prove(changed('east--south--00', { peer_asn: 64_999 }))
    expect(tunnels).toHaveLength(9)
    expect(findings).toMatchObject([
      { code: 'END_MISMATCH', severity: 'error', path: 'links.east--south', facts: { field: 'asn', a: { resource: expect.any(String) }, b: { resource: expect.any(String) } } },
    ])
    expect(findings[0]?.title).toContain('64999 at interfaces_connection.east--south--00')
    expect(findings[0]?.title).toContain('activeactive_gateway.south')
  })

  it('misses an end that is not there, at the one that is and in the count', () => {
    const { findings } = prove(views.filter(({ name }) => name !== 'east--south--11'))
    expect(findings.map(({ code, path }) => [code, path])).toEqual([['END_MISSING', 'links.east--south'], ['END_MISSING', 'links.east--south']])
    expect(findings[0]?.title).toContain('activeactive_connection.south--east--1')
    expect(findings[1]?.facts).toEqual({ wanted: 2, found: 1 })
  })

  it('misses an address that the tunnels of a link were to use, although all of them come up', () => {
    const two = plan.deals.find(({ link }) => link === 'east--south')
    const tunnels = prove(views, ['east--south']).tunnels
    const [first] = tunnels
    if (!two || !first) throw new Error('no such link')
    expect(crowded(two, tunnels)).toEqual([])
    expect(crowded(two, tunnels.map(() => first))).toMatchObject([
      { code: 'END_MISSING', path: 'links.east--south', facts: { site: 'east', wanted: 2, found: 1 } }, { code: 'END_MISSING', facts: { site: 'south', wanted: 2, found: 1 } },
    ])
    expect(crowded(two, tunnels.slice(1))).toEqual([])
  })

  it('wonders about a tunnel that nobody ordered', () => {
    const extra = views.filter(({ name }) => ['east--south--00', 'south--east--0'].includes(name)).map((view): ResourceView => {
      const other = (tunnel: unknown): unknown => ({ ...Object(tunnel), key: 'else', peer_address: view.name.startsWith('east') ? '192.0.2.1' : '192.0.2.2', local_slot: view.name.startsWith('east') ? 2 : 1 })
      const tunnels: unknown = view.values['tunnel']
      return { ...view, name: `x-${view.name}`, address: `${view.type}.x-${view.name}`, values: { ...view.values, tunnel: Array.isArray(tunnels) ? tunnels.slice(0, 1).map(other) : [] } }
    })
    const gateways = views.map((view) => (view.type.endsWith('_gateway') ? { ...view, values: { ...view.values, addresses: [`${view.name}-0`, view.name === 'south' ? '192.0.2.1' : `${view.name}-1`, '192.0.2.2'] } } : view))
    const { findings } = prove([...gateways, ...extra])
    expect(findings.filter(({ code }) => code === 'END_UNEXPECTED').map(({ title }) => title)).toContainEqual(expect.stringContaining('x-'))
  })

  it('wonders about more tunnels than a link has in its deal', () => {
    const fewer = { ...plan, deals: plan.deals.map((deal) => (deal.link === 'east--south' ? { ...deal, tunnels: deal.tunnels.slice(1) } : deal)) }
    expect(proveAgreement(views, fewer, clouds).findings).toMatchObject([{ code: 'END_UNEXPECTED', path: 'links.east--south', facts: { wanted: 1, found: 2 } }])
  })

  it('never shows a key', () => {
    const { findings } = prove(changed('east--south--00', { tunnel: [{ ...Object(Object(views.find(({ name }) => name === 'east--south--00')?.values['tunnel'])[0]), key: 'hunter2hunter2' }] }))
    expect(findings).toMatchObject([{ facts: { field: 'key' } }])
    expect(JSON.stringify(findings)).not.toContain('hunter2')
  })
})
