import { describe, expect, it } from 'vitest'
import type { Finding } from '../finding/finding.ts'
import type { AnyProvider } from '../provider/provider.ts'
import { acme, clouds, orderOf, type Acme } from './acme.fixture.ts'
import { planOrder } from './plan.ts'

const sites = { north: 'interfaces', south: 'interfaces' }
const special = (rules: Omit<Acme, 'id' | 'shape'> & { readonly shape?: Acme['shape'] }): AnyProvider[] => [acme({ id: 'special', shape: 'interfaces', ...rules }), ...clouds]

function findingsOf(order: unknown, providers: readonly AnyProvider[] = clouds): readonly Finding[] {
  return planOrder(order, { providers }).findings
}

const codes = (order: unknown, providers: readonly AnyProvider[] = clouds): string[] => findingsOf(order, providers).map(({ code }) => code)

/** An order of two sites with one of them changed. */
function changed(site: Readonly<Record<string, unknown>>, cloud = 'interfaces'): Record<string, unknown> {
  return { name: 'mesh', sites: { north: { cloud: 'interfaces', region: 'north-1', cidr: '10.0.0.0/16' }, south: { cloud, region: 'north-1', cidr: '10.1.0.0/16', ...site } } }
}

describe('an order that makes no sense is refused with one finding', () => {
  it.each([
    ['SITES_TOO_FEW', 'sites', orderOf({ north: 'interfaces' })],
    ['SITE_UNKNOWN', 'topology.links[0]', orderOf(sites, { topology: { links: [['north', 'sotuh']] } })],
    ['SITE_UNKNOWN', 'topology.hub', orderOf(sites, { topology: { hub: 'nroth' } })],
    ['LINK_TO_ITSELF', 'topology.links[1]', orderOf(sites, { topology: { links: [['north', 'south'], ['south', 'south']] } })],
    ['LINK_DUPLICATE', 'topology.links[1]', orderOf(sites, { topology: { links: [['north', 'south'], ['south', 'north']] } })],
    ['LINK_UNKNOWN', 'links.south--north', orderOf(sites, { links: { 'south--north': {} } })],
    ['CLOUD_UNKNOWN', 'sites.south.cloud', changed({}, 'interfacs')],
    ['ORDER_INVALID', 'suite', orderOf(sites, { security: 'custom' })],
    ['ORDER_INVALID', 'suite', orderOf(sites, { suite: { phase1: { encryption: 'aes-256-cbc', dhGroup: 14 }, phase2: { encryption: 'aes-256-cbc', pfs: 14 } } })],
    ['CIDR_INVALID', 'sites.south.cidr', changed({ cidr: '10.1.0.0' })],
    ['CIDR_HOST_BITS', 'sites.south.cidr', changed({ cidr: '10.1.0.1/16' })],
    ['CIDR_OVERLAP', 'sites.south.cidr', changed({ cidr: '10.0.128.0/17' })],
    ['CIDR_OUT_OF_RANGE', 'sites.south.cidr', changed({ cidr: '192.0.2.0/24' })],
    ['CIDR_RESERVED', 'sites.south.cidr', changed({ cidr: '172.17.0.0/16' })],
    ['REGION_UNKNOWN', 'sites.south.region', changed({ region: 'north-3' })],
    ['ZONE_UNKNOWN', 'sites.south.zones[0]', changed({ zones: ['north-2a'] })],
    ['ASN_CLASH', 'sites.south.asn', { ...orderOf(sites), sites: { north: { cloud: 'interfaces', region: 'north-1', cidr: '10.0.0.0/16', asn: 65_001 }, south: { cloud: 'interfaces', region: 'north-1', cidr: '10.1.0.0/16', asn: 65_001 } } }],
    ['ASN_RESERVED', 'sites.south.asn', changed({ asn: 100 })],
    ['ORDER_UNKNOWN_FIELD', 'sites.south.sizes', changed({ sizes: 'small' })],
    ['ORDER_INVALID', 'sites.south.size', changed({ size: 'tiny' })],
  ])('%s at %s', (code, path, order) => {
    expect(findingsOf(order).map((item) => [item.code, item.path])).toContainEqual([code, path])
    expect(planOrder(order, { providers: clouds }).ok).toBe(false)
    for (const item of findingsOf(order)) expect([item.title, item.why, item.hint].every((text) => text.length > 10)).toBe(true)
  })

  it('says several things at once, errors first', () => {
    const order = { ...changed({ cidr: '10.0.0.0/16', asn: 100, region: 'north-9' }), topology: { links: [['north', 'sotuh'], ['north', 'south']] }, links: { 'a--b': {} } }
    expect(codes(order)).toEqual(expect.arrayContaining(['SITE_UNKNOWN', 'LINK_UNKNOWN', 'CIDR_OVERLAP', 'ASN_RESERVED', 'REGION_UNKNOWN']))
  })
})

