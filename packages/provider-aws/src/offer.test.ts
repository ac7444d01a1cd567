import { describe, expect, it } from 'vitest'
import { siteWith } from '../test/samples.ts'
import { offer } from './offer.ts'

const existing = { vpcId: 'vpc-0a1', routeTableIds: ['rtb-0a1'], transitGatewayId: 'tgw-0a1' }

describe('offer', () => {
  it('brings two fresh addresses per peer address and prefers BGP', () => {
    const { routing } = offer(siteWith())
    expect(routing.map((item) => item.mode)).toEqual(['bgp', 'static'])
    for (const item of routing) {
      expect(item).toMatchObject({ outside: { known: 'connection', perPeerAddress: 2 }, grouping: 'peer-address' })
      expect(Object.values(item.legs)).not.toContain(true)
    }
  })

  it('keeps static links of a transit gateway to one connection, because its route table holds a prefix once', () => {
    const { routing } = offer(siteWith({ gateway: 'tgw' }))
    expect(routing.map((item) => [item.mode, item.legs.onePeerOnly])).toEqual([['bgp', false], ['static', true]])
  })

  it.each([
    ['without its route table', existing, ['bgp']],
    ['with its route table', { ...existing, transitGatewayRouteTableId: 'tgw-rtb-0a1' }, ['bgp', 'static']],
  ])('routes an existing transit gateway %s', (_, given, modes) => {
    expect(offer(siteWith({ gateway: 'tgw', existing: given })).routing.map((item) => item.mode)).toEqual(modes)
  })

  it.each([['vgw', 10], ['tgw', 50]] as const)('limits connections of a %s to %i', (gateway, limit) => {
    expect(offer(siteWith({ gateway })).quotas).toEqual({ connections: { limit, adjustable: true } })
  })
})
