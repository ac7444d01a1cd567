import { Cidr } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { ciphers } from './ciphers.ts'
import { facts } from './facts.ts'

/** Accepted values in the schema of hashicorp/aws 6.66.0, aws_vpn_connection. */
const accepted = {
  encryption: ['AES128', 'AES256', 'AES128-GCM-16', 'AES256-GCM-16'],
  integrity: ['SHA1', 'SHA2-256', 'SHA2-384', 'SHA2-512'],
  phase1Groups: [2, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
  phase2Groups: [2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
}

const sorted = (values: readonly unknown[]): string[] => values.map(String).sort()

describe('facts', () => {
  it('spell transforms exactly as the schema of the provider accepts them', () => {
    const { phase1, phase2 } = facts.ciphers
    expect(sorted(Object.values(phase1.value.encryption))).toEqual(sorted(accepted.encryption))
    expect(sorted(Object.values(phase1.value.integrity))).toEqual(sorted(accepted.integrity))
    expect(sorted(Object.values(phase1.value.prf))).toEqual(sorted(accepted.integrity))
    expect(Object.values(phase1.value.dhGroup)).toEqual(accepted.phase1Groups)
    expect(sorted(Object.values(phase2.value.encryption))).toEqual(sorted(accepted.encryption))
    expect(sorted(Object.values(phase2.value.integrity))).toEqual(sorted(accepted.integrity))
    expect(Object.values(phase2.value.pfs)).toEqual(accepted.phase2Groups)
  })

  it('offer every transform they spell and no more', () => {
    expect(ciphers.phase1.encryption).toEqual(['aes-256-gcm-16', 'aes-256-cbc', 'aes-128-gcm-16', 'aes-128-cbc'])
    expect(new Set(ciphers.phase1.dhGroup)).toEqual(new Set(accepted.phase1Groups))
    expect(new Set(ciphers.phase2.pfs)).toEqual(new Set(accepted.phase2Groups))
    expect(ciphers.phase2.pfs).not.toContain('none')
  })

  it('reserve inside blocks within the range they come from', () => {
    const { ranges, reserved } = facts.inside.value
    for (const block of reserved) {
      expect(Cidr.of(block).prefix).toBe(30)
      expect(ranges.some((range) => Cidr.of(range).contains(Cidr.of(block)))).toBe(true)
    }
  })

  it('allow exactly the keys that the provider accepts', () => {
    const { alphabet, firstCharacters } = facts.key.value
    expect(new Set(alphabet).size).toBe(64)
    expect([...alphabet].every((character) => /^[0-9A-Za-z_.]$/.test(character))).toBe(true)
    expect([...alphabet].filter((character) => !firstCharacters?.includes(character))).toEqual(['0'])
  })

  it('name zones after their region, and each region has at least three', () => {
    for (const [region, zones] of Object.entries(facts.network.regions.value)) {
      expect(zones.length).toBeGreaterThanOrEqual(3)
      expect(zones.every((zone) => zone.slice(0, -1) === region)).toBe(true)
      expect(new Set(zones).size).toBe(zones.length)
    }
    expect(facts.network.regions.value['ap-northeast-1']?.[1]).toBe('ap-northeast-1c')
  })
})
