import { Cidr, cipherOffer } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { bgpSupport, facts } from './facts.ts'

describe('facts', () => {
  it('offer CBC only and no group above 14', () => {
    const { phase1, phase2 } = cipherOffer(facts.ciphers)
    expect(phase1.encryption).toEqual(['aes-256-cbc', 'aes-192-cbc', 'aes-128-cbc', '3des-cbc', 'des-cbc'])
    expect(phase2.encryption).toEqual(phase1.encryption)
    expect(phase1.dhGroup).toEqual([14, 5, 2, 1])
    expect(phase2.pfs).toEqual([14, 5, 2, 1, 'none'])
  })

  it('name the PRF by the integrity algorithm it goes with', () => {
    const { prf, integrity } = facts.ciphers.phase1.value
    expect(Object.entries(integrity).map(([name, word]) => [`prf-${name}`, word])).toEqual(Object.entries(prf))
  })

  it('reserve eight inside blocks within the range they come from', () => {
    const { ranges, reserved } = facts.inside.value
    expect(reserved).toHaveLength(8)
    for (const block of reserved) {
      expect(Cidr.of(block).prefix).toBe(30)
      expect(ranges.some((range) => Cidr.of(range).contains(Cidr.of(block)))).toBe(true)
    }
  })

  it('allow each key character once, and no space and no double quote', () => {
    const { alphabet } = facts.key.value
    expect(new Set(alphabet).size).toBe(alphabet.length)
    expect(alphabet).toMatch(/^[!#-~]+$/)
    expect(alphabet).toHaveLength(93)
  })

  it('name zones the way their region does', () => {
    const { 'eu-west-1': london, 'cn-hangzhou': hangzhou } = facts.network.regions.value
    expect(london).toEqual(['eu-west-1a', 'eu-west-1b'])
    expect(hangzhou?.slice(0, 2)).toEqual(['cn-hangzhou-g', 'cn-hangzhou-h'])
    for (const zones of Object.values(facts.network.regions.value)) expect(new Set(zones).size).toBe(zones.length)
  })

  it('know every region that has BGP', () => {
    expect(bgpSupport.value).toHaveLength(17)
    expect(bgpSupport.value.filter((region) => !(region in facts.network.regions.value))).toEqual([])
    expect(bgpSupport.value).not.toContain('ap-northeast-2')
    expect(bgpSupport.unverified).toBe(true)
  })
})
