import { describe, expect, it } from 'vitest'
import type { RoutingMode } from '../provider/offer.ts'
import { chooseRoutingMode } from './mode.ts'

const choose = (wanted: RoutingMode | undefined, a: RoutingMode[], b: RoutingMode[]) =>
  chooseRoutingMode(wanted, { site: 'north', modes: a }, { site: 'south', modes: b }, 'links.x.routing')

describe('chooseRoutingMode', () => {
  it.each([
    ['what both prefer', undefined, ['bgp', 'static'], ['bgp', 'static'], 'bgp', 'preferred', 'preference'],
    ['static where both prefer it', undefined, ['static', 'bgp'], ['static', 'bgp'], 'static', 'preferred', 'preference'],
    ['BGP where the two disagree', undefined, ['static', 'bgp'], ['bgp', 'static'], 'bgp', 'preferred', 'preference'],
    ['the only one in common', undefined, ['bgp', 'static'], ['static'], 'static', 'only', 'south'],
    ['what was asked for', 'static', ['bgp', 'static'], ['bgp', 'static'], 'static', 'wanted', 'preference'],
    ['what both alone can do', undefined, ['bgp'], ['bgp'], 'bgp', 'only', 'both'],
  ] as const)('takes %s', (_, wanted, a, b, mode, because, by) => {
    const result = choose(wanted, [...a], [...b])
    expect(result).toMatchObject({ mode, reason: { chosen: mode, because, ruledOut: [{ by }] } })
  })

  it('names the end that cannot do what was asked for, and what both can do', () => {
    const result = choose('bgp', ['bgp', 'static'], ['static'])
    expect(result).toMatchObject({ findings: [{
      code: 'ROUTING_NO_COMMON_MODE', path: 'links.x.routing',
      title: 'south cannot do bgp routing: north can do bgp and static, south can do static.',
      hint: 'Use static routing, which both ends can do, or leave the mode out.',
    }] })
  })

  it('gives a finding where nothing is common', () => {
    expect(choose(undefined, ['bgp'], ['static'])).toMatchObject({ findings: [{ code: 'ROUTING_NO_COMMON_MODE' }] })
  })
})
