import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { customPolicy } from './custom-policy.ts'
import { negotiate } from './negotiate.ts'
import { policies } from './policies.ts'
import type { CipherOffer, SuitePolicy } from './policy.ts'
import { isWeak, strengthOrder } from './strength.ts'
import { prfOf } from './transform.ts'
import { type DhGroup, type Integrity, type Suite, isAead } from './vocabulary.ts'

const cbc = ['aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc'] as const
const gcm = ['aes-128-gcm-16', 'aes-192-gcm-16', 'aes-256-gcm-16'] as const
const sha2: readonly Integrity[] = ['sha2-256', 'sha2-384', 'sha2-512']
const all: readonly Integrity[] = ['md5', 'sha1', ...sha2]
const modern: readonly DhGroup[] = [14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24]

/** The abilities of six real kinds of gateway. */
const offers = {
  rich: {
    phase1: { encryption: [...cbc, ...gcm], integrity: ['sha1', ...sha2], prf: sha2.map(prfOf), dhGroup: [2, ...modern] },
    phase2: { encryption: [...cbc, ...gcm], integrity: ['sha1', ...sha2], pfs: [2, 5, ...modern] },
  },
  mid: {
    phase1: { encryption: ['des-cbc', '3des-cbc', ...cbc, 'aes-256-gcm-16'], integrity: ['md5', 'sha1', 'sha2-256', 'sha2-384'], prf: ['prf-md5', 'prf-sha1', 'prf-sha2-256', 'prf-sha2-384'], dhGroup: [1, 2, 14, 24, 19, 20] },
    phase2: { encryption: ['des-cbc', '3des-cbc', ...cbc, ...gcm], integrity: ['md5', 'sha1', 'sha2-256'], pfs: ['none', 1, 2, 14, 24, 19, 20] },
  },
  picky: {
    phase1: { encryption: ['3des-cbc', ...cbc, ...gcm], integrity: all, prf: all.map(prfOf), dhGroup: [2, 5, 14, 15, 16, 18, 19, 20, 21, 31, 22, 23, 24] },
    phase2: { encryption: [...cbc, ...gcm], integrity: ['sha1', 'sha2-256', 'sha2-512'], pfs: [2, 5, 14, 15, 16, 18, 19, 20, 21, 31] },
  },
  plain: {
    phase1: { encryption: ['des-cbc', '3des-cbc', ...cbc], integrity: all, prf: [], dhGroup: [1, 2, 5, 14] },
    phase2: { encryption: ['des-cbc', '3des-cbc', ...cbc], integrity: all, pfs: ['none', 1, 2, 5, 14] },
  },
  old: {
    phase1: { encryption: ['des-cbc', '3des-cbc', ...cbc], integrity: ['md5', 'sha1', 'sha2-256'], prf: [], dhGroup: [1, 2, 5, 14, 24] },
    phase2: { encryption: ['des-cbc', '3des-cbc', ...cbc], integrity: ['md5', 'sha1', 'sha2-256'], pfs: ['none', 1, 2, 5, 14, 24] },
  },
  half: {
    phase1: { encryption: cbc, integrity: sha2, prf: [], dhGroup: [...modern, 31] },
    phase2: { encryption: [...cbc, ...gcm], integrity: sha2, pfs: ['none', ...modern, 31] },
  },
} as const satisfies Record<string, CipherOffer>

type Kind = keyof typeof offers
const kinds: readonly Kind[] = ['rich', 'mid', 'picky', 'plain', 'old', 'half']

function between(policy: SuitePolicy, a: Kind, b: Kind) {
  return negotiate(policy, { site: a, ciphers: offers[a] }, { site: b, ciphers: offers[b] }, 'links.a--b')
}

function suiteOf(result: ReturnType<typeof negotiate>): Suite {
  if ('findings' in result) throw new Error(JSON.stringify(result.findings))
  return result.suite
}

