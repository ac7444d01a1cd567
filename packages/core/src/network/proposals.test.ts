import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Cidr } from '../address/cidr.ts'
import { maskAddress } from '../address/text.ts'
import type { Subnet } from '../provider/site.ts'
import { sampleClouds, sampleFacts } from './network-facts.fixture.ts'
import type { NetworkInput } from './network-input.ts'
import { validateNetwork } from './validate-network.ts'

const names = fc.constantFrom('a', 'b', 'a-2', 'GatewaySubnet', 'gatewaysubnet')
// A crowded corner of 10.0.0.0/20, a neighbour of it, and a block elsewhere.
const places = fc.constantFrom('10.0.0.0', '10.0.8.0', '10.0.15.0', '10.0.16.0', '172.17.0.0')
const subnet = fc.tuple(names, places, fc.nat(255), fc.integer({ min: 22, max: 30 }), fc.constantFrom('workload' as const, 'gateway' as const))
  .map(([name, place, low, prefix, purpose]): Subnet => (
    { name, cidr: Cidr.from(4, maskAddress(4, Cidr.of(`${place}/32`).first + BigInt(low), prefix), prefix), purpose }
  ))

/** Does what the hints say: moves, renames and adds as proposed. */
function follow(input: NetworkInput): Subnet[] {
  const subnets = [...input.subnets]
  const removed = new Set<number>()
  for (const { code, path, facts } of validateNetwork(input)) {
    const index = Number(/\[(\d+)\]/.exec(path)?.[1] ?? Number.NaN)
    const old = subnets[index]
    if (path.endsWith(']')) removed.add(index)
    const proposed = facts?.['proposed']
    if (old && path.endsWith('.purpose')) subnets[index] = { ...old, purpose: 'gateway' }
    if (typeof proposed !== 'string') continue
    if (old && path.endsWith('.name')) subnets[index] = { ...old, name: proposed, purpose: code === 'GATEWAY_SUBNET_NAME' ? 'gateway' : old.purpose }
    if (old && path.endsWith('.cidr')) subnets[index] = { ...old, cidr: Cidr.of(proposed) }
    if (code === 'SUBNET_MISSING') subnets.push({ name: 'added', cidr: Cidr.of(proposed), purpose: 'workload' })
    if (code === 'GATEWAY_SUBNET_MISSING') subnets.push({ name: String(facts?.['name']), cidr: Cidr.of(proposed), purpose: 'gateway' })
  }
  return subnets.filter((_, index) => !removed.has(index))
}

it('proposes blocks that can all be taken at once and leave no finding about addresses', () => {
  fc.assert(fc.property(fc.constantFrom(...sampleClouds), fc.array(subnet, { maxLength: 12 }), (rules, subnets) => {
    const input: NetworkInput = {
      path: 'x', facts: sampleFacts(rules), region: 'north-1', cidrs: [Cidr.of('10.0.0.0/20')], subnets, needsGatewaySubnet: true, cloudTitle: 'Acme',
    }
    const before = validateNetwork(input)
    const full = before.some((item) => !/\]$|purpose$/.test(item.path) && item.facts?.['proposed'] === undefined)
    fc.pre(!full)
    expect(validateNetwork({ ...input, subnets: follow(input) })).toEqual([])
  }), { numRuns: 500 })
})
