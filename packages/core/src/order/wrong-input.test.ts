import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findingCatalogue } from '../finding/catalogue.ts'
import { acme, clouds, orderOf } from '../plan/acme.fixture.ts'
import { planOrder } from '../plan/plan.ts'
import { parseOrder, parseSiteOptions, cloudOf } from './parse.ts'

const fine = orderOf({ north: 'interfaces', south: 'interfaces' })
const site = { cloud: 'interfaces', region: 'north-1', cidr: '10.0.0.0/16' }

function found(order: unknown): [string, string, string][] {
  return parseOrder(order).findings.map(({ code, path, hint }) => [code, path, hint])
}

describe('a field of the wrong kind', () => {
  it.each([
    ['name', { ...fine, name: 7 }],
    ['security', { ...fine, security: 'stronger' }],
    ['topology', { ...fine, topology: 'mesh' }],
    ['topology.links[0]', { ...fine, topology: { links: [['north']] } }],
    ['topology.hub', { ...fine, topology: { hub: 7 } }],
    ['topology.links[0][1]', { ...fine, topology: { links: [['north', 1]] } }],
    ['defaults.routing', { ...fine, defaults: { routing: 'ospf' } }],
    ['defaults.dpdTimeout', { ...fine, defaults: { dpdTimeout: 1 } }],
    ['defaults.lifetimes.phase1', { ...fine, defaults: { lifetimes: { phase1: 1.5 } } }],
    ['defaults.keyVersion', { ...fine, defaults: { keyVersion: 0 } }],
    ['links.north--south.insideCidrs.00', { ...fine, links: { 'north--south': { insideCidrs: { '00': 4 } } } }],
    ['sites', { ...fine, sites: [] }],
    ['sites.constructor', { ...fine, sites: { north: site, constructor: site } }],
    ['sites.north.cidr', { ...fine, sites: { north: { ...site, cidr: 10 }, south: site } }],
    ['sites.north.cidrs', { ...fine, sites: { north: { ...site, cidrs: [] }, south: site } }],
    ['sites.north.asn', { ...fine, sites: { north: { ...site, asn: 4_294_967_296 }, south: site } }],
    ['sites.north.zones[0]', { ...fine, sites: { north: { ...site, zones: [1] }, south: site } }],
    ['sites.north.subnets[0].purpose', { ...fine, sites: { north: { ...site, subnets: [{ name: 'a', cidr: '10.0.1.0/24', purpose: 'none' }] }, south: site } }],
    ['sites.north.limits.tunnels', { ...fine, sites: { north: { ...site, limits: { tunnels: 'many' } }, south: site } }],
  ])('is named: %s', (path, order) => {
    const findings = found(order)
    expect(findings.map(([, at]) => at)).toEqual([path])
    for (const [code, , hint] of findings) expect([code in findingCatalogue, hint.length > 5]).toEqual([true, true])
  })
})

describe('a field that nobody knows', () => {
  it.each([
    ['topologie', { ...fine, topologie: 'full-mesh' }, 'topology'],
    ['defaults.ruoting', { ...fine, defaults: { ruoting: 'bgp' } }, 'routing'],
    ['links.north--south.initator', { ...fine, links: { 'north--south': { initator: 'both' } } }, 'initiator'],
    ['xyzzy', { ...fine, xyzzy: 1 }, undefined],
  ])('gets a proposal where one is near: %s', (path, order, proposal) => {
    const { findings } = parseOrder(order)
    expect(findings).toMatchObject([{ code: 'ORDER_UNKNOWN_FIELD', path }])
    expect(findings[0]?.facts?.['proposal']).toBe(proposal)
    expect(findings[0]?.hint).toContain(proposal ?? 'remove')
  })

  it('belongs to the provider inside a site', () => {
    const [provider] = clouds
    if (!provider) throw new Error('there are clouds')
    expect(parseSiteOptions(provider, { ...site, sze: 'small' }, 'sites.north').findings).toMatchObject([{ code: 'ORDER_UNKNOWN_FIELD', path: 'sites.north.sze', facts: { proposal: 'size' } }])
    expect(parseSiteOptions(provider, { ...site, size: 'large' }, 'sites.north')).toMatchObject({ options: { size: 'large', note: '' }, findings: [] })
  })
})

describe('a name', () => {
  it.each(['Mesh', '1st', 'a--b', 'a-', '-a', 'a_b', 'ä', '', 'a'.repeat(17), 'a b'])('of an order is refused: %j', (name) => {
    expect(found({ ...fine, name }).map(([code, path]) => [code, path])).toEqual([['NAME_INVALID', 'name']])
  })

  it.each(['North', 'n--s', 'a'.repeat(21)])('of a site is refused: %j', (name) => {
    expect(found({ ...fine, sites: { ...Object(fine['sites']), [name]: site } }).map(([code, path]) => [code, path])).toEqual([['NAME_INVALID', `sites.${name}`]])
  })

  it.each(['a', 'a1', 'a-b-c', 'a'.repeat(16)])('is good: %j', (name) => {
    expect(found({ ...fine, name })).toEqual([])
  })
})

describe('a cloud', () => {
  it('is one that a provider is there for', () => {
    expect(cloudOf('interfaces', 'sites.north', clouds, [])).toMatchObject({ id: 'interfaces' })
    expect(cloudOf('interfacess', 'sites.north', clouds, [])).toMatchObject({ code: 'CLOUD_UNKNOWN', path: 'sites.north.cloud', hint: 'write interfaces, if that is what was meant.' })
    expect(cloudOf('moon', 'sites.north', clouds, [])).toMatchObject({ hint: expect.stringContaining('activeactive, asnonce, fresh') })
  })
})