const universal: Suite = {
  phase1: { encryption: 'aes-256-cbc', integrity: 'sha2-256', prf: 'prf-sha2-256', dhGroup: 14 },
  phase2: { encryption: 'aes-256-cbc', integrity: 'sha2-256', pfs: 14 },
}

describe('negotiate', () => {
  it('gives every pair of known gateways the same baseline suite', () => {
    for (const a of kinds) {
      for (const b of kinds) expect(suiteOf(between(policies.baseline, a, b))).toEqual(universal)
    }
  })

  it.each([
    ['rich', 'mid', ['aes-256-gcm-16', undefined, 'prf-sha2-384', 20], ['aes-256-gcm-16', undefined, 20]],
    ['rich', 'picky', ['aes-256-gcm-16', undefined, 'prf-sha2-512', 21], ['aes-256-gcm-16', undefined, 21]],
    ['rich', 'plain', ['aes-256-cbc', 'sha2-512', 'prf-sha2-512', 14], ['aes-256-cbc', 'sha2-512', 14]],
    ['rich', 'half', ['aes-256-cbc', 'sha2-512', 'prf-sha2-512', 21], ['aes-256-gcm-16', undefined, 21]],
    ['mid', 'plain', ['aes-256-cbc', 'sha2-384', 'prf-sha2-384', 14], ['aes-256-cbc', 'sha2-256', 14]],
    ['mid', 'half', ['aes-256-cbc', 'sha2-384', 'prf-sha2-384', 20], ['aes-256-gcm-16', undefined, 20]],
    ['picky', 'plain', ['aes-256-cbc', 'sha2-512', 'prf-sha2-512', 14], ['aes-256-cbc', 'sha2-512', 14]],
    ['plain', 'old', ['aes-256-cbc', 'sha2-256', 'prf-sha2-256', 14], ['aes-256-cbc', 'sha2-256', 14]],
  ] as const)('takes the strongest that %s and %s share under `strong`', (a, b, phase1, phase2) => {
    const suite = suiteOf(between(policies.strong, a, b))
    expect([suite.phase1.encryption, suite.phase1.integrity, suite.phase1.prf, suite.phase1.dhGroup]).toEqual(phase1)
    expect([suite.phase2.encryption, suite.phase2.integrity, suite.phase2.pfs]).toEqual(phase2)
  })

  it('leaves integrity out with an AEAD', () => {
    const { phase1, phase2 } = suiteOf(between(policies.strong, 'rich', 'picky'))
    expect('integrity' in phase1 || 'integrity' in phase2).toBe(false)
  })

  it('falls back to CBC where no PRF is common beside an AEAD, and says who lacks it', () => {
    const mute: CipherOffer = { ...offers.rich, phase1: { ...offers.rich.phase1, prf: [] } }
    const result = negotiate(policies.strong, { site: 'mute', ciphers: mute }, { site: 'rich', ciphers: offers.rich }, 'links.x')
    expect(suiteOf(result).phase1).toEqual({ encryption: 'aes-256-cbc', integrity: 'sha2-512', prf: 'prf-sha2-512', dhGroup: 21 })
    expect(result).toMatchObject({ reasons: [{ field: 'phase1.encryption', ruledOut: [{ value: 'aes-256-gcm-16', by: 'mute', needs: 'phase1.prf' }] }, {}, { field: 'phase1.prf', follows: 'phase1.integrity' }, {}, {}, {}] })
  })

  it('takes only an integrity algorithm whose PRF an end with PRFs of its own lists', () => {
    const narrow: CipherOffer = { ...offers.picky, phase1: { ...offers.picky.phase1, prf: ['prf-sha2-256'] } }
    const result = negotiate(policies.strong, { site: 'narrow', ciphers: narrow }, { site: 'plain', ciphers: offers.plain }, 'links.x')
    expect(suiteOf(result).phase1).toMatchObject({ integrity: 'sha2-256', prf: 'prf-sha2-256' })
  })

  it('says what each stronger value was ruled out by', () => {
    const result = between(policies.baseline, 'mid', 'half')
    const reasons = 'reasons' in result ? result.reasons : []
    expect(reasons.map(({ field, chosen }) => `${field}=${chosen}`)).toEqual([
      'phase1.encryption=aes-256-cbc', 'phase1.integrity=sha2-256', 'phase1.prf=prf-sha2-256', 'phase1.dhGroup=14',
      'phase2.encryption=aes-256-cbc', 'phase2.integrity=sha2-256', 'phase2.pfs=14',
    ])
    expect(reasons[0]?.ruledOut).toEqual([{ value: 'aes-256-gcm-16', by: 'half' }])
    expect(reasons[1]?.ruledOut).toEqual([{ value: 'sha2-512', by: 'mid' }, { value: 'sha2-384', by: 'policy' }])
    expect(reasons[3]?.ruledOut).toContainEqual({ value: '20', by: 'policy' })
    expect(reasons[3]?.ruledOut).toContainEqual({ value: '21', by: 'mid' })
  })

  it('gives a finding for every field without a common value, with a change that works', () => {
    const weakOnly: CipherOffer = {
      phase1: { encryption: ['3des-cbc'], integrity: ['sha1'], prf: [], dhGroup: [2] },
      phase2: { encryption: ['aes-256-cbc'], integrity: ['sha1'], pfs: [14, 2] },
    }
    const result = negotiate(policies.baseline, { site: 'north', ciphers: weakOnly }, { site: 'south', ciphers: offers.old }, 'links.n--s')
    const findings = 'findings' in result ? result.findings : []
    expect(findings.map(({ code, path, facts }) => [code, path, facts?.['field']])).toEqual([
      ['SUITE_NO_OVERLAP', 'links.n--s', 'phase1.encryption'],
      ['SUITE_NO_OVERLAP', 'links.n--s', 'phase1.dhGroup'],
      ['SUITE_NO_OVERLAP', 'links.n--s', 'phase2.integrity'],
    ])
    expect(findings[0]?.hint).toContain('3des-cbc in phase1.encryption (weak')
    expect(findings[0]?.title).toContain('north offers 3des-cbc')
    const relaxed = customPolicy({
      phase1: { encryption: '3des-cbc', integrity: 'sha1', dhGroup: 2 }, phase2: { encryption: 'aes-256-cbc', integrity: 'sha1', pfs: 14 },
    }, 'suite').policy
    expect('suite' in negotiate(relaxed, { site: 'north', ciphers: weakOnly }, { site: 'south', ciphers: offers.old }, 'x')).toBe(true)
  })

  it('says that no policy helps where the ends share nothing', () => {
    const only21: CipherOffer = { ...offers.rich, phase1: { ...offers.rich.phase1, dhGroup: [21] } }
    const result = negotiate(policies.strong, { site: 'north', ciphers: only21 }, { site: 'south', ciphers: offers.plain }, 'links.n--s')
    expect('findings' in result && result.findings[0]?.hint).toMatch(/^No policy helps/)
  })

  it('names the PRF where a custom one excludes the common integrity algorithms', () => {
    const { policy } = customPolicy({
      phase1: { encryption: 'aes-256-cbc', integrity: 'sha2-256', prf: 'prf-sha2-512', dhGroup: 14 }, phase2: { encryption: 'aes-256-cbc', pfs: 14 },
    }, 'suite')
    const result = between(policy, 'rich', 'plain')
    const findings = 'findings' in result ? result.findings : []
    expect(findings.map(({ facts }) => facts?.['field'])).toEqual(['phase1.prf'])
    expect(findings[0]?.hint).toContain('Add prf-sha2-256 to phase1.prf of the custom suite')
  })
})

