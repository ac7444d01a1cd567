import { describe, expect, it } from 'vitest'
import { proveAgreement } from '../agreement/prove.ts'
import { viewsOfStack } from '../agreement/read-json.ts'
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
    expect(result.findings).toMatchObject([{ code: 'WIRING_IMPOSSIBLE', hint: expect.stringContaining('other routing mode') }])
  })

  it('warns of a single address that can be lost', () => {
    expect(plan('single', 'interfaces').findings).toMatchObject([{ code: 'LINK_NOT_REDUNDANT', severity: 'warning' }])
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
