import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { negotiateDpd, negotiateLifetimes } from './lifetime.ts'

const flexible = { site: 'north', rules: { phase1: { min: 900, max: 28800 }, phase2: { min: 900, max: 3600 } } }
const fixed = { site: 'south', rules: { phase1: 36000, phase2: 10800 } }

describe('negotiateLifetimes', () => {
  it('uses 8 hours and 1 hour by default, and what is fixed without a word', () => {
    const result = negotiateLifetimes({}, flexible, fixed, 'lifetimes')
    expect(result).toMatchObject({ a: { phase1: 28800, phase2: 3600 }, b: { phase1: 36000, phase2: 10800 }, findings: [] })
    expect(result.reasons.map(({ site, phase, because }) => `${site} ${phase} ${because}`)).toEqual([
      'north phase1 default', 'north phase2 default', 'south phase1 fixed', 'south phase2 fixed',
    ])
  })

  it('warns only about what was asked for', () => {
    const result = negotiateLifetimes({ phase1: 86400 }, flexible, fixed, 'lifetimes')
    expect(result.a).toEqual({ phase1: 28800, phase2: 3600 })
    expect(result.findings.map(({ code, severity, path }) => `${severity} ${code} ${path}`)).toEqual([
      'warning LIFETIME_UNSUPPORTED lifetimes.phase1', 'warning LIFETIME_UNSUPPORTED lifetimes.phase1',
    ])
    expect(result.findings[0]?.hint).toBe('Use a lifetime from 900 to 28800 s, or leave it out.')
    expect(result.reasons[0]).toEqual({ site: 'north', phase: 'phase1', seconds: 28800, because: 'clamped' })
  })

  it('is silent where both ends can do what was asked for', () => {
    const result = negotiateLifetimes({ phase2: 1800 }, flexible, { ...flexible, site: 'east' }, 'lifetimes')
    expect(result).toMatchObject({ a: { phase2: 1800 }, b: { phase2: 1800 }, findings: [] })
    expect(result.reasons[1]?.because).toBe('wanted')
  })

  it('always stays inside the bounds', () => {
    fc.assert(fc.property(fc.nat(700000), fc.nat(700000), (phase1, phase2) => {
      const { a } = negotiateLifetimes({ phase1, phase2 }, flexible, fixed, 'x')
      expect(a.phase1).toBeGreaterThanOrEqual(900)
      expect(a.phase1).toBeLessThanOrEqual(28800)
      expect(a.phase2).toBeLessThanOrEqual(3600)
    }))
  })
})

describe('negotiateDpd', () => {
  it.each([
    [undefined, { timeout: { min: 9, max: 3600 } }, 45],
    [undefined, { timeout: { min: 60, max: 90 } }, 60],
    [20, { timeout: { min: 30, max: 60 } }, 30],
    [90, { timeout: { min: 30, max: 60 } }, 60],
    [40, { timeout: { min: 30, max: 60 } }, 40],
    [40, 'fixed', undefined],
  ] as const)('answers a wish for %s under %j with %s', (wanted, rules, expected) => {
    expect(negotiateDpd(wanted, rules)).toBe(expected)
  })
})
