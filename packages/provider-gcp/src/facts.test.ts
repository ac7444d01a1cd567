import { Cidr } from '@isthmus/core'
import { factsIn } from '@isthmus/provider-kit/samples'
import { describe, expect, it } from 'vitest'
import { facts, hub } from './facts.ts'

describe('facts of Google Cloud', () => {
  const found = [...factsIn(facts, 'facts'), ...factsIn(hub, 'hub')]

  it('are all there', () => {
    expect(found.map(([path]) => path)).toEqual(expect.arrayContaining(['facts.network.regions', 'facts.ciphers.phase2', 'facts.key', 'facts.durations', 'hub.transit']))
    expect(found).toHaveLength(20)
  })

  it.each(found)('%s says where and when it was read', (_path, fact) => {
    expect(fact).toMatchObject({ source: expect.stringMatching(/.{11,}/), checked: expect.stringMatching(/^2026-\d\d-\d\d$/) })
  })

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

  it('hold no key character twice', () => {
    const { alphabet } = facts.key.value
    expect(new Set(alphabet).size).toBe(alphabet.length)
    expect(alphabet).toMatch(/^[!-~]+$/)
  })

  it('hold readable address blocks', () => {
    const { ranges, reserved } = facts.network.vnet
    for (const block of [...ranges.value, ...reserved.value, ...facts.inside.value.ranges]) expect(Cidr.of(block).toString()).toBe(block)
  })
})
