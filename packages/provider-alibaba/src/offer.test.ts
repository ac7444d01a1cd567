import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { offer } from './offer.ts'

describe('offer', () => {
  it('brings two addresses and connections of two tunnels, of which static routing can leave one idle', () => {
    const { routing, dpd, quotas } = offer(siteWith())
    for (const item of routing) {
      expect(item).toMatchObject({ outside: { known: 'gateway', exports: ['address_0', 'address_1'] }, grouping: 'pair', legs: { inPairs: item.mode === 'bgp' } })
      expect(Object.values(item.legs).filter(Boolean)).toHaveLength(item.mode === 'bgp' ? 1 : 0)
    }
    expect(dpd).toBe('fixed')
    expect(quotas).toEqual({ connections: { limit: 10, adjustable: true } })
  })

  it.each([
    ['ap-northeast-1', ['bgp', 'static']],
    ['cn-hongkong', ['bgp', 'static']],
    ['ap-northeast-2', ['static', 'bgp']],
    ['xx-new-1', ['static', 'bgp']],
  ])('prefers in %s what is known to work there', (region, modes) => {
    expect(offer(siteWith({}, { region })).routing.map(({ mode }) => mode)).toEqual(modes)
  })
})
