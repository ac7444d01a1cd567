import { describe, expect, it } from 'vitest'
import { composeStacks } from '../stack/compose.ts'
import { stackOfGateway, stackOfLink, stackOfNetwork } from '../stack/stack.ts'
import { acme, clouds } from './acme.fixture.ts'
import { planOrder, type Plan } from './plan.ts'

const site = (cidr: string, more: Readonly<Record<string, unknown>> = {}) => ({ cloud: 'interfaces', region: 'north-1', cidr, ...more })
const order = (sites: Readonly<Record<string, unknown>>, links: readonly (readonly [string, string])[] = []) => ({ name: 'alone', topology: { links }, sites })
const cramped = [acme({ id: 'cramped', shape: 'interfaces', network: { gatewaySubnet: { name: 'GatewayHere', maxPrefix: 27 } } }), ...clouds]

function planned(input: unknown, providers = clouds): Plan {
  const plan = planOrder(input, { providers })
  if (!plan.ok) throw new Error(JSON.stringify(plan.findings))
  return plan
}

const stacks = (plan: Plan): string[] => composeStacks(plan.name, plan.fragments, 'parts').map(({ name }) => name)
const overlaps = (input: unknown) => planOrder(input, { providers: clouds }).findings.map(({ code, severity, path, title }) => [code, severity, path, title])

describe('an order without links', () => {
  it('is one network, and nothing else', () => {
    const plan = planned(order({ north: site('10.0.0.0/16') }))
    expect(stacks(plan)).toEqual([stackOfNetwork('north')])
    expect(plan).toMatchObject({ findings: [], deals: [], keys: [], sites: [{ name: 'north', unlinked: true }] })
  })

  it('may be a network that waits for its first subnet, and is left as it is', () => {
    expect(planned(order({ north: site('10.0.0.0/16', { subnets: [] }) }))).toMatchObject({ findings: [], sites: [{ name: 'north', subnets: [] }] })
  })

  it('is refused without any site', () => {
    expect(planOrder(order({}), { providers: clouds }).findings).toMatchObject([{ code: 'SITES_TOO_FEW', title: 'the order has no site.' }])
  })

  it('tells who has one site, and wanted a mesh, how to ask for it', () => {
    expect(planOrder({ name: 'alone', sites: { north: site('10.0.0.0/16') } }, { providers: clouds }).findings).toMatchObject([{ code: 'SITES_TOO_FEW', hint: expect.stringContaining('topology: { links: [] }') }])
  })
})

describe('a site without links beside others that have some', () => {
  const three = { east: site('10.2.0.0/16'), north: site('10.0.0.0/16'), south: site('10.1.0.0/16') }

  it('may have no subnet, which those others may not', () => {
    const bare = (name: string) => planOrder(order({ ...three, [name]: site('10.4.0.0/16', { subnets: [] }) }, [['north', 'south']]), { providers: clouds }).findings.map(({ code, path }) => [code, path])
    expect(bare('east')).toEqual([])
    expect(bare('north')).toEqual([['SUBNET_MISSING', 'sites.north.subnets']])
  })

  it('gets its network alone', () => {
    const plan = planned(order(three, [['north', 'south']]))
    expect(stacks(plan)).toEqual([stackOfGateway('north'), stackOfGateway('south'), stackOfLink('north--south'), stackOfNetwork('east'), stackOfNetwork('north'), stackOfNetwork('south')])
    expect(plan.sites.map(({ name, unlinked }) => [name, unlinked])).toEqual([['east', true], ['north', undefined], ['south', undefined]])
  })

  it('keeps its bytes when links come and go elsewhere', () => {
    const network = (plan: Plan) => composeStacks(plan.name, plan.fragments, 'parts').find(({ name }) => name === 'network-east')?.text
    expect(network(planned(order(three, [['north', 'south']])))).toBe(network(planned(order(three))))
  })
})

describe('the subnet of a gateway', () => {
  const subnetsOf = (input: unknown) => planned(input, cramped).sites.find(({ cloud }) => cloud === 'cramped')?.subnets.map(({ name, purpose }) => [name, purpose])
  const given = [{ name: 'apps', cidr: '10.0.1.0/24' }]
  const beside = { south: site('10.1.0.0/16') }

  it.each<[string, readonly (readonly [string, string])[], unknown, unknown]>([
    ['is not designed without a link', [], {}, [['workload-a', 'workload'], ['workload-b', 'workload']]],
    ['is not missed without a link', [], { subnets: given }, [['apps', 'workload']]],
    ['stays where it is given', [], { subnets: [...given, { name: 'GatewayHere', cidr: '10.0.2.0/27' }] }, [['apps', 'workload'], ['GatewayHere', 'gateway']]],
    ['is designed with a link', [['north', 'south']], { subnets: given }, [['apps', 'workload'], ['GatewayHere', 'gateway']]],
  ])('%s', (_, links, more, expected) => {
    expect(subnetsOf(order({ north: { ...site('10.0.0.0/16'), cloud: 'cramped', ...Object(more) }, ...beside }, links))).toEqual(expected)
  })
})

describe('networks that overlap', () => {
  const chain = { a: site('10.0.0.0/16'), b: site('10.1.0.0/16'), c: site('10.0.128.0/17') }
  const title = '10.0.128.0/17 (c) overlaps 10.0.0.0/16 (a).'

  it.each<[string, readonly (readonly [string, string])[], unknown]>([
    ['are an error where a link connects them', [['a', 'c']], [['CIDR_OVERLAP', 'error', 'sites.c.cidr', title]]],
    ['are an error where links connect them over another site', [['a', 'b'], ['b', 'c']], [['CIDR_OVERLAP', 'error', 'sites.c.cidr', title]]],
    ['are a warning where only one of them is linked', [['a', 'b']], [['CIDR_OVERLAP', 'warning', 'sites.c.cidr', title]]],
    ['are a warning where none is linked', [], [['CIDR_OVERLAP', 'warning', 'sites.c.cidr', title]]],
  ])('%s', (_, links, expected) => {
    expect(overlaps(order(chain, links))).toEqual(expected)
  })

  it('are an error inside one site, linked or not', () => {
    const { cidr: _, ...place } = site('')
    expect(overlaps(order({ a: { ...place, cidrs: ['10.0.0.0/16', '10.0.4.0/22'] } })).map(([code, severity, path]) => [code, severity, path])).toContainEqual(['CIDR_OVERLAP', 'error', 'sites.a.cidrs[1]'])
  })

  it('are told of once, as an error, where one of several neighbours is linked', () => {
    const sites = { a: site('10.0.0.0/16'), b: site('10.0.0.0/16'), c: site('10.0.0.0/16') }
    expect(overlaps(order(sites, [['b', 'c']])).map(([code, severity, path]) => [code, severity, path])).toEqual([
      ['CIDR_OVERLAP', 'error', 'sites.c.cidr'], ['CIDR_OVERLAP', 'warning', 'sites.b.cidr'],
    ])
  })
})
