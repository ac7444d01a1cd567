import { describe, expect, it } from 'vitest'
import { proveAgreement } from '../agreement/prove.ts'
import { viewsOfStack } from '../agreement/read-json.ts'
import type { AnyProvider } from '../provider/provider.ts'
import { gatewayExport } from '../provider/site.ts'
import { composeStacks } from '../stack/compose.ts'
import { acme, cloudOf, clouds, orderOf, shapes, type Shape } from './acme.fixture.ts'
import { planOrder, type Plan, type Refused } from './plan.ts'

const pairs = shapes.flatMap((a, index) => shapes.slice(index).map((b) => [a, b] as const)).filter(([a, b]) => a !== 'fresh' || b !== 'fresh')
/** One peer only at one end, two addresses at once at the other. */
const impossible = (a: Shape, b: Shape, routing: string): boolean => routing === 'static' && a === 'active-active' && b === 'pairs'
const cases = pairs.flatMap(([a, b]) => (['bgp', 'static'] as const).map((routing) => ({ a, b, routing }))).filter(({ a, b, routing }) => !impossible(a, b, routing))

function plan(a: Shape, b: Shape, more: Readonly<Record<string, unknown>> = {}): Plan | Refused {
  return planOrder(orderOf({ north: cloudOf(a), south: cloudOf(b) }, more), { providers: clouds })
}

function planned(a: Shape, b: Shape, more: Readonly<Record<string, unknown>> = {}): Plan {
  const result = plan(a, b, more)
  if (!result.ok) throw new Error(result.findings.map((item) => `${item.code} ${item.title}`).join('\n'))
  return result
}

describe('every pair of gateway shapes', () => {
  it.each(cases)('$a and $b, $routing: the rendered stack holds exactly the tunnels of the deal', ({ a, b, routing }) => {
    const result = planned(a, b, { defaults: { routing } })
    const [stack, ...others] = composeStacks('mesh', result.fragments, 'whole')
    expect(others).toEqual([])
    const proof = proveAgreement(viewsOfStack(stack?.text ?? ''), result, clouds)
    expect(proof.findings).toEqual([])
    expect(proof.tunnels).toHaveLength(result.deals[0]?.tunnels.length ?? -1)
    expect(proof.tunnels.map(({ link, sites }) => [link, ...sites])).toEqual(proof.tunnels.map(() => ['north--south', 'north', 'south']))
  })

  it.each(cases)('$a and $b, $routing: networks come before gateways and these before the link', ({ a, b, routing }) => {
    const stacks = composeStacks('mesh', planned(a, b, { defaults: { routing } }).fragments, 'parts')
    expect(stacks.map(({ name, after }) => [name, after])).toEqual([
      ['gateway-north', ['network-north']],
      ['gateway-south', ['network-south']],
      ['link-north--south', ['gateway-north', 'gateway-south']],
      ['network-north', []],
      ['network-south', []],
    ])
  })

  it.each(['bgp', 'static'])('refuses two ends that each wait for the other’s address under %s, and says so', (routing) => {
    const result = plan('fresh', 'fresh', { defaults: { routing } })
    expect(result.ok).toBe(false)
    expect(result.findings).toMatchObject([{ code: 'WIRING_IMPOSSIBLE', path: 'topology', why: expect.stringContaining('neither can be made first') }])
  })

  it('refuses two ends whose rules contradict each other, and names the way out', () => {
    const result = plan('active-active', 'pairs', { defaults: { routing: 'static' } })
    expect(result.findings).toMatchObject([{ code: 'WIRING_IMPOSSIBLE', hint: 'use routing: bgp, or link other sites.' }])
  })

  it('names no way out that one of the two does not have', () => {
    const result = planOrder(orderOf({ north: cloudOf('active-active'), south: 'fixed' }), { providers: [...clouds, acme({ id: 'fixed', shape: 'pairs', modes: ['static'] })] })
    expect(result.findings).toMatchObject([{ code: 'WIRING_IMPOSSIBLE', hint: 'link other sites.' }])
  })

  it('warns of a single address that can be lost', () => {
    expect(plan('single', 'interfaces').findings).toMatchObject([{ code: 'LINK_NOT_REDUNDANT', severity: 'warning' }])
  })

  it.each([
    ['the mode that does better, where both have it', 'interfaces', ['bgp', 'static'], /^use routing: bgp, or accept/],
    ['no mode that one end does not have', 'interfaces', ['static'], /no routing mode of the two does better/],
    ['no mode that does no better', 'single', ['bgp', 'static'], /no routing mode of the two does better/],
  ] as const)('and hints at %s', (_, shape, modes, hint) => {
    const result = planOrder(orderOf({ north: cloudOf('active-active'), south: 'other' }, { defaults: { routing: 'static' } }), { providers: [...clouds, acme({ id: 'other', shape, modes })] })
    expect(result.findings).toMatchObject([{ code: 'LINK_NOT_REDUNDANT', hint: expect.stringMatching(hint) }])
  })
})

