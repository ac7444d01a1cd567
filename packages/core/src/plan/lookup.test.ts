import { describe, expect, it } from 'vitest'
import { viewsOfStack } from '../agreement/read-json.ts'
import { resourceSetOf } from '../agreement/resource-set.ts'
import type { NetworkView } from '../provider/network-view.ts'
import { composeStacks } from '../stack/compose.ts'
import { acme, clouds } from './acme.fixture.ts'
import { planLookup } from './lookup.ts'
import { planOrder } from './plan.ts'

const provider = acme({ id: 'interfaces', shape: 'interfaces' })
const site = { cloud: 'interfaces', region: 'north-1', id: 'n-7' }
const findings = (sites: Readonly<Record<string, unknown>>, providers = clouds) => planLookup({ name: 'found', sites }, { providers }).findings.map(({ code, path }) => [code, path])
const view: NetworkView = {
  cloud: 'interfaces', site: 'old', address: 'data.interfaces_network.old', id: 'n-7', name: 'my net', cidrs: ['10.0.0.0/16'], details: {},
  subnets: [{ name: 'apps', id: 's-1', cidr: '10.0.1.0/24', zone: 'north-1a' }, { name: 'apps', id: 's-2', cidr: '10.0.2.0/24', zone: 'north-1b' }, { name: '', id: 's-3', cidr: '10.0.3.0/24', zone: 'north-1a' }],
}

describe('a look-up of networks', () => {
  it('is a plan of stacks that hold data sources alone, named as those of networks', () => {
    const plan = planLookup({ name: 'found', sites: { old: site, older: { ...site, id: 'n-8', size: 'large' } } }, { providers: clouds })
    if (!plan.ok) throw new Error(JSON.stringify(plan.findings))
    const stacks = composeStacks(plan.name, plan.fragments, 'parts')
    expect(stacks.map(({ name }) => name)).toEqual(['network-old', 'network-older'])
    for (const { text } of stacks) expect(Object.keys(JSON.parse(text))).toEqual(['data', 'output', 'provider', 'terraform'])
    expect(provider.networks(resourceSetOf(viewsOfStack(stacks[0]?.text ?? '')))).toMatchObject([{ site: 'old', id: 'n-7', address: 'data.interfaces_network.old' }])
  })

  it.each<[string, unknown, unknown]>([
    ['an id of another form', { ...site, id: 'vpc-7' }, [['ORDER_INVALID', 'sites.old.id']]],
    ['no id', { cloud: 'interfaces', region: 'north-1' }, [['ORDER_INVALID', 'sites.old.id']]],
    ['an unknown cloud', { ...site, cloud: 'interfacse' }, [['CLOUD_UNKNOWN', 'sites.old.cloud']]],
    ['an option that means nothing', { ...site, colour: 'red' }, [['ORDER_UNKNOWN_FIELD', 'sites.old.colour']]],
  ])('is refused for %s', (_, document, expected) => {
    expect(findings({ old: document })).toEqual(expected)
  })

  it('is refused for a bad name of a site', () => {
    expect(findings({ 'Old net': site })).toEqual([['NAME_INVALID', 'sites.Old net']])
  })

  it('is refused where the provider cannot', () => {
    const { existing: _, ...without } = provider
    expect(findings({ old: site }, [without])).toEqual([['ORDER_INVALID', 'sites.old.cloud']])
  })
})

describe('a network that was looked up', () => {
  it('goes into an order, each subnet under a name of its own', () => {
    const adopted = provider.existing?.adopt(view)
    if (!adopted?.ok) throw new Error('not adopted')
    const plan = planOrder({ name: 'mesh', topology: { links: [] }, sites: { old: { cloud: 'interfaces', region: 'north-1', ...adopted.site } } }, { providers: clouds })
    expect(plan).toMatchObject({ ok: true, sites: [{ zones: ['north-1a', 'north-1b'], subnets: [{ name: 'apps', zone: 'north-1a' }, { name: 'apps-2', zone: 'north-1b' }, { name: 's-3' }] }] })
  })

  it('is refused with what it lacks', () => {
    expect(provider.existing?.adopt({ ...view, cidrs: [] })).toMatchObject({ ok: false, findings: [{ code: 'NETWORK_UNSUITABLE', path: 'sites.old', title: 'the network my net has no address block.', hint: 'add one.' }] })
  })
})
