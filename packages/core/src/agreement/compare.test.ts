import { describe, expect, it } from 'vitest'
import { compareEnds } from './compare.ts'
import type { EndView } from './end-view.ts'
import { northEnd, southEnd, without } from './ends.fixture.ts'

const north = northEnd()
const phase1 = (changes: Partial<EndView['phase1']>): EndView => southEnd({ phase1: { ...southEnd().phase1, ...changes } })
const phase2 = (changes: Partial<EndView['phase2']>): EndView => southEnd({ phase2: { ...southEnd().phase2, ...changes } })
const lifetime = (seconds: number, fixed = false) => ({ seconds, fixed })

describe('two ends that were meant for each other', () => {
  it('agree', () => {
    expect(compareEnds(north, southEnd())).toEqual([])
    expect(compareEnds(southEnd(), north)).toEqual([])
  })

  it.each<[string, EndView, unknown]>([
    ['outside', southEnd({ outside: { local: '198.51.100.9', peer: '192.0.2.1' } }), { a: '198.51.100.1', b: '198.51.100.9', sides: ['peer', 'local'] }],
    ['outside', southEnd({ outside: { local: '198.51.100.1', peer: { token: 'acme_gateway.east.address' } } }), { a: '192.0.2.1', b: 'acme_gateway.east.address', sides: ['local', 'peer'] }],
    ['inside', southEnd({ inside: { local: '169.254.10.6', peer: '169.254.10.1', prefix: 30 } }), { a: '169.254.10.2', b: '169.254.10.6' }],
    ['inside', without(southEnd(), 'inside'), { b: 'none' }],
    ['insidePrefix', southEnd({ inside: { local: '169.254.10.2', peer: '169.254.10.1', prefix: 29 } }), { a: 30, b: 29 }],
    ['selectors', southEnd({ selectors: { local: ['10.1.0.0/16'], peer: ['0.0.0.0/0'] } }), { a: ['0.0.0.0/0'], b: ['10.1.0.0/16'], sides: ['peer', 'local'] }],
    ['routing', southEnd({ routing: 'static' }), { a: 'bgp', b: 'static' }],
    ['asn', southEnd({ asn: { local: 64_602, peer: 64_600 } }), { a: 64_601, b: 64_600, sides: ['local', 'peer'] }],
    ['ikeVersion', southEnd({ ikeVersion: 1 }), { a: 2, b: 1 }],
    ['phase1.encryption', phase1({ encryption: ['aes-128-gcm-16'] }), { a: ['aes-256-gcm-16'], b: ['aes-128-gcm-16'] }],
    ['phase1.encryption', phase1({ encryption: ['aes-256-gcm-16', 'aes-128-gcm-16'] }), { b: ['aes-128-gcm-16', 'aes-256-gcm-16'] }],
    ['phase1.integrity', phase1({ integrity: ['sha2-256'] }), { a: [], b: ['sha2-256'] }],
    ['phase1.prf', phase1({ prf: ['prf-sha2-256'] }), { b: ['prf-sha2-256'] }],
    ['phase1.dhGroup', phase1({ dhGroup: [14] }), { a: ['20'], b: ['14'] }],
    ['phase1.lifetime', phase1({ lifetime: lifetime(3600) }), { a: 28_800, b: 3600 }],
    ['phase2.encryption', phase2({ encryption: [] }), { b: [] }],
    ['phase2.integrity', phase2({ integrity: ['sha1'] }), { b: ['sha1'] }],
    ['phase2.pfs', phase2({ pfs: ['none'] }), { b: ['none'] }],
    ['phase2.lifetime', phase2({ lifetime: lifetime(3601) }), { b: 3601 }],
    ['key', southEnd({ key: { token: 'var.keys.other@v1' } }), { a: 'hidden', b: 'hidden' }],
    ['key', southEnd({ key: 'in the clear' }), { a: 'hidden', b: 'hidden' }],
  ])('disagree in %s', (field, south, values) => {
    const found = compareEnds(north, south)
    expect(found).toMatchObject([{ field, ...Object(values) }])
    expect(compareEnds(south, north).map((item) => item.field)).toEqual([field])
    expect(JSON.stringify(found)).not.toContain('in the clear')
  })

  it('need one that starts', () => {
    expect(compareEnds(northEnd({ initiates: false }), southEnd())).toEqual([])
    expect(compareEnds(northEnd({ initiates: false }), southEnd({ initiates: false }))).toMatchObject([{ field: 'initiation' }])
  })

  it('may have different lifetimes where one is fixed', () => {
    expect(compareEnds(north, phase1({ lifetime: lifetime(36_000, true) }))).toEqual([])
  })

  it('are not asked what an end does not say', () => {
    for (const field of ['asn', 'prefixes', 'selectors'] as const) expect(compareEnds(north, without(southEnd(), field))).toEqual([])
  })
})

describe('prefixes under BGP', () => {
  const north = (peer: readonly string[]): EndView => northEnd({ prefixes: { local: ['10.0.0.0/16'], peer } })

  it.each<[string, EndView, EndView, boolean]>([
    ['what a table leads to the tunnel, and to others', north(['10.1.0.0/16', '10.9.0.0/16']), southEnd(), true],
    ['a table without the network of the peer', north(['10.9.0.0/16']), southEnd(), false],
    ['an end that is cut off from its network', northEnd({ prefixes: { local: [] } }), southEnd(), false],
  ])('%s: agree is %s', (_, a, b, agree) => {
    expect(compareEnds(a, b).map(({ field }) => field)).toEqual(agree ? [] : ['prefixes'])
    expect(compareEnds(b, a).map(({ field }) => field)).toEqual(agree ? [] : ['prefixes'])
  })
})

describe('prefixes under static routing', () => {
  const ends = (sent: readonly string[], owned: readonly string[]): [EndView, EndView] => [
    without(without(northEnd({ routing: 'static', prefixes: { local: ['10.0.0.0/16'], peer: sent } }), 'inside'), 'asn'),
    without(without(southEnd({ routing: 'static', prefixes: { local: owned, peer: ['10.0.0.0/16'] } }), 'inside'), 'asn'),
  ]

  it.each<[string, string[], string[], boolean]>([
    ['the same block', ['10.1.0.0/16'], ['10.1.0.0/16'], true],
    ['a block around the subnets that are known', ['10.1.0.0/16'], ['10.1.0.0/18', '10.1.64.0/18'], true],
    ['several blocks in another order', ['10.2.0.0/16', '10.1.0.0/16'], ['10.1.0.0/16', '10.2.0.0/16'], true],
    ['a part of the network only', ['10.1.0.0/17'], ['10.1.0.0/16'], false],
    ['one of two networks', ['10.1.0.0/16'], ['10.1.0.0/16', '10.2.0.0/16'], false],
    ['one block too many', ['10.1.0.0/16', '10.9.0.0/16'], ['10.1.0.0/16'], false],
    ['nothing', [], ['10.1.0.0/16'], false],
  ])('%s: agree is %s', (_, sent, owned, agree) => {
    const [a, b] = ends(sent, owned)
    expect(compareEnds(a, b).map(({ field }) => field)).toEqual(agree ? [] : ['prefixes'])
    expect(compareEnds(b, a).map(({ field }) => field)).toEqual(agree ? [] : ['prefixes'])
  })
})
