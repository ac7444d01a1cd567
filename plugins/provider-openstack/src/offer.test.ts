import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { offer } from './offer.ts'

describe('offer', () => {
  it('brings one address that is known before any link, and a connection per address of the peer', () => {
    expect(offer(siteWith()).routing).toEqual([
      expect.objectContaining({ mode: 'static', outside: { known: 'gateway', exports: ['address_0'] }, grouping: 'peer-address', insideUnused: true }),
    ])
  })

  it('offers by default what every release takes', () => {
    const { phase1, phase2 } = offer(siteWith()).ciphers
    expect(phase1.dhGroup).toEqual([14, 5, 2])
    expect(phase2.pfs).toEqual([14, 5, 2])
    expect(phase2.encryption).toEqual(['aes-256-cbc', 'aes-192-cbc', 'aes-128-cbc'])
    expect(phase1.integrity).toEqual(['sha2-512', 'sha2-384', 'sha2-256'])
  })

  it('offers AES-GCM and larger groups where the user says that the cloud has them', () => {
    const { phase1, phase2 } = offer(siteWith({ additionalCiphers: true })).ciphers
    expect(phase1.dhGroup[0]).toBe(21)
    expect(phase2.pfs[0]).toBe(21)
    expect(phase2.encryption[0]).toBe('aes-256-gcm-16')
    expect(phase1.encryption).not.toContain('aes-256-gcm-16')
  })
})
