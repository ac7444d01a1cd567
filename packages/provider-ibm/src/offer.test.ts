import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { gateway } from './gateway.ts'
import { offer } from './offer.ts'

describe('offer', () => {
  it('prefers BGP, and lets both members meet every peer in either mode', () => {
    expect(offer().routing.map(({ mode, grouping, legs }) => [mode, grouping, legs])).toEqual(['bgp', 'static'].map((mode) => [
      mode, 'peer-address', { meetsEveryPeer: true, onePerPeerAddress: false, onePerLocalAddress: false, onePeerOnly: false, inPairs: false },
    ]))
  })

  it('names only addresses that the gateway exports', () => {
    for (const { outside, mode } of offer().routing) {
      if (outside.known === 'gateway') expect(Object.keys(gateway(siteWith(), { modes: [mode] }).exports)).toEqual(expect.arrayContaining([...outside.exports]))
    }
  })

  it('keeps the inside blocks of idle legs to itself', () => {
    expect(offer().inside).toEqual({ ranges: ['169.254.0.0/18', '169.254.128.0/18'], reserved: [], owner: 'any' })
  })

  it('offers GCM in phase 2 only', () => {
    const { ciphers } = offer()
    expect(ciphers.phase1.encryption).toEqual(['aes-256-cbc', 'aes-192-cbc', 'aes-128-cbc'])
    expect(ciphers.phase2.encryption).toContain('aes-256-gcm-16')
    expect(ciphers.phase2.pfs).toContain('none')
  })

  it('counts connections, not tunnels', () => {
    expect(offer().quotas).toEqual({ connections: { limit: 10, adjustable: true } })
    expect(offer().key).toMatchObject({ per: 'connection' })
  })
})
