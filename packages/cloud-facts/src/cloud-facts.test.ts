import { Cidr, designNetworks, networkConcepts, validateNetwork, type CloudFacts } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { cloudsWithoutProvider } from './index.ts'

/** Everything that looks like a fact, wherever it stands. */
function factsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
  const record: Record<string, unknown> = { ...value }
  return 'source' in record ? [record] : Object.values(record).flatMap(factsIn)
}

const firstRegion = (cloud: CloudFacts): string => Object.keys(cloud.network.regions.value)[0] ?? ''

describe.each(cloudsWithoutProvider.map((cloud) => [cloud.id, cloud] as const))('%s', (_, cloud) => {
  it('gives the source and the day of every fact', () => {
    const facts = factsIn(cloud)
    expect(facts.length).toBeGreaterThan(9)
    expect(facts.filter(({ source, checked }) => String(source).length < 12 || !/^2026-\d\d-\d\d$/.test(String(checked)))).toEqual([])
  })

  it('says where each region is', () => {
    expect(Object.keys(cloud.locations?.value ?? {}).sort()).toEqual(Object.keys(cloud.network.regions.value).sort())
  })

  it('has a word or nothing for everything in the matching table', () => {
    expect(Object.keys(cloud.terms.value)).toEqual(Object.keys(networkConcepts))
  })

  it('says why no VPN can be ordered and what to do instead, so that both can stand in a sentence', () => {
    expect(cloud.vpn.value.reason).toMatch(/^\S.*[^.]$/)
    expect(cloud.vpn.value.instead).toMatch(/^[a-z].*[^.]$/)
  })

  it('takes the networks that are designed for it', () => {
    const { network, title } = cloud
    const region = firstRegion(cloud)
    const zones = network.regions.value[region] ?? []
    const design = designNetworks({ supernet: Cidr.of('10.0.0.0/8'), networks: [{ name: 'north', facts: network, zones, subnets: [{ name: 'one', hosts: 100 }, { name: 'two', hosts: 20 }] }] })
    const [designed] = 'networks' in design ? design.networks : []
    expect(designed && validateNetwork({ path: 'sites.north', facts: network, cloudTitle: title, region, zones, cidrs: [designed.cidr], subnets: designed.subnets, needsGatewaySubnet: false })).toEqual([])
  })

  it.each([
    ['203.0.113.0/24', 'CIDR_OUT_OF_RANGE'],
    ['10.0.0.0/30', 'PREFIX_LENGTH'],
  ])('refuses %s: %s', (cidr, code) => {
    const findings = validateNetwork({ path: 'sites.north', facts: cloud.network, cloudTitle: cloud.title, region: firstRegion(cloud), cidrs: [Cidr.of(cidr)], subnets: [], needsGatewaySubnet: false })
    expect(findings.map((item) => item.code)).toContain(code)
  })
})
