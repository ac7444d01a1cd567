import { planOrder, type RoutingMode } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { differentClouds, pairOrder, sameClouds, type CloudPair } from './cloud-pairs.ts'
import { proofOf, providers } from './orders.ts'

/** What a pair that cannot be linked is refused with: a reason, and a way out. */
const impossible = ['INSIDE_CIDR_RANGE', 'ROUTING_NO_COMMON_MODE', 'WIRING_IMPOSSIBLE']

/** Tunnels whose two ends agree, or what stands in the way. */
function proven(pair: CloudPair, routing: RoutingMode): unknown {
  const plan = planOrder(pairOrder(pair, routing), { providers })
  if (!plan.ok) return plan.findings.every((item) => impossible.includes(item.code)) ? 'none' : plan.findings.map((item) => item.title)
  const proof = proofOf(plan)
  return proof.findings.length === 0 && proof.tunnels.length === plan.deals[0]?.tunnels.length ? proof.tunnels.length : proof.findings.map((item) => item.title)
}

describe.each([...differentClouds, ...sameClouds])('$a and $b, $place', (pair) => {
  it(`agree on ${pair.bgp} tunnels under BGP`, () => expect(proven(pair, 'bgp')).toBe(pair.bgp))

  it(`agree on ${pair.static} tunnels with static routes`, () => expect(proven(pair, 'static')).toBe(pair.static))

  it(`choose ${pair.free} when nobody asks`, () => {
    const plan = planOrder(pairOrder(pair), { providers })
    expect(plan.ok ? plan.deals[0]?.routing : 'none').toBe(pair.free)
  })
})