describe('a gateway that cannot be linked with its own kind', () => {
  const alone = (modes: ('bgp' | 'static')[]) => acme({ id: 'alone', shape: 'interfaces', modes, notWithItself: 'use the peering of the cloud.' })

  it('is refused with what to do instead', () => {
    const result = planOrder(orderOf({ north: 'alone', south: 'alone' }, { defaults: { routing: 'bgp' } }), { providers: [alone(['bgp'])] })
    expect(result.findings).toMatchObject([{ code: 'WIRING_IMPOSSIBLE', hint: 'use the peering of the cloud.' }])
  })

  it('is linked with others', () => {
    expect(planOrder(orderOf({ north: 'alone', south: 'interfaces' }), { providers: [alone(['bgp']), ...clouds] }).ok).toBe(true)
  })
})

describe('gateways that are linked with their own kind in a way of their own', () => {
  /** Kin where both networks are low or both are high. */
  const provider = acme({ id: 'family', shape: 'interfaces' })
  const family: AnyProvider = {
    ...provider,
    offer: (site) => {
      const offer = provider.offer({ ...site, options: provider.options.parse(site.options) })
      const legs = { meetsEveryPeer: false, onePerPeerAddress: true, onePerLocalAddress: true, onePeerOnly: false, inPairs: false }
      const kin = { scope: site.cidrs.join() < '10.5' ? 'low' : 'high', otherwise: 'use routing: static.', export: 'gateway_id', legs, grouping: 'link' as const }
      return { ...offer, routing: offer.routing.map((routing) => (routing.mode === 'bgp' ? { ...routing, kin } : routing)) }
    },
    link: (site, half) => {
      const fragment = provider.link({ ...site, options: provider.options.parse(site.options) }, half)
      return { ...fragment, exports: { ...fragment.exports, ...(half.kin === undefined ? {} : { kin: half.kin }) } }
    },
  }
  const planned = (north: string, south: string, cloud = 'family', routing = 'bgp') => planOrder({
    name: 'mesh', defaults: { routing }, sites: { north: { cloud: 'family', region: 'north-1', cidr: north }, south: { cloud, region: 'north-1', cidr: south } },
  }, { providers: [family, ...clouds] })
  const kinOf = (plan: ReturnType<typeof planned>): unknown => plan.ok ? plan.fragments.filter(({ id }) => id.startsWith('link/')).map(({ exports }) => exports['kin']) : plan.findings

  it('know each other, and keep to the legs of that way', () => {
    const plan = planned('10.1.0.0/16', '10.2.0.0/16')
    expect(plan.ok && plan.deals[0]?.tunnels.map(({ id }) => id)).toEqual(['00', '11'])
    expect(kinOf(plan)).toEqual([gatewayExport({ name: 'south' }, 'gateway_id'), gatewayExport({ name: 'north' }, 'gateway_id')])
    const connections = plan.ok ? plan.fragments.filter(({ id }) => id.startsWith('link/')).flatMap(({ resources }) => resources.map(({ name }) => name)) : []
    expect(connections).toEqual(['north--south--all', 'south--north--all'])
  })

  it.each([
    ['another cloud', '10.1.0.0/16', '10.2.0.0/16', 'interfaces', 'bgp'],
    ['a mode without such a way', '10.1.0.0/16', '10.2.0.0/16', 'family', 'static'],
  ])('are linked as with all others where there is %s', (_, north, south, cloud, routing) => {
    const plan = planned(north, south, cloud, routing)
    expect(plan.ok && plan.deals[0]?.tunnels).toHaveLength(4)
    expect(kinOf(plan)).toEqual([undefined, undefined])
  })

  it('are refused out of its scope, with the way out', () => {
    expect(planned('10.1.0.0/16', '10.9.0.0/16').findings).toMatchObject([{ code: 'WIRING_IMPOSSIBLE', hint: 'use routing: static.' }])
  })
})

describe('ends without a common routing mode', () => {
  const learns = acme({ id: 'learns', shape: 'interfaces', modes: ['bgp'] })
  const states = acme({ id: 'states', shape: 'interfaces', modes: ['static'] })

  it('are refused', () => {
    expect(planOrder(orderOf({ north: 'learns', south: 'states' }), { providers: [learns, states] }).findings).toMatchObject([{ code: 'ROUTING_NO_COMMON_MODE' }])
  })

  it('take what the other can', () => {
    const result = planOrder(orderOf({ north: 'interfaces', south: 'states' }), { providers: [...clouds, states] })
    expect(result.ok && result.deals[0]?.routing).toBe('static')
  })
})