describe('two offers that do not meet', () => {
  it.each<[string, Omit<Acme, 'id' | 'shape'>]>([
    ['SUITE_NO_OVERLAP', { ciphers: { phase1: { encryption: ['3des-cbc'] } } }],
    ['PSK_ALPHABET', { key: { alphabet: '!#' } }],
    ['INSIDE_CIDR_RANGE', { modes: ['bgp'], inside: { ranges: ['192.168.255.0/24'] } }],
    ['INSIDE_CIDR_EXHAUSTED', { modes: ['bgp'], inside: { ranges: ['169.254.21.0/30'] } }],
  ])('end in %s', (code, rules) => {
    const defaults = 'modes' in rules ? { defaults: { routing: 'bgp' } } : {}
    expect(codes(orderOf({ north: 'interfaces', south: 'special' }, defaults), special(rules))).toContain(code)
  })

  it('warn of what is weak in a custom suite', () => {
    const suite = { phase1: { encryption: '3des-cbc', dhGroup: 2 }, phase2: { encryption: ['3des-cbc', 'aes-128-cbc'], pfs: 'none' } }
    const plan = planOrder(orderOf(sites, { security: 'custom', suite }), { providers: clouds })
    expect(plan.ok).toBe(true)
    expect(plan.findings.map((item) => [item.code, item.path])).toEqual(['phase1.dhGroup', 'phase1.encryption', 'phase2.encryption[0]', 'phase2.pfs'].map((field) => ['SUITE_WEAK', `suite.${field}`]))
    expect(plan.ok && plan.deals[0]?.suite).toMatchObject({ phase1: { encryption: '3des-cbc', dhGroup: 2 }, phase2: { encryption: '3des-cbc', pfs: 'none' } })
  })
})

describe('a number that the peer refuses', () => {
  const providers = special({ asn: { own: [[64_512, 65_534]], ownReserved: [], peerReserved: [[64_512, 64_513]] } })
  const order = { name: 'mesh', sites: { north: { cloud: 'interfaces', region: 'north-1', cidr: '10.0.0.0/16', asn: 64_512 }, south: { cloud: 'special', region: 'north-1', cidr: '10.1.0.0/16' } } }

  it('stands against a link that exchanges routes', () => {
    expect(findingsOf(order, providers)).toMatchObject([{ code: 'ASN_RESERVED', path: 'sites.north.asn', facts: { site: 'north', by: 'south' } }])
  })

  it('does not matter where routes are written down', () => {
    expect(codes({ ...order, links: { 'north--south': { routing: 'static' } } }, providers)).toEqual([])
  })
})

describe('who starts IKE', () => {
  const mute = special({ initiation: { canInitiate: false, canWait: true } })
  const eager = special({ initiation: { canInitiate: true, canWait: false } })
  const initiates = (order: unknown, providers: readonly AnyProvider[] = clouds): unknown => {
    const plan = planOrder(order, { providers })
    return plan.ok ? [plan.deals[0]?.a.initiates, plan.deals[0]?.b.initiates] : plan.findings.map(({ code, path }) => [code, path])
  }
  const order = (initiator: string | undefined, south = 'special') => orderOf({ north: 'interfaces', south }, initiator === undefined ? {} : { links: { 'north--south': { initiator } } })
  const refused = [['INITIATOR_UNABLE', 'links.north--south.initiator']]

  it.each<[string, unknown, readonly AnyProvider[], unknown]>([
    ['both by default', order(undefined, 'interfaces'), clouds, [true, true]],
    ['both when asked', order('both', 'interfaces'), clouds, [true, true]],
    ['one when asked', order('south', 'interfaces'), clouds, [false, true]],
    ['one that cannot wait beside the one that was asked', order('north'), eager, [true, true]],
    ['only the end that can', order(undefined), mute, [true, false]],
    ['nobody who cannot', order('south'), mute, refused],
    ['nobody who is not there', order('east', 'interfaces'), clouds, refused],
    ['nobody, when neither end can', orderOf({ north: 'special', south: 'special' }), mute, refused],
  ])('%s', (_, input, providers, expected) => {
    expect(initiates(input, providers)).toEqual(expected)
  })
})

describe('quotas', () => {
  const quotas = { connections: { limit: 4, adjustable: true }, tunnels: { limit: 8, adjustable: false } }
  const star = (spokes: number, more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => {
    const order = orderOf({ hub: 'special', ...Object.fromEntries(Array.from({ length: spokes }, (_, index) => [`spoke-${index}`, 'interfaces'])) }, { topology: { hub: 'hub' } })
    return { ...order, sites: { ...Object.fromEntries(Object.entries(order['sites'] ?? {})), hub: { cloud: 'special', region: 'north-1', cidr: '10.99.0.0/16', ...more } } }
  }
  const limited = special({ shape: 'fresh', quotas, transit: true })

  it('hold at the limit and not one above it', () => {
    expect(codes(star(2), limited)).toEqual([])
    expect(findingsOf(star(5, { limits: { connections: 10 } }), limited)).toMatchObject([{ code: 'QUOTA_TUNNELS', path: 'sites.hub', facts: { needed: 10, limit: 8 }, hint: expect.stringContaining('larger gateway') }])
    expect(findingsOf(star(3), limited)).toMatchObject([
      { code: 'QUOTA_CONNECTIONS', path: 'sites.hub', facts: { needed: 6, limit: 4, byLink: { 'hub--spoke-0': 2, 'hub--spoke-1': 2, 'hub--spoke-2': 2 } }, hint: expect.stringContaining('limits: { connections: 6 }') },
    ])
  })

  it('are what the order says the account allows', () => {
    expect(codes(star(3, { limits: { connections: 6, tunnels: 12 } }), limited)).toEqual([])
    expect(findingsOf(star(2, { limits: { connections: 3 } }), limited)).toMatchObject([{ code: 'QUOTA_CONNECTIONS', title: expect.stringContaining('the order says the account allows 3') }])
  })
})