it('nothing is lost: what is wrong in one place does not hide what is wrong in another', () => {
  const order = {
    name: 'Wrong', topology: { links: [['north', 'nobody']] }, security: 'stronger', colour: 'blue',
    defaults: { routing: 'ospf', lifetimes: { phase1: 'long' } },
    links: { 'north--south': { initator: 'both' } },
    sites: {
      north: { cloud: 'interfaces', region: 'north-1', cidr: '10.0.0.1/16', asn: 'one' },
      south: { cloud: 'interfces', region: 'north-1', cidr: '10.0.0.0/8' },
      West: { cloud: 'interfaces', region: 'north-1', cidr: '10.2.0.0/16' },
      east: { region: 'north-1', cidr: '10.3.0.0/16' },
    },
  }
  const { findings } = planOrder(order, { providers: clouds })
  expect(findings.map(({ path }) => path)).toEqual(expect.arrayContaining([
    'name', 'security', 'colour', 'defaults.routing', 'defaults.lifetimes.phase1', 'links.north--south.initator',
    'sites.north.asn', 'sites.north.cidr', 'sites.south.cloud', 'sites.West', 'sites.east.cloud', 'topology.links[0]',
  ]))
  expect(new Set(findings.map(({ code, path }) => `${code} ${path}`)).size).toBe(findings.length)
})

describe('any input', () => {
  const almost = fc.record({
    name: fc.oneof(fc.constant('mesh'), fc.string(), fc.jsonValue()),
    topology: fc.oneof(fc.constantFrom<unknown>('full-mesh', { hub: 'north' }, { links: [['north', 'south']] }), fc.jsonValue()),
    security: fc.oneof(fc.constantFrom('strong', 'baseline', 'custom'), fc.jsonValue()),
    suite: fc.jsonValue(), defaults: fc.jsonValue(), links: fc.jsonValue(),
    sites: fc.dictionary(fc.oneof(fc.constantFrom('north', 'south', 'east', '__proto__'), fc.string()), fc.oneof(
      fc.jsonValue(),
      fc.record({
        cloud: fc.oneof(fc.constantFrom('interfaces', 'fresh', 'activeactive'), fc.jsonValue()),
        region: fc.oneof(fc.constant('north-1'), fc.jsonValue()),
        cidr: fc.oneof(fc.constantFrom('10.1.0.0/16', '10.2.0.0/16', '10.0.0.0/8', '::/0'), fc.string(), fc.jsonValue()),
        cidrs: fc.jsonValue(), zones: fc.jsonValue(), asn: fc.oneof(fc.integer(), fc.jsonValue()), subnets: fc.jsonValue(), limits: fc.jsonValue(),
      }, { requiredKeys: [] }),
    ), { maxKeys: 5 }),
  }, { requiredKeys: ['sites'] })

  it('has an answer and never an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), almost), (input) => {
        const plan = planOrder(input, { providers: clouds })
        expect(plan.ok || plan.findings.length > 0).toBe(true)
        for (const item of plan.findings) expect(item).toMatchObject({ code: expect.any(String), path: expect.any(String), hint: expect.stringMatching(/./), docs: expect.stringContaining(item.code) })
      }),
      { numRuns: 400 },
    )
  })

  it('may be no JSON at all', () => {
    for (const input of [undefined, Number.NaN, () => 1, Symbol('x'), new Map(), new Date(0), 1n]) expect(planOrder(input, { providers: clouds }).ok).toBe(false)
  })

  it('is left as it was', () => {
    const order = { ...fine, topologie: 1, links: { 'north--south': { routing: 'ospf' } } }
    const before = structuredClone(order)
    planOrder(order, { providers: [...clouds, acme({ id: 'more', shape: 'single' })] })
    expect(order).toEqual(before)
  })
})

describe('a word that every object has as a member', () => {
  const words = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__'] as const
  const parse = (text: string): unknown => JSON.parse(text)

  it.each(words)('%s is no region, no zone, no cloud and no field', (word) => {
    const context = { providers: clouds }
    const codes = (change: Record<string, unknown>): string[] => planOrder({ ...fine, sites: { north: { ...site, ...change }, south: { ...site, cidr: '10.1.0.0/16' } } }, context).findings.map(({ code }) => code)
    expect(codes({ region: word })).toContain('REGION_UNKNOWN')
    expect(codes({ zones: [word] })).toContain('ZONE_UNKNOWN')
    expect(codes({ cloud: word })).toContain('CLOUD_UNKNOWN')
    if (word !== '__proto__') expect(codes({ [word]: 1 })).toContain('ORDER_UNKNOWN_FIELD')
  })

  it.each(words)('%s changes nothing of all objects', (word) => {
    const before = Object.getOwnPropertyNames(Object.prototype).sort()
    for (const text of [`{"${word}":{"toString":1}}`, `{"links":{"${word}":{"toString":1,"x":2}}}`, `{"sites":{"${word}":{"toString":1,"cloud":2}}}`, `{"sites":{"a":{"${word}":{"toString":1}}}}`, `{"defaults":{"${word}":{"toString":1}}}`, `{"suite":{"${word}":{"toString":1}}}`]) {
      planOrder({ name: 'fine', ...Object(parse(text)) }, { providers: clouds })
      planOrder(parse(text), { providers: clouds })
    }
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before)
  })
})