const some = <T>(values: readonly T[], minLength = 0) => fc.subarray([...values], { minLength })
const cipherOffer: fc.Arbitrary<CipherOffer> = fc.record({
  phase1: fc.record({
    encryption: some(strengthOrder.encryption), integrity: some(strengthOrder.integrity), prf: some(strengthOrder.prf), dhGroup: some(strengthOrder.dhGroup),
  }),
  phase2: fc.record({ encryption: some(strengthOrder.encryption), integrity: some(strengthOrder.integrity), pfs: some(strengthOrder.pfs) }),
})
const custom = fc.record({
  phase1: fc.record({
    encryption: some(strengthOrder.encryption, 1), integrity: some(strengthOrder.integrity, 1), prf: some(strengthOrder.prf, 1), dhGroup: some(strengthOrder.dhGroup, 1),
  }),
  phase2: fc.record({ encryption: some(strengthOrder.encryption, 1), integrity: some(strengthOrder.integrity, 1), pfs: some(strengthOrder.pfs, 1) }),
}).map((suite) => customPolicy(suite, 'suite').policy)
const anyPolicy = fc.oneof(fc.constantFrom<SuitePolicy>(policies.baseline, policies.strong), custom)

function accepts(offer: CipherOffer, { phase1, phase2 }: Suite): boolean {
  return offer.phase1.encryption.includes(phase1.encryption) && offer.phase1.dhGroup.includes(phase1.dhGroup)
    && (isAead(phase1.encryption)
      ? phase1.integrity === undefined && offer.phase1.prf.includes(phase1.prf)
      : phase1.integrity !== undefined && offer.phase1.integrity.includes(phase1.integrity) && phase1.prf === prfOf(phase1.integrity)
        && (offer.phase1.prf.length === 0 || offer.phase1.prf.includes(phase1.prf)))
    && offer.phase2.encryption.includes(phase2.encryption) && offer.phase2.pfs.includes(phase2.pfs)
    && (isAead(phase2.encryption) ? phase2.integrity === undefined : phase2.integrity !== undefined && offer.phase2.integrity.includes(phase2.integrity))
}

