import type { LegRules, RoutingOffer } from '../provider/offer.ts'
import { groupLegs } from './halves.ts'

/**
 * One leg of a wiring: slots of the outside addresses it joins. For an end whose addresses come into being per peer address,
 * the slot counts the fresh ones made for that peer address.
 */
export interface Leg {
  readonly a: number
  readonly b: number
}

/** The chosen legs, and what was decided on the way. */
export interface Wiring {
  readonly legs: readonly Leg[]
  /** Ends (`a`, `b`) that keep a leg when any one of their own addresses is lost. */
  readonly survives: { readonly a: boolean; readonly b: boolean }
  /** Legs that come up in no deal but that a cloud tries, or addresses that a connection has to spare. */
  readonly idle: number
  /** Rules that ruled out an arrangement, with the end whose rule it is, for the explanation. */
  readonly ruledOut: readonly BrokenRule[]
}

/** A rule of one end, and how many arrangements failed it. */
export interface BrokenRule {
  readonly end: 'a' | 'b'
  readonly rule: keyof LegRules
  readonly arrangements: number
}

/** Most that an arrangement may take: connection objects at each end, and tunnels. */
export interface Ceiling {
  readonly a: number
  readonly b: number
  readonly tunnels: number
}

/** More possible legs than this and trying every arrangement would take too long (2^12 of them). */
const mostLegs = 12

/**
 * Finds which address talks to which: tries every set of legs, drops those that break a rule of an end, and takes the best by:
 * both ends survive losing an address, fewest idle legs, most tunnels.
 *
 * Returns undefined when no arrangement satisfies both ends; two ends that each wait for the other's address have none.
 *
 * @param most leaves out arrangements that take more
 */
export function wire(a: RoutingOffer, b: RoutingOffer, most?: Ceiling): Wiring | undefined {
  const key = shapeOf(a) + shapeOf(b) + (most ? `${most.a} ${most.b} ${most.tunnels}` : '')
  if (!wirings.has(key)) wirings.set(key, search(a, b, most))
  return wirings.get(key)
}

/** A wiring depends on the shape of two offers only, and there are few shapes. */
const wirings = new Map<string, Wiring | undefined>()

function shapeOf(offer: RoutingOffer): string {
  return JSON.stringify([slots(offer), offer.outside.known, offer.grouping, offer.legs])
}

function slots(offer: RoutingOffer): number {
  return offer.outside.known === 'gateway' ? offer.outside.exports.length : offer.outside.perPeerAddress
}

function search(a: RoutingOffer, b: RoutingOffer, most: Ceiling | undefined): Wiring | undefined {
  if (a.outside.known === 'connection' && b.outside.known === 'connection') return undefined
  const possible: Leg[] = []
  for (let slotA = 0; slotA < slots(a); slotA++) for (let slotB = 0; slotB < slots(b); slotB++) possible.push({ a: slotA, b: slotB })
  const candidates = possible.slice(0, mostLegs)
  const ruledOut = new Map<string, BrokenRule>()
  const fresh = a.outside.known === 'connection' || b.outside.known === 'connection'
  let best: Wiring | undefined
  for (let mask = 1; mask < 2 ** candidates.length; mask++) {
    const legs = candidates.filter((_, index) => mask & (1 << index))
    if (most && exceeds(legs, { a, b }, most)) continue
    const broken = brokenRule(legs, a, b)
    if (broken) {
      const id = `${broken.end} ${broken.rule}`
      ruledOut.set(id, { ...broken, arrangements: (ruledOut.get(id)?.arrangements ?? 0) + 1 })
      continue
    }
    const wiring = judge(legs, a, b)
    if (!best || isBetter(wiring, best, fresh)) best = wiring
  }
  return best && { ...best, ruledOut: [...ruledOut.values()] }
}

function exceeds(legs: readonly Leg[], offers: { readonly a: RoutingOffer; readonly b: RoutingOffer }, most: Ceiling): boolean {
  return legs.length > most.tunnels || (['a', 'b'] as const).some((end) => groupLegs(legs, end, offers).length > most[end])
}

/** A leg as one end sees it: names of its own and of the peer's address. */
interface SeenLeg {
  readonly local: string
  readonly peer: string
}

function seenBy(end: 'a' | 'b', legs: readonly Leg[], a: RoutingOffer, b: RoutingOffer): SeenLeg[] {
  return legs.map((leg) => {
    const nameA = a.outside.known === 'connection' ? `${leg.a}@${leg.b}` : `${leg.a}`
    const nameB = b.outside.known === 'connection' ? `${leg.b}@${leg.a}` : `${leg.b}`
    return end === 'a' ? { local: nameA, peer: nameB } : { local: nameB, peer: nameA }
  })
}

function brokenRule(legs: readonly Leg[], a: RoutingOffer, b: RoutingOffer): { end: 'a' | 'b'; rule: keyof LegRules } | undefined {
  for (const end of ['a', 'b'] as const) {
    const rules = (end === 'a' ? a : b).legs
    const seen = seenBy(end, legs, a, b)
    const perLocal = countBy(seen, 'local')
    const perPeer = countBy(seen, 'peer')
    if (rules.onePerPeerAddress && Math.max(...perPeer.values()) > 1) return { end, rule: 'onePerPeerAddress' }
    if (rules.onePerLocalAddress && Math.max(...perLocal.values()) > 1) return { end, rule: 'onePerLocalAddress' }
    if (rules.onePeerOnly && perPeer.size > 1) return { end, rule: 'onePeerOnly' }
    if (rules.inPairs && (perLocal.size < 2 || new Set(perLocal.values()).size > 1)) return { end, rule: 'inPairs' }
  }
  return undefined
}

function judge(legs: readonly Leg[], a: RoutingOffer, b: RoutingOffer): Wiring {
  const seenA = seenBy('a', legs, a, b)
  const seenB = seenBy('b', legs, a, b)
  return {
    legs,
    survives: { a: countBy(seenA, 'local').size > 1, b: countBy(seenB, 'local').size > 1 },
    idle: idleLegs(seenA, a) + idleLegs(seenB, b),
    ruledOut: [],
  }
}

function idleLegs(seen: readonly SeenLeg[], offer: RoutingOffer): number {
  const peers = countBy(seen, 'peer').size
  if (offer.outside.known === 'connection') return peers * offer.outside.perPeerAddress - seen.length
  return offer.legs.meetsEveryPeer ? peers * offer.outside.exports.length - seen.length : 0
}

/** Among equals, first goes with first and second with second; of fresh addresses the first of each connection is used. */
function isBetter(one: Wiring, other: Wiring, fresh: boolean): boolean {
  const straight = (wiring: Wiring): number => wiring.legs.filter((leg) => leg.a === leg.b).length
  const rank = (wiring: Wiring): number[] => [Number(wiring.survives.a) + Number(wiring.survives.b), -wiring.idle, wiring.legs.length, fresh ? 0 : straight(wiring)]
  const [left, right] = [rank(one), rank(other)]
  for (const [index, value] of left.entries()) {
    const difference = value - (right[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return false
}

function countBy(seen: readonly SeenLeg[], side: keyof SeenLeg): Map<string, number> {
  const counts = new Map<string, number>()
  for (const leg of seen) counts.set(leg[side], (counts.get(leg[side]) ?? 0) + 1)
  return counts
}
