import { planOrder } from '@isthmus/core'
import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { gateway } from './gateway.ts'
import { azure } from './index.ts'
import { offer } from './offer.ts'

describe('offer', () => {
  it('prefers BGP with one tunnel per peer address, and can do static routing to one peer address', () => {
    const { routing } = offer(siteWith())
    expect(routing.map(({ mode, legs }) => [mode, legs])).toEqual([
      ['bgp', { meetsEveryPeer: true, onePerPeerAddress: true, onePerLocalAddress: false, onePeerOnly: false, inPairs: false }],
      ['static', { meetsEveryPeer: true, onePerPeerAddress: false, onePerLocalAddress: false, onePeerOnly: true, inPairs: false }],
    ])
    for (const { grouping, outside } of routing) {
      expect(grouping).toBe('peer-address')
      expect(outside).toEqual({ known: 'gateway', exports: ['address_0', 'address_1'] })
    }
  })

  it('is linked with other gateways of Azure by name, all instances with all, without inside addresses', () => {
    const [bgp, fixed] = offer(siteWith()).routing
    expect(bgp?.kin).toMatchObject({ export: 'gateway_id', grouping: 'link', insideUnused: true, legs: { meetsEveryPeer: true, onePerPeerAddress: false } })
    expect(Object.keys(gateway(siteWith()).exports)).toContain('gateway_id')
    expect(fixed).not.toHaveProperty('kin')
  })

  it('names only addresses that the gateway exports', () => {
    const site = siteWith()
    for (const { outside } of offer(site).routing) {
      if (outside.known === 'gateway') expect(Object.keys(gateway(site).exports)).toEqual(expect.arrayContaining([...outside.exports]))
    }
  })

  it('offers the inside blocks that each instance was made ready for', () => {
    const { inside } = offer(siteWith({ apipaPoolSize: 2 }))
    expect(inside).toEqual({
      ranges: ['169.254.21.0/24', '169.254.22.0/24'],
      reserved: [],
      owner: 'second',
      pools: [['169.254.21.0/30', '169.254.21.4/30'], ['169.254.22.0/30', '169.254.22.4/30']],
    })
  })

  it('offers SHA-384 and group 20 in phase 1, and no SHA-384 in phase 2', () => {
    const { ciphers } = offer(siteWith())
    expect(ciphers.phase1.integrity).toContain('sha2-384')
    expect(ciphers.phase1.dhGroup).toContain(20)
    expect(ciphers.phase1.encryption).not.toContain('aes-192-gcm-16')
    expect(ciphers.phase2.integrity).toEqual(['sha2-256', 'sha1', 'md5'])
    expect(ciphers.phase2.encryption).toContain('aes-192-gcm-16')
    expect(ciphers.phase2.pfs).toEqual([20, 19, 14, 24, 2, 1, 'none'])
  })

  it.each([['VpnGw1AZ', 30], ['VpnGw3AZ', 30], ['VpnGw5AZ', 100]] as const)('counts the tunnels of a %s', (sku, limit) => {
    expect(offer(siteWith({ sku })).quotas).toEqual({ tunnels: { limit, adjustable: false } })
  })

  it('keeps phase 1 fixed and lets phase 2 be chosen', () => {
    expect(offer(siteWith()).lifetimes).toMatchObject({ phase1: 28800, phase2: { min: 300 } })
  })

  const existing = (name: string): object => ({ existing: { resourceGroup: name, virtualNetwork: name, virtualNetworkId: `/subscriptions/s/resourceGroups/${name}/providers/Microsoft.Network/virtualNetworks/${name}` } })

  // Each end of such a link names the other gateway and no number, so nothing later compares the two.
  it.each([['new', {}, {}], ['existing', existing('north'), existing('south')]])('leads to no link of two gateways with one ASN, between %s networks', (_, north, south) => {
    const place = { cloud: 'azure', region: 'koreacentral', asn: 64602 }
    const plan = planOrder({ name: 'demo', sites: { north: { ...place, ...north, cidr: '10.1.0.0/16' }, south: { ...place, ...south, cidr: '10.2.0.0/16' } } }, { providers: [azure] })
    expect(plan.ok).toBe(false)
    expect(plan.findings.filter(({ severity }) => severity === 'error')).toMatchObject([{ code: 'ASN_CLASH', path: 'sites.south.asn' }])
  })
})
