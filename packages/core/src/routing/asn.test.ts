import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AsnRange, AsnRules } from '../provider/facts.ts'
import { type AsnSite, allocateAsns } from './asn.ts'
import { inRanges } from './number-range.ts'

const anything: AsnRules = { own: [[1, 4294967295]], ownReserved: [], peerReserved: [] }
const site = (name: string, rules: Partial<AsnRules> = {}, asn?: number): AsnSite => ({ name, rules: { ...anything, ...rules }, asn, path: `sites.${name}.asn` })
const codes = (result: ReturnType<typeof allocateAsns>) => result.findings.map(({ code, path }) => `${code} ${path}`)

describe('allocateAsns', () => {
  it('counts up from 64601 in the order of names', () => {
    const result = allocateAsns({ sites: [site('c'), site('a'), site('b')], links: [], agreed: {} })
    expect(result).toMatchObject({ asns: { a: 64601, b: 64602, c: 64603 }, findings: [] })
    expect(result.reasons).toEqual(['a', 'b', 'c'].map((name, index) => ({ site: name, chosen: 64601 + index, because: 'free' })))
  })

  it('passes over what the own cloud and linked clouds refuse, and only those', () => {
    const sites = [site('a', { ownReserved: [[64601, 64602]] }), site('b', { peerReserved: [[64603, 64603]] }), site('c', { peerReserved: [[64604, 64604]] })]
    expect(allocateAsns({ sites, links: [['a', 'b']], agreed: {} }).asns).toEqual({ a: 64604, b: 64601, c: 64602 })
  })

  it('keeps numbers of an earlier plan when sites are added, also those of sites that are elsewhere', () => {
    const result = allocateAsns({ sites: [site('a'), site('b'), site('c')], links: [], agreed: { b: 64601, c: 65010, gone: 64602 } })
    expect(result.asns).toEqual({ a: 64603, b: 64601, c: 65010 })
    expect(allocateAsns({ sites: [site('a', {}, 64602)], links: [], agreed: { gone: 64602 } })).toMatchObject({ asns: { a: 64602 }, findings: [] })
    expect(result.reasons.map(({ because }) => because)).toEqual(['free', 'agreed', 'agreed'])
  })

  it('replaces an earlier number that a new neighbour refuses or another site now asks for, and says so', () => {
    const sites = [site('a'), site('b', { peerReserved: [[64700, 64700]] }), site('c'), site('d', {}, 64800)]
    const result = allocateAsns({ sites, links: [['a', 'b']], agreed: { a: 64700, c: 64800 } })
    expect(result.asns).toEqual({ a: 64601, b: 64602, c: 64603, d: 64800 })
    expect(result.reasons[0]).toEqual({ site: 'a', chosen: 64601, because: 'free', ruledOut: { asn: 64700, by: 'b' } })
    expect(result.reasons[2]).toEqual({ site: 'c', chosen: 64603, because: 'free', ruledOut: { asn: 64800, by: 'd' } })
    expect(result.findings).toEqual([])
  })

  it('takes no name for an agreement', () => {
    expect(allocateAsns({ sites: [site('constructor')], links: [], agreed: {} }).reasons).toEqual([{ site: 'constructor', chosen: 64601, because: 'free' }])
  })

  it('refuses an explicit number with a proposal', () => {
    const sites = [site('a', {}, 64512), site('b', { peerReserved: [[64512, 64513]] }), site('c', { own: [[64512, 65534]] }, 700)]
    const result = allocateAsns({ sites, links: [['a', 'b']], agreed: {} })
    expect(codes(result)).toEqual(['ASN_RESERVED sites.a.asn', 'ASN_RESERVED sites.c.asn'])
    expect(result.findings[0]).toMatchObject({ title: expect.stringContaining('b, which is linked to a'), hint: 'Use 64601 for a, or leave the number out.' })
    expect(result.asns).toEqual({ a: 64601, b: 64602, c: 64603 })
    expect(result.reasons[0]?.because).toBe('proposed')
  })

  it('refuses the second of two equal explicit numbers with a proposal', () => {
    const result = allocateAsns({ sites: [site('b', {}, 65000), site('a', {}, 65000)], links: [], agreed: {} })
    expect(codes(result)).toEqual(['ASN_CLASH sites.b.asn'])
    expect(result.findings[0]?.title).toContain('b and a both use')
    expect(result.asns).toEqual({ a: 65000, b: 64601 })
  })

  it('goes on to long numbers where short ones run out', () => {
    const sites = [site('a', { ownReserved: [[1, 65535], [4200000000, 4201065999]] }), site('b', { own: [[64512, 64601]] })]
    expect(allocateAsns({ sites, links: [], agreed: {} }).asns).toEqual({ a: 4201066000, b: 64601 })
  })

  it('gives a finding where no private number is left', () => {
    const result = allocateAsns({ sites: [site('a', { own: [[100, 200]] })], links: [], agreed: {} })
    expect(codes(result)).toEqual(['ASN_RESERVED sites.a.asn'])
    expect(result.findings[0]?.hint).toContain('100 to 200')
    expect(result.asns).toEqual({})
  })

  it('gives each site of a full mesh of 100 its own number', () => {
    const sites = Array.from({ length: 100 }, (_, index) => site(`s${index}`, { peerReserved: Array.from({ length: 8 }, (_unused, hole): AsnRange => [64601 + index * 9 + hole, 64601 + index * 9 + hole]) }))
    const links = sites.flatMap((a, index) => sites.slice(index + 1).map((b): [string, string] => [a.name, b.name]))
    const result = allocateAsns({ sites, links, agreed: {} })
    expect(new Set(Object.values(result.asns)).size).toBe(100)
  })

  it('never gives a number twice or one that an end of a link refuses, and is stable', () => {
    const rules = fc.record({
      own: fc.constantFrom<readonly AsnRange[]>([[64512, 65534]], [[1, 4294967295]], [[64601, 64604], [64610, 64700]]),
      ownReserved: fc.array(fc.nat(8).map((offset): AsnRange => [64601 + offset, 64602 + offset]), { maxLength: 3 }),
      peerReserved: fc.array(fc.nat(8).map((offset): AsnRange => [64601 + offset, 64601 + offset]), { maxLength: 3 }),
    })
    const asn = fc.option(fc.integer({ min: 64598, max: 64612 }), { nil: undefined })
    const order = fc.array(fc.tuple(rules, asn, asn), { minLength: 1, maxLength: 8 })
    fc.assert(fc.property(order, fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 12 }), (entries, pairs) => {
      const sites = entries.map(([some, explicit], index) => site(`s${index}`, some, explicit))
      const links = pairs.filter(([a, b]) => a !== b).map(([a, b]): [string, string] => [`s${a}`, `s${b}`])
      const agreed = Object.fromEntries(entries.flatMap(([, , number], index) => number === undefined ? [] : [[`s${index}`, number]]))
      const result = allocateAsns({ sites, links, agreed })
      expect(new Set(Object.values(result.asns)).size).toBe(sites.length)
      for (const { name, rules: own } of sites) {
        const chosen = result.asns[name] ?? -1
        const peers = sites.filter((other) => links.some(([a, b]) => (a === name && b === other.name) || (b === name && a === other.name)))
        expect(inRanges(chosen, own.own) && !inRanges(chosen, own.ownReserved)).toBe(true)
        expect(peers.some((peer) => inRanges(chosen, peer.rules.peerReserved))).toBe(false)
      }
      expect(allocateAsns({ sites: sites.toReversed(), links, agreed: result.asns }).asns).toEqual(result.asns)
    }), { numRuns: 300 })
  })
})
