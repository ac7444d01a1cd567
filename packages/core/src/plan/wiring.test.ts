import { describe, expect, it } from 'vitest'
import type { LegRules, RoutingOffer } from '../provider/offer.ts'
import { wire } from './wiring.ts'

const free: LegRules = { meetsEveryPeer: false, onePerPeerAddress: false, onePerLocalAddress: false, onePeerOnly: false, inPairs: false }

const gateway = (addresses: number, rules: Partial<LegRules> = {}): RoutingOffer => ({
  mode: 'bgp',
  outside: { known: 'gateway', exports: Array.from({ length: addresses }, (_, slot) => `address_${slot}`) },
  grouping: 'tunnel',
  legs: { ...free, ...rules },
})

/** Two fresh addresses for each peer address. */
const fresh: RoutingOffer = { mode: 'bgp', outside: { known: 'connection', perPeerAddress: 2 }, grouping: 'peer-address', legs: free }
/** Active-active; one BGP address per peer address. */
const activeActive = gateway(2, { meetsEveryPeer: true, onePerPeerAddress: true })
/** The same without BGP: redundant tunnels to several peers are refused. */
const activeActiveStatic = gateway(2, { meetsEveryPeer: true, onePeerOnly: true })
const interfaces = gateway(2)
const twoTunnels = gateway(2, { inPairs: true })
const asnOnce = gateway(2, { onePerLocalAddress: true })
const members = gateway(2, { meetsEveryPeer: true })

const legs = (a: RoutingOffer, b: RoutingOffer): string => wire(a, b)?.legs.map((leg) => `${leg.a}${leg.b}`).join(' ') ?? 'none'

describe('wire', () => {
  // The arrangements that practice has found for these shapes, one row per pair of shapes.
  it.each([
    ['fresh addresses to active-active: both of each connection to one instance', fresh, activeActive, '00 01 10 11'],
    ['fresh addresses to two interfaces', fresh, interfaces, '00 01 10 11'],
    ['fresh addresses to paired tunnels', fresh, twoTunnels, '00 01 10 11'],
    ['fresh addresses where an ASN may occur once per address: one tunnel of each connection', fresh, asnOnce, '00 01'],
    ['fresh addresses to members that try every peer', fresh, members, '00 01 10 11'],
    ['active-active to two interfaces: one to one, since a peer address has one BGP address', activeActive, interfaces, '00 11'],
    ['active-active to paired tunnels', activeActive, twoTunnels, '00 11'],
    ['active-active to members', activeActive, members, '00 11'],
    ['static active-active to two gateways: both instances to one peer', activeActiveStatic, interfaces, '00 10'],
    ['two interfaces to members: every one with every other', interfaces, members, '00 01 10 11'],
    ['two interfaces to paired tunnels', interfaces, twoTunnels, '00 01 10 11'],
    ['two interfaces where an ASN may occur once per address', interfaces, asnOnce, '00 11'],
    ['paired tunnels where an ASN may occur once per address', twoTunnels, asnOnce, '00 11'],
    ['paired tunnels to members', twoTunnels, members, '00 01 10 11'],
    ['members where an ASN may occur once per address', asnOnce, members, '00 11'],
    ['fresh addresses to one static peer', fresh, activeActiveStatic, '00'],
    ['single addresses', gateway(1), gateway(1), '00'],
  ])('%s', (_, a, b, expected) => {
    expect(legs(a, b)).toBe(expected)
  })

  it('finds nothing for two ends that each wait for the other’s address', () => {
    expect(wire(fresh, fresh)).toBeUndefined()
  })

  it('gives the mirrored arrangement when the ends are swapped', () => {
    expect(wire(interfaces, fresh)?.legs.map((leg) => `${leg.b}${leg.a}`).sort()).toEqual(['00', '01', '10', '11'])
  })

  it('says which rule of which end ruled arrangements out', () => {
    expect(wire(activeActive, interfaces)?.ruledOut).toContainEqual(expect.objectContaining({ end: 'a', rule: 'onePerPeerAddress' }))
  })

  it('says which end loses the link with an address', () => {
    expect(wire(activeActiveStatic, interfaces)?.survives).toEqual({ a: true, b: false })
  })
})
