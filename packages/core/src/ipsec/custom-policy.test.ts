import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { customPolicy, customSuiteSchema } from './custom-policy.ts'
import { policies } from './policies.ts'

describe('customPolicy', () => {
  it('accepts single names and lists alike', () => {
    const single = customPolicy({ phase1: { encryption: 'aes-128-cbc', integrity: 'sha2-256', dhGroup: 19 }, phase2: { encryption: 'aes-128-gcm-16', pfs: 19 } }, 'suite')
    const lists = customPolicy({ phase1: { encryption: ['aes-128-cbc'], integrity: ['sha2-256'], dhGroup: [19] }, phase2: { encryption: ['aes-128-gcm-16'], pfs: [19] } }, 'suite')
    expect(single).toEqual(lists)
    expect(single.findings).toEqual([])
    expect(single.policy).toEqual({
      name: 'custom',
      phase1: { encryption: ['aes-128-cbc'], integrity: ['sha2-256'], prf: ['prf-sha2-256'], dhGroup: [19] },
      phase2: { encryption: ['aes-128-gcm-16'], integrity: policies.strong.phase2.integrity, pfs: [19] },
    })
  })

  it('fills what is left out with what is not weak', () => {
    const { policy } = customPolicy({ phase1: { encryption: 'aes-256-gcm-16', dhGroup: 20 }, phase2: { encryption: 'aes-256-gcm-16', pfs: 20 } }, 'suite')
    expect(policy.phase1.integrity).toEqual(policies.strong.phase1.integrity)
    expect(policy.phase1.prf).toEqual(policies.strong.phase1.prf)
  })

  it('warns at each weak member', () => {
    const { policy, findings } = customPolicy({
      phase1: { encryption: ['aes-256-cbc', '3des-cbc'], integrity: 'sha1', prf: ['prf-md5'], dhGroup: [14, 2] },
      phase2: { encryption: 'des-cbc', integrity: ['md5'], pfs: 'none' },
    }, 'links.x.suite')
    expect(policy.phase1.dhGroup).toEqual([14, 2])
    expect(findings.map(({ code, severity, path }) => `${severity} ${code} ${path}`)).toEqual([
      'warning SUITE_WEAK links.x.suite.phase1.encryption[1]',
      'warning SUITE_WEAK links.x.suite.phase1.integrity',
      'warning SUITE_WEAK links.x.suite.phase1.prf[0]',
      'warning SUITE_WEAK links.x.suite.phase1.dhGroup[1]',
      'warning SUITE_WEAK links.x.suite.phase2.encryption',
      'warning SUITE_WEAK links.x.suite.phase2.integrity[0]',
      'warning SUITE_WEAK links.x.suite.phase2.pfs',
    ])
    expect(findings[3]?.hint).toContain('Use Diffie-Hellman group 14 instead')
  })
})

describe('customSuiteSchema', () => {
  const good = { phase1: { encryption: 'aes-256-cbc', dhGroup: [14, 19] }, phase2: { encryption: ['aes-256-cbc'], pfs: 'none' } }

  it('accepts a suite and gives it back unchanged', () => {
    expect(customSuiteSchema.parse(good)).toEqual(good)
  })

  it.each([
    ['an unknown algorithm', { ...good, phase1: { ...good.phase1, encryption: 'aes-256' } }],
    ['an unknown group', { ...good, phase1: { ...good.phase1, dhGroup: 3 } }],
    ['an empty list', { ...good, phase2: { ...good.phase2, pfs: [] } }],
    ['a missing phase', { phase1: good.phase1 }],
    ['a misspelt field', { ...good, phase2: { ...good.phase2, pfsGroup: 14 } }],
    ['no group for the IKE SA', { ...good, phase1: { ...good.phase1, dhGroup: 'none' } }],
  ])('refuses %s', (_, input) => {
    expect(customSuiteSchema.safeParse(input).success).toBe(false)
  })

  it('describes every field in its JSON Schema', () => {
    const schema = z.toJSONSchema(customSuiteSchema)
    for (const phase of Object.values(schema.properties ?? {})) {
      const { description, properties = {} } = typeof phase === 'object' ? phase : {}
      expect(description).toBeTruthy()
      for (const field of Object.values(properties)) expect(typeof field === 'object' && field.description).toBeTruthy()
    }
  })
})
