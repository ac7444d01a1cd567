import { describe, expect, it } from 'vitest'
import { clouds, orderOf } from '../plan/acme.fixture.ts'
import { planLookup } from '../plan/lookup.ts'
import { planOrder, type Plan, type Refused } from '../plan/plan.ts'
import { proveNetworks } from './prove-networks.ts'
import { viewsOfFragments } from './read-json.ts'

function made(result: Plan | Refused): Plan {
  if (!result.ok) throw new Error(JSON.stringify(result.findings))
  return result
}

const plan = made(planOrder(orderOf({ south: 'interfaces', north: 'fresh' }, { topology: { links: [] } }), { providers: clouds }))
const views = viewsOfFragments(plan.fragments)
const missing = (without: string) => proveNetworks(views.filter(({ address }) => address !== without), plan, clouds).findings.map(({ code, path, title }) => [code, path, title])

describe('networks of a plan', () => {
  it('are there, sorted by site, with nothing to say', () => {
    const proof = proveNetworks(views, plan, clouds)
    expect(proof.findings).toEqual([])
    expect(proof.networks.map(({ cloud, site, cidrs, subnets }) => [cloud, site, cidrs, subnets.map(({ name }) => name)])).toEqual([
      ['fresh', 'north', ['10.1.0.0/16'], ['workload-a', 'workload-b']], ['interfaces', 'south', ['10.0.0.0/16'], ['workload-a', 'workload-b']],
    ])
  })

  it.each([
    ['interfaces_network.south', 'the network of south is not there.'],
    ['interfaces_subnet.south--workload-b', 'the subnet workload-b (10.0.64.0/18) of south is not there.'],
  ])('are missed without %s', (address, title) => {
    expect(missing(address)).toEqual([['NETWORK_MISSING', 'sites.south', title]])
  })

  it('are not missed where they were only looked up', () => {
    const lookup = made(planLookup({ name: 'found', sites: { old: { cloud: 'interfaces', region: 'north-1', id: 'n-7' } } }, { providers: clouds }))
    expect(proveNetworks([], lookup, clouds).findings).toEqual([])
  })
})
