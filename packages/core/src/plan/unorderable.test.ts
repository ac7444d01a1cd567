import { describe, expect, it } from 'vitest'
import { fact, sampleFacts, sampleTerms } from '../network/network-facts.fixture.ts'
import type { CloudFacts } from '../provider/terms.ts'
import { clouds as providers, orderOf } from './acme.fixture.ts'
import { planOrder } from './plan.ts'

const island: CloudFacts = {
  id: 'island',
  title: 'Island Cloud',
  network: sampleFacts({ network: { min: 16, max: 24 } }),
  terms: fact(sampleTerms),
  vpn: fact({ reason: 'nobody answers there', instead: 'send a letter' }),
}
const plan = (order: unknown): ReturnType<typeof planOrder> => planOrder(order, { providers, clouds: [island] })
const sites = (south: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  name: 'mesh',
  sites: { north: { cloud: 'interfaces', region: 'north-1', cidr: '10.0.0.0/16' }, south: { cloud: 'island', region: 'north-1', cidr: '10.1.0.0/16', ...south } },
})

describe('a cloud without a provider', () => {
  it('is refused with the reason and what to do instead', () => {
    expect(plan(orderOf({ north: 'interfaces', south: 'island' })).findings).toMatchObject([
      { code: 'VPN_NOT_ORDERABLE', severity: 'error', path: 'sites.south.cloud', title: 'south cannot be linked: nobody answers there.', hint: 'send a letter.', facts: { cloud: 'island', source: 'invented' } },
    ])
  })

  it('is refused as a network alone too, without a word about links', () => {
    expect(plan({ ...sites({}), topology: { links: [] } }).findings).toMatchObject([{ code: 'VPN_NOT_ORDERABLE', title: 'south is designed and checked, but cannot be made: there is no provider for Island Cloud.' }])
  })

  it('has its networks designed', () => {
    const planned = plan(sites({}))
    expect(!planned.ok && planned.designed?.map(({ name, cloud, zones, subnets }) => ({ name, cloud, zones, subnets: subnets.map(({ cidr }) => cidr.toString()) }))).toMatchObject([
      { name: 'north' },
      { name: 'south', cloud: 'island', zones: ['north-1a', 'north-1b'], subnets: ['10.1.0.0/18', '10.1.64.0/18'] },
    ])
  })

  it.each([
    ['PREFIX_LENGTH', 'sites.south.cidr', { cidr: '10.1.0.0/26' }],
    ['REGION_UNKNOWN', 'sites.south.region', { region: 'north-9' }],
    ['CIDR_OVERLAP', 'sites.south.cidr', { cidr: '10.0.0.0/17' }],
    ['ORDER_UNKNOWN_FIELD', 'sites.south.sku', { sku: 'large' }],
  ])('has its networks checked: %s at %s', (code, path, south) => {
    expect(plan(sites(south)).findings.map((item) => `${item.code} ${item.path}`)).toEqual(expect.arrayContaining([`${code} ${path}`, 'VPN_NOT_ORDERABLE sites.south.cloud']))
  })

  it('gives way to a provider of that name', () => {
    const own = providers.slice(0, 1).map((provider) => ({ ...provider, id: 'island' }))
    expect(planOrder(orderOf({ north: 'interfaces', south: 'island' }), { providers: [...providers, ...own], clouds: [island] }).findings.map(({ code }) => code)).not.toContain('VPN_NOT_ORDERABLE')
  })

  it('is proposed for a name that is close to it', () => {
    expect(plan(orderOf({ north: 'interfaces', south: 'islnd' })).findings).toMatchObject([{ code: 'CLOUD_UNKNOWN', hint: 'write island, if that is what was meant.' }])
  })
})
