import { describe, expect, it } from 'vitest'
import { facts } from './facts.ts'

describe('facts of Google Cloud', () => {
  it('know the zones of a region, also where they do not start with a', () => {
    const regions = facts.network.regions.value
    expect(regions['asia-northeast3']).toEqual(['asia-northeast3-a', 'asia-northeast3-b', 'asia-northeast3-c'])
    expect(regions['europe-west1']).toEqual(['europe-west1-b', 'europe-west1-c', 'europe-west1-d'])
    expect(regions['us-central1']).toHaveLength(4)
    expect(Object.keys(regions)).toHaveLength(43)
  })

  it('hold no SHA-384 and no way around PFS in phase 2', () => {
    const { integrity, pfs } = facts.ciphers.phase2.value
    expect(integrity['sha2-384']).toBeUndefined()
    expect(pfs.none).toBeUndefined()
    expect(facts.ciphers.phase1.value.integrity['sha2-384']).toBe('HMAC-SHA2-384-192')
  })

  it('hold printable key characters only', () => {
    expect(facts.key.value.alphabet).toMatch(/^[!-~]+$/)
  })
})
