import { describe, expect, it } from 'vitest'
import { sampleSite } from '../test/samples.ts'
import { gateway } from './gateway.ts'
import { offer } from './offer.ts'
import { bandwidths } from './options.ts'

const free = { meetsEveryPeer: false, onePerPeerAddress: false, onePerLocalAddress: false, onePeerOnly: false, inPairs: false }

describe('offer', () => {
  it('prefers BGP with one tunnel per gateway, and can do any static tunnels', () => {
    expect(offer(sampleSite()).routing).toEqual([
      { mode: 'bgp', outside: { known: 'gateway', exports: ['address_0', 'address_1'] }, grouping: 'tunnel', legs: { ...free, onePerLocalAddress: true } },
      { mode: 'static', outside: { known: 'gateway', exports: ['static_address_0', 'static_address_1'] }, grouping: 'tunnel', legs: free, insideUnused: true },
    ])
  })

  it.each(bandwidths.map((bandwidth) => [bandwidth, bandwidth >= 200 ? ['bgp', 'static'] : ['static']] as const))('with %d Mbps offers %j', (bandwidth, modes) => {
    expect(offer(sampleSite({ bandwidth })).routing.map(({ mode }) => mode)).toEqual(modes)
  })

  it('names only addresses that the gateway exports', () => {
    const site = sampleSite()
    for (const { mode, outside } of offer(site).routing) {
      if (outside.known === 'gateway') expect(Object.keys(gateway(site, { modes: [mode] }).exports)).toEqual(expect.arrayContaining([...outside.exports]))
    }
  })

  it('offers the documented algorithms, and those of the API when asked to', () => {
    const documented = offer(sampleSite()).ciphers
    expect(documented.phase1.encryption[0]).toBe('aes-256-cbc')
    expect(documented.phase1.dhGroup).toEqual([14, 24, 5, 2, 1])
    const all = offer(sampleSite({ apiCiphers: true })).ciphers
    expect(all.phase1.encryption[0]).toBe('aes-256-gcm-16')
    expect(all.phase2.pfs.slice(0, 2)).toEqual([21, 20])
    expect(all.phase1.dhGroup).toEqual(expect.arrayContaining([...documented.phase1.dhGroup]))
  })

  it('takes inside addresses from the upper half of the link-local range only', () => {
    expect(offer(sampleSite()).inside).toEqual({ ranges: ['169.254.128.0/17'], reserved: [], owner: 'any' })
  })
})
