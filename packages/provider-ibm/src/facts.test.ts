import { Cidr } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { ibmFacts, insideBlocks, transitBlocks } from './facts.ts'

/** Values that ibm 2.5.0 accepts in its policies. */
const accepted = {
  ikeEncryption: ['aes128', 'aes192', 'aes256', 'triple_des'],
  authentication: ['md5', 'sha1', 'sha256', 'sha384', 'sha512', 'disabled'],
  dhGroups: [2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 31],
  ipsecEncryption: ['aes128', 'aes192', 'aes256', 'triple_des', 'aes128gcm16', 'aes192gcm16', 'aes256gcm16'],
  pfsGroups: ['disabled', ...[14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 31].map((group) => `group_${group}`)],
}

describe('ibmFacts', () => {
  const { phase1, phase2 } = ibmFacts.ciphers
  it.each([
    ['phase 1 encryption', phase1.value.encryption, accepted.ikeEncryption],
    ['phase 1 integrity', phase1.value.integrity, accepted.authentication],
    ['phase 1 PRF', phase1.value.prf, accepted.authentication],
    ['phase 1 group', phase1.value.dhGroup, accepted.dhGroups],
    ['phase 2 encryption', phase2.value.encryption, accepted.ipsecEncryption],
    ['phase 2 integrity', phase2.value.integrity, accepted.authentication],
    ['phase 2 group', phase2.value.pfs, accepted.pfsGroups],
  ])('spells each %s as the provider accepts it', (_, spelling, values) => {
    for (const spelled of Object.values(spelling)) expect(values).toContain(spelled)
  })

  it('has no GCM in phase 1, and no group that IBM Cloud gave up', () => {
    expect(Object.keys(phase1.value.encryption).filter((name) => name.includes('gcm'))).toEqual([])
    expect(Object.keys(phase1.value.dhGroup).map(Number)).toEqual([14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 31])
  })

  it('has a key alphabet without underscore, and starts keys with a letter', () => {
    const { alphabet, firstCharacters, minLength, maxLength } = ibmFacts.key.value
    expect(alphabet).toMatch(/^[-A-Za-z0-9+&!@#$%^*().,:]+$/)
    expect(new Set(alphabet).size).toBe(alphabet.length)
    expect(alphabet).toHaveLength(62 + 15)
    expect(firstCharacters).toMatch(/^[A-Za-z]{52}$/)
    expect([minLength, maxLength]).toEqual([6, 128])
  })

  it.each([0, 13884, 36351, 64512, 64513, 65100, 65200, 65234, 65402, 65433, 65500, 4201065000, 4201065999])('gives ASN %i to nobody', (asn) => {
    const { own, ownReserved, peerReserved } = ibmFacts.asn.value
    const within = (ranges: typeof own) => ranges.some(([first, last]) => asn >= first && asn <= last)
    expect(within(own) && !within(ownReserved)).toBe(false)
    expect(asn === 0 || within(peerReserved)).toBe(true)
  })

  it('knows the three zones of each region', () => {
    const regions = ibmFacts.network.regions.value
    expect(regions['jp-tok']).toEqual(['jp-tok-1', 'jp-tok-2', 'jp-tok-3'])
    expect(Object.keys(regions)).toHaveLength(11)
  })

  it('writes the blocks of its own so that they can be read', () => {
    for (const block of [...insideBlocks.value.live, ...insideBlocks.value.idle, ...transitBlocks.value.candidates]) {
      expect(Cidr.of(block).toString()).toBe(block)
    }
  })
})
