import { Cidr } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { apiCiphers, facts, hub, leastBgpBandwidth } from './facts.ts'
import { bandwidths } from './options.ts'

describe('facts of Tencent Cloud', () => {
  it.each(Object.entries({ inside: facts.inside, key: facts.key, transit: hub.transit, ...apiCiphers }))('own up to not having seen %s', (_name, fact) => {
    expect(fact.unverified).toBe(true)
  })

  it('spell the documented algorithms only, SHA-1 differently in each phase', () => {
    const { phase1, phase2 } = facts.ciphers
    expect(phase1.value).toEqual({
      encryption: { 'aes-256-cbc': 'AES-CBC-256', 'aes-192-cbc': 'AES-CBC-192', 'aes-128-cbc': 'AES-CBC-128', '3des-cbc': '3DES-CBC', 'des-cbc': 'DES-CBC' },
      integrity: { 'sha2-256': 'SHA-256', sha1: 'SHA', md5: 'MD5' },
      prf: { 'prf-sha2-256': 'SHA-256', 'prf-sha1': 'SHA', 'prf-md5': 'MD5' },
      dhGroup: { 1: 'GROUP1', 2: 'GROUP2', 5: 'GROUP5', 14: 'GROUP14', 24: 'GROUP24' },
    })
    expect(phase2.value.integrity).toEqual({ 'sha2-256': 'SHA-256', sha1: 'SHA1', md5: 'MD5' })
    expect(phase2.value.pfs).toEqual({ 1: 'DH-GROUP1', 2: 'DH-GROUP2', 5: 'DH-GROUP5', 14: 'DH-GROUP14', 24: 'DH-GROUP24', none: 'NULL' })
  })

  it('keep what only the API names apart, and whole', () => {
    const { phase1, phase2 } = apiCiphers
    expect(phase1.value).toMatchObject(facts.ciphers.phase1.value)
    expect(phase2.value).toMatchObject(facts.ciphers.phase2.value)
    expect(phase1.value.encryption['aes-256-gcm-16']).toBe('AES256GCM128')
    expect(phase1.value.integrity['sha2-384']).toBeUndefined()
    expect([phase2.value.integrity['sha2-384'], phase2.value.pfs[21]]).toEqual(['SHA-384', 'DH-GROUP21'])
  })

  it('name the zones of a region, those that are sold out last', () => {
    const regions = facts.network.regions.value
    expect(regions['ap-seoul']).toEqual(['ap-seoul-1', 'ap-seoul-2'])
    expect(regions['ap-guangzhou']?.slice(0, 2)).toEqual(['ap-guangzhou-3', 'ap-guangzhou-4'])
    expect(Object.keys(regions)).toHaveLength(18)
    for (const zones of Object.values(regions)) expect(new Set(zones).size).toBe(zones.length)
  })

  it('hold digits and letters as key characters', () => {
    expect(facts.key.value.alphabet).toMatch(/^[0-9A-Za-z]{62}$/)
  })

  it('hold none of the inside addresses of a cloud with a fixed pool', () => {
    for (const block of facts.inside.value.ranges) expect(Cidr.of(block).overlaps(Cidr.of('169.254.20.0/22'))).toBe(false)
  })

  it('forbid the three numbers of the cloud to peers', () => {
    expect(facts.asn.value.peerReserved.flat()).toEqual([45090, 45090, 58835, 58835, 139341, 139341])
  })

  it('know a bandwidth from which BGP is there', () => {
    expect(bandwidths).toContain(leastBgpBandwidth.value)
  })
})
