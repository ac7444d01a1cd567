import { Cidr, gatewayFragment, Import, KeyReference, linkFragment, type Half } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { mirror } from '../mirror/mirror.ts'
import { madeFor } from '../check/own-fragments.ts'
import { changed, freshAddress, halfOf, networksOf, peerAddresses, resourcesOfLink, routingTo, singly, siteOf, tunnelOf, tunnelsOf } from './index.ts'

const provider = mirror('interfaces')
const [region = ''] = Object.keys(provider.facts.network.regions.value)
const example = { region, cidr: '10.10.0.0/16', zones: ['a'], asn: 64_601, subnets: [{ name: 'apps', cidr: '10.10.1.0/24', zone: 'a' }] }
const site = siteOf(provider, 'north', example)

function half(mode: 'bgp' | 'static'): Half {
  const [made] = madeFor(provider, { region, cidr: '10.10.0.0/16' }).filter((each) => each.mode === mode)
  if (!made) throw new Error(`the mirror has no ${mode}`)
  return halfOf(site, { routing: routingTo(site, mode, { asn: 64_602, prefixes: ['10.20.0.0/16'] }), suite: made.link.half.suite, connections: singly(tunnelsOf(site, [[0, 0], [1, 1]], '169.254.10.0/24')) })
}

describe('a site', () => {
  it('is what its example parses to', () => {
    expect(site).toMatchObject({ name: 'north', label: 'mesh-north', cloud: provider.id, region, zones: ['a'], cidrs: [Cidr.of('10.10.0.0/16')], asn: 64_601 })
    expect(site.subnets).toEqual([{ name: 'apps', cidr: Cidr.of('10.10.1.0/24'), zone: 'a', purpose: 'workload' }])
  })

  it('takes several blocks and parsed changes', () => {
    expect(siteOf(provider, 'north', { region, cidrs: ['10.1.0.0/16', '10.2.0.0/16'] }, { unlinked: true })).toMatchObject({ cidrs: [Cidr.of('10.1.0.0/16'), Cidr.of('10.2.0.0/16')], subnets: [], unlinked: true })
  })

  it.each([['a field that nobody has', { unheard: 1 }], ['a block that is none', { cidr: 'ten' }], ['a common field of the wrong form', { asn: 'x' }]])('refuses %s', (_, change) => {
    expect(() => siteOf(provider, 'north', { ...example, ...change })).toThrow()
  })
})

describe('a half', () => {
  it.each([
    ['north', 'north--south', '01'],
    ['south', 'south--north', '10'],
  ])('of %s is named as a plan names it', (name, own, slots) => {
    const end = { name, asn: 64_601 }
    const { routing, suite, connections } = half('bgp')
    expect(halfOf(end, { routing, suite, connections })).toMatchObject({ link: 'north--south', name: own, label: `mesh-${own}` })
    expect(tunnelOf(end, { localSlot: 0, peerSlot: 1, inside: '169.254.10.0/30' })).toMatchObject({ id: '01', key: new KeyReference(`north--south--${slots}@v1`) })
  })

  it('has the second address of an inside block unless told otherwise', () => {
    const leg = { localSlot: 0, peerSlot: 0, inside: '169.254.10.4/30' }
    expect(tunnelOf(site, leg).inside).toMatchObject({ local: Cidr.of(leg.inside).host(2), peer: Cidr.of(leg.inside).host(1) })
    expect(tunnelOf(site, { ...leg, localHost: 1 }).inside).toMatchObject({ local: Cidr.of(leg.inside).host(1), peer: Cidr.of(leg.inside).host(2) })
  })

  it('has addresses of the peer where that keeps them', () => {
    expect(tunnelsOf(site, [[0, 1]], '169.254.10.0/24')[0]?.peerAddress).toEqual(new Import(gatewayFragment('south'), 'address_1'))
    expect(tunnelsOf(site, [[0, 1]], '169.254.10.0/24', freshAddress)[0]?.peerAddress).toEqual(new Import(linkFragment('north--south', 'south'), 'address_10'))
  })
})

describe('resources', () => {
  it.each(['bgp', 'static'] as const)('of a link are read back under %s', (mode) => {
    const ends = provider.read(resourcesOfLink(provider, site, half(mode)))
    expect(ends.map(({ outside, routing }) => [outside.peer, routing])).toEqual([[peerAddresses['address_0'], mode], [peerAddresses['address_1'], mode]])
  })

  it('of a network are read back', () => {
    expect(networksOf(provider, site)).toMatchObject([{ site: 'north', cidrs: ['10.10.0.0/16'], subnets: [{ name: 'apps' }] }])
  })

  it('change by attributes or by a function, and go with undefined', () => {
    const set = resourcesOfLink(provider, site, half('bgp'))
    const address = set.all[0]?.address ?? ''
    expect(changed(set, address, { more: 1 }).all[0]?.values).toEqual({ ...set.all[0]?.values, more: 1 })
    expect(changed(set, address, () => ({ only: 1 })).all[0]?.values).toEqual({ only: 1 })
    expect(changed(set, address, () => undefined).all).toEqual(set.all.slice(1))
    expect(() => changed(set, 'acme.nothing', {})).toThrow('there is no acme.nothing among')
  })
})