function membersAreWeak({ phase1, phase2 }: Suite): boolean {
  return isWeak('encryption', phase1.encryption) || isWeak('encryption', phase2.encryption) || isWeak('prf', phase1.prf)
    || (phase1.integrity !== undefined && isWeak('integrity', phase1.integrity)) || (phase2.integrity !== undefined && isWeak('integrity', phase2.integrity))
    || isWeak('dhGroup', phase1.dhGroup) || isWeak('pfs', phase2.pfs)
}

const names = z.array(z.union([z.string(), z.number()]))
const failureFacts = z.object({ allowed: names, offered: z.object({ a: names, b: names }) })

describe('any negotiation', () => {
  it('gives a suite that both ends offer and the policy allows, the same whoever comes first, and never a weak one unasked', () => {
    fc.assert(fc.property(anyPolicy, cipherOffer, cipherOffer, (policy, a, b) => {
      const result = negotiate(policy, { site: 'a', ciphers: a }, { site: 'b', ciphers: b }, 'x')
      const swapped = negotiate(policy, { site: 'b', ciphers: b }, { site: 'a', ciphers: a }, 'x')
      if ('findings' in result) {
        expect(result.findings.length).toBeGreaterThan(0)
        expect('findings' in swapped).toBe(true)
        return
      }
      expect(suiteOf(swapped)).toEqual(result.suite)
      expect(accepts(a, result.suite) && accepts(b, result.suite)).toBe(true)
      expect(policy.phase1.encryption.includes(result.suite.phase1.encryption) && policy.phase1.prf.includes(result.suite.phase1.prf)).toBe(true)
      if (policy.name !== 'custom') expect(membersAreWeak(result.suite)).toBe(false)
    }), { numRuns: 500 })
  })

  it('fails only with fields in which policy and both ends share nothing', () => {
    fc.assert(fc.property(anyPolicy, cipherOffer, (policy, offer) => {
      const result = negotiate(policy, { site: 'a', ciphers: offer }, { site: 'b', ciphers: offers.rich }, 'x')
      if ('suite' in result) return
      for (const { facts } of result.findings) {
        const { allowed, offered } = failureFacts.parse(facts)
        expect(allowed.filter((value) => offered.a.includes(value) && offered.b.includes(value))).toEqual([])
      }
    }))
  })
})
