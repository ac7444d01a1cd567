import { describe, expect, it } from 'vitest'
import { acme, clouds, orderOf } from './acme.fixture.ts'
import { planOrder, type Plan } from './plan.ts'

const sites = { north: 'interfaces', south: 'activeactive' }

function planned(order: unknown, providers = clouds): Plan {
  const plan = planOrder(order, { providers })
  if (!plan.ok) throw new Error(plan.findings.map((item) => `${item.code} ${item.title}`).join('\n'))
  return plan
}

function reason(plan: Plan, about: string): { chosen: string; because: string } | undefined {
  return [...(plan.deals[0]?.reasons ?? []), ...plan.sites.flatMap((site) => site.reasons)].find((item) => item.about === about)
}

describe('a plan says why', () => {
  const plan = planned(orderOf(sites))

  it.each([
    'routing', 'wiring', 'phase1.encryption', 'phase1.prf', 'phase1.dhGroup', 'phase2.encryption', 'phase2.pfs',
    'phase1.lifetime', 'phase2.lifetime', 'dpd', 'initiation', 'inside',
  ])('every link has its %s', (about) => {
    expect(reason(plan, about)).toEqual({ about, chosen: expect.stringMatching(/./), because: expect.stringMatching(/./) })
  })

  it.each(['zones', 'subnet workload-a', 'subnet workload-b', 'asn'])('every site has its %s', (about) => {
    for (const site of plan.sites) expect(site.reasons.map((item) => item.about)).toContain(about)
    expect(reason(plan, about)).toMatchObject({ chosen: expect.stringMatching(/./), because: expect.stringMatching(/./) })
  })

  it('a gateway has a subnet of its own', () => {
    const needy = acme({ id: 'needy', shape: 'interfaces', network: { scope: 'region', gatewaySubnet: { name: 'GatewaySubnet', maxPrefix: 27 } } })
    const withNeedy = planned(orderOf({ north: 'needy', south: 'interfaces' }), [needy, ...clouds])
    expect(reason(withNeedy, 'subnet GatewaySubnet')?.because).toContain('subnet of its own')
  })

  it('which rule of which end shaped the wiring', () => {
    expect(reason(plan, 'wiring')?.because).toContain('south takes one tunnel per peer address')
  })

  it('a phase 1 without AEAD follows its integrity', () => {
    const suite = { phase1: { encryption: 'aes-256-cbc', integrity: 'sha2-256', dhGroup: 14 }, phase2: { encryption: 'aes-256-cbc', integrity: 'sha2-256', pfs: 14 } }
    const custom = planned(orderOf(sites, { security: 'custom', suite }))
    expect(reason(custom, 'phase1.integrity')?.chosen).toBe('sha2-256')
    expect(reason(custom, 'phase1.prf')).toMatchObject({ chosen: 'prf-sha2-256', because: 'follows phase1.integrity' })
    expect(reason(custom, 'phase2.integrity')?.chosen).toBe('sha2-256')
  })

  it('what was ruled out on the way, and by whom', () => {
    const plain = acme({ id: 'plain', shape: 'interfaces', ciphers: { phase1: { encryption: ['aes-256-cbc'] } } })
    expect(reason(planned(orderOf({ north: 'interfaces', south: 'plain' }), [...clouds, plain]), 'phase1.encryption')?.because).toContain('aes-256-gcm-16 by south')
  })
})

describe('what the order sets', () => {
  it('is marked as set by the order', () => {
    const order = orderOf(sites, { defaults: { routing: 'static', lifetimes: { phase1: 3600 } }, links: { 'north--south': { dpdTimeout: 20, initiator: 'south' } } })
    const plan = planned(order)
    expect(reason(plan, 'routing')?.because).toContain('set by the order')
    expect(reason(plan, 'phase1.lifetime')).toMatchObject({ chosen: '3600 s at north', because: 'set by the order' })
    expect(reason(plan, 'dpd')?.because).toContain('as the order says')
    expect(reason(plan, 'initiation')).toMatchObject({ chosen: 'south' })
  })

  it('beats the default of the order where a link says otherwise', () => {
    const plan = planned(orderOf(sites, { defaults: { routing: 'static' }, links: { 'north--south': { routing: 'bgp' } } }))
    expect(plan.deals[0]?.routing).toBe('bgp')
  })

  it('is used where both ends can, and warned of where one cannot', () => {
    const fixed = acme({ id: 'fixed', shape: 'interfaces', lifetimes: { phase1: 36_000, phase2: 10_800 }, dpd: 'fixed' })
    const plan = planned(orderOf({ north: 'fixed', south: 'interfaces' }, { defaults: { lifetimes: { phase1: 7200 }, dpdTimeout: 5 } }), [fixed, ...clouds])
    expect(plan.findings).toMatchObject([{ code: 'LIFETIME_UNSUPPORTED', severity: 'warning', path: 'links.north--south.lifetimes.phase1' }])
    expect(plan.deals[0]).toMatchObject({
      a: { lifetimes: { phase1: 36_000, phase2: 10_800 }, dpdTimeout: undefined },
      b: { lifetimes: { phase1: 7200, phase2: 3600 }, dpdTimeout: 10 },
    })
  })
})

describe('keys', () => {
  const order = (keyVersion: number) => orderOf(sites, { links: { 'north--south': { keyVersion } } })

  it('are the only thing that a new version changes', () => {
    const [one, two] = [planned(order(1)), planned(order(2))]
    const text = (plan: Plan): string => JSON.stringify([plan.deals, plan.fragments, plan.agreed])
    expect(text(two)).not.toBe(text(one))
    expect(text(two)).toBe(text(one).replaceAll('@v1', '@v2'))
    expect(two.keys.map((key) => key.name)).toEqual(one.keys.map((key) => key.name.replace('@v1', '@v2')))
  })

  it('are one per tunnel, or one per connection object of an end that has no more', () => {
    const plan = planned(orderOf({ north: 'activeactive', south: 'interfaces' }, { defaults: { routing: 'static' } }))
    expect(plan.deals[0]?.tunnels).toHaveLength(2)
    expect(plan.keys.map((key) => key.name)).toEqual(['north--south--00@v1'])
    expect(planned(orderOf({ north: 'interfaces', south: 'pairs' })).keys).toHaveLength(4)
  })
})
