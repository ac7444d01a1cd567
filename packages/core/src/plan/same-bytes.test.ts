import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeStacks } from '../stack/compose.ts'
import { clouds } from './acme.fixture.ts'
import { planOrder } from './plan.ts'

const order = {
  name: 'mesh',
  security: 'custom',
  suite: { phase1: { encryption: ['aes-256-gcm-16', 'aes-256-cbc'], integrity: 'sha2-256', dhGroup: [20, 14] }, phase2: { encryption: 'aes-256-cbc', pfs: [20, 14] } },
  defaults: { lifetimes: { phase1: 14_400, phase2: 1800 }, dpdTimeout: 30 },
  links: {
    'ash--birch': { insideCidrs: { '00': '169.254.100.0/30', 10: '169.254.100.4/30' }, keyVersion: 3 },
    'birch--cedar': { routing: 'static', initiator: 'cedar' },
  },
  sites: {
    birch: { cloud: 'interfaces', region: 'north-1', cidr: '10.1.0.0/16', size: 'large', subnets: [{ name: 'b', cidr: '10.1.4.0/24', zone: 'north-1a' }, { name: 'a', cidr: '10.1.1.0/24', zone: 'north-1b' }] },
    ash: { cloud: 'fresh', region: 'north-2', cidr: '10.0.0.0/16', limits: { tunnels: 20, connections: 10 } },
    elm: { cloud: 'asnonce', region: 'north-1', cidrs: ['10.3.0.0/16', '10.2.0.0/16'], asn: 65_009 },
    cedar: { cloud: 'activeactive', region: 'north-1', cidr: '10.4.0.0/16' },
    fir: { cloud: 'pairs', region: 'north-1', cidr: '10.5.0.0/16' },
  },
}

function bytes(input: unknown, providers = clouds): string {
  const plan = planOrder(input, { providers })
  if (!plan.ok) throw new Error(plan.findings.map((item) => `${item.code} ${item.title}`).join('\n'))
  const stacks = (['parts', 'whole'] as const).flatMap((cut) => composeStacks(plan.name, plan.fragments, cut))
  return JSON.stringify([stacks, plan.keys, plan.agreed, plan.findings])
}

/** The same value with the keys of every object in another order, which `ranks` decides. */
function shuffled(value: unknown, ranks: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, ranks))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, item]) => ({ rank: ranks(), entry: [key, shuffled(item, ranks)] as const }))
  return Object.fromEntries(entries.sort((a, b) => a.rank - b.rank).map(({ entry }) => entry))
}

describe('the stacks of an order', () => {
  const expected = bytes(order)

  it('are the same bytes whatever the order of its keys', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.double({ noNaN: true })), (stream) => {
        const other = shuffled(order, () => stream.next().value)
        expect(bytes(other)).toBe(expected)
      }),
      { numRuns: 40 },
    )
  })

  it('are the same bytes whatever the order in which providers are loaded', () => {
    expect(bytes(order, [...clouds].reverse())).toBe(expected)
  })

  it('are the same bytes when the plan is made again from its own numbers', () => {
    const first = planOrder(order, { providers: clouds })
    const again = planOrder(order, { providers: clouds, ...(first.ok ? { agreed: first.agreed } : {}) })
    expect(first.ok && again.ok && JSON.stringify(again.fragments)).toBe(first.ok && JSON.stringify(first.fragments))
  })

  it('name everything by stable names: a site in front changes no other resource', () => {
    const more = { ...order, sites: { ...order.sites, aspen: { cloud: 'single', region: 'north-1', cidr: '10.9.0.0/16' } } }
    const before = planOrder(order, { providers: clouds })
    const after = planOrder(more, { providers: clouds, ...(before.ok ? { agreed: before.agreed } : {}) })
    const texts = (plan: typeof before): Map<string, string> => new Map(plan.ok ? composeStacks('mesh', plan.fragments, 'parts').map((stack) => [stack.name, stack.text]) : [])
    const [old, now] = [texts(before), texts(after)]
    expect(now.size).toBe(old.size + 2 + 5)
    for (const [name, text] of old) expect(now.get(name)).toBe(text)
  })
})
