import { composeStacks, planOrder, proveAgreement, viewsOfStack } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { providers } from './orders.ts'

const regions: Readonly<Record<string, string>> = { alibaba: 'ap-northeast-1', aws: 'ap-northeast-1', azure: 'japaneast', gcp: 'asia-northeast1', ibm: 'jp-tok', tencent: 'ap-tokyo' }

/** Tunnels per pair under BGP and with static routes; `none` where a mode cannot be, and which mode is chosen freely. */
const expected = [
  ['alibaba', 'aws', 4, 4, 'bgp'],
  ['alibaba', 'azure', 2, 2, 'bgp'],
  ['alibaba', 'gcp', 4, 4, 'bgp'],
  ['alibaba', 'ibm', 4, 4, 'bgp'],
  ['alibaba', 'tencent', 2, 4, 'bgp'],
  ['aws', 'azure', 4, 1, 'bgp'],
  ['aws', 'gcp', 4, 4, 'bgp'],
  ['aws', 'ibm', 4, 4, 'bgp'],
  ['aws', 'tencent', 2, 4, 'bgp'],
  ['azure', 'gcp', 2, 2, 'bgp'],
  ['azure', 'ibm', 2, 2, 'bgp'],
  ['azure', 'tencent', 'none', 2, 'static'],
  ['gcp', 'ibm', 4, 4, 'bgp'],
  ['gcp', 'tencent', 2, 4, 'bgp'],
  ['ibm', 'tencent', 2, 4, 'bgp'],
] as const

const order = (a: string, b: string, routing?: string): unknown => ({
  name: 'pair',
  sites: { [a]: { cloud: a, region: regions[a], cidr: '10.1.0.0/16' }, [b]: { cloud: b, region: regions[b], cidr: '10.2.0.0/16' } },
  ...(routing === undefined ? {} : { defaults: { routing } }),
})

/** Tunnels whose two ends agree, or the codes of what stands in the way. */
function proven(a: string, b: string, routing: string): unknown {
  const plan = planOrder(order(a, b, routing), { providers })
  if (!plan.ok) return plan.findings.some((item) => item.code === 'INSIDE_CIDR_RANGE') ? 'none' : plan.findings.map((item) => item.title)
  const proof = proveAgreement(composeStacks(plan.name, plan.fragments, 'whole').flatMap((stack) => viewsOfStack(stack.text)), plan, providers)
  return proof.findings.length === 0 && proof.tunnels.length === plan.deals[0]?.tunnels.length ? proof.tunnels.length : proof.findings.map((item) => item.title)
}

describe.each(expected)('%s and %s', (a, b, bgp, fixed, free) => {
  it(`agree on ${bgp} tunnels under BGP`, () => expect(proven(a, b, 'bgp')).toBe(bgp))

  it(`agree on ${fixed} tunnels with static routes`, () => expect(proven(a, b, 'static')).toBe(fixed))

  it(`choose ${free} when nobody asks`, () => {
    const plan = planOrder(order(a, b), { providers })
    expect(plan.ok && plan.deals[0]?.routing).toBe(free)
  })
})
