import { isDeepStrictEqual } from 'node:util'
import { parseCidr } from '../address/index.ts'
import { isToken } from './resource-set.ts'
import type { EndField, EndView, Known, Side } from './end-view.ts'

/** One field in which two ends of a tunnel do not agree. */
export interface Disagreement {
  readonly field: EndField
  /** Value at the first end; `hidden` for keys. */
  readonly a: unknown
  readonly b: unknown
  /** Which side of the field that is at `a` and at `b`, where the field has two. */
  readonly sides?: readonly [Side, Side]
}

/** Blocks beyond the network of an end that its gateway passes traffic on to, such as those of other spokes of a hub. */
export interface Beyond {
  readonly a?: readonly Known<string>[]
  readonly b?: readonly Known<string>[]
  /** True where the other end may route them or not; otherwise it must. */
  readonly optional?: true
}

const outward: readonly [Side, Side] = ['local', 'peer']
const inward: readonly [Side, Side] = ['peer', 'local']

const hidden = 'hidden'

/**
 * Compares what two ends of one tunnel must share, each field with the one it has to meet at the other end: my outside
 * address with the peer address that you were told, and so on. Returns nothing when the ends agree.
 */
export function compareEnds(a: EndView, b: EndView, beyond: Beyond = {}): Disagreement[] {
  return [...addressing(a, b), ...routing(a, b, beyond), ...phases(a, b), ...keyAndInitiation(a, b)]
}

function addressing(a: EndView, b: EndView): Disagreement[] {
  const found = [
    ...differ('outside', a.outside.local, b.outside.peer, outward),
    ...differ('outside', a.outside.peer, b.outside.local, inward),
  ]
  if (a.inside && b.inside) {
    found.push(...differ('inside', a.inside.local, b.inside.peer, outward), ...differ('inside', a.inside.peer, b.inside.local, inward))
    if (a.inside.prefix !== undefined && b.inside.prefix !== undefined) found.push(...differ('insidePrefix', a.inside.prefix, b.inside.prefix))
  } else if (a.routing === 'bgp' && b.routing === 'bgp') {
    found.push({ field: 'inside', a: a.inside ?? 'none', b: b.inside ?? 'none' })
  }
  if (a.selectors && b.selectors) {
    found.push(...lists('selectors', a.selectors.local, b.selectors.peer, outward), ...lists('selectors', a.selectors.peer, b.selectors.local, inward))
  }
  return found
}

function routing(a: EndView, b: EndView, beyond: Beyond): Disagreement[] {
  const found = differ('routing', a.routing, b.routing)
  if (a.asn && b.asn) found.push(...differ('asn', a.asn.local, b.asn.peer, outward), ...differ('asn', a.asn.peer, b.asn.local, inward))
  found.push(...prefixes(a, b, beyond.b, beyond.optional), ...prefixes(b, a, beyond.a, beyond.optional).map(({ field, a: left, b: right }): Disagreement => ({ field, a: right, b: left, sides: outward })))
  return found
}

/**
 * What one end routes into the tunnel must be the network of the other, and what that passes on: all of it, and under static routing
 * nothing beside it. A routed block may be larger than the blocks it covers, because some clouds only know the subnets of a
 * network. An end that says it has no block at all is cut off from its network, whatever the routing.
 */
function prefixes(from: EndView, to: EndView, passedOn: readonly Known<string>[] = [], optional = false): Disagreement[] {
  const sent = from.prefixes?.peer
  const owned = to.prefixes?.local
  if (owned?.length === 0) return [{ field: 'prefixes', a: sorted(sent ?? []), b: [], sides: inward }]
  if (!sent || !owned) return []
  const reached = [...owned, ...passedOn]
  const complete = (optional ? owned : reached).every((block) => sent.some((route) => covers(route, block)))
  const exact = from.routing === 'bgp' || sent.every((route) => reached.some((block) => covers(route, block)))
  return complete && exact ? [] : [{ field: 'prefixes', a: sorted(sent), b: sorted(reached), sides: inward }]
}

function covers(route: Known<string>, block: Known<string>): boolean {
  if (isToken(route) || isToken(block)) return sameKnown(route, block)
  const [outer, inner] = [parseCidr(route), parseCidr(block)]
  return outer.ok && inner.ok && outer.cidr.contains(inner.cidr)
}

function phases(a: EndView, b: EndView): Disagreement[] {
  return [
    ...differ('ikeVersion', a.ikeVersion, b.ikeVersion),
    ...lists('phase1.encryption', a.phase1.encryption, b.phase1.encryption),
    ...lists('phase1.integrity', a.phase1.integrity, b.phase1.integrity),
    ...lists('phase1.prf', a.phase1.prf, b.phase1.prf),
    ...lists('phase1.dhGroup', a.phase1.dhGroup, b.phase1.dhGroup),
    ...lists('phase2.encryption', a.phase2.encryption, b.phase2.encryption),
    ...lists('phase2.integrity', a.phase2.integrity, b.phase2.integrity),
    ...lists('phase2.pfs', a.phase2.pfs, b.phase2.pfs),
    ...lifetime('phase1.lifetime', a.phase1.lifetime, b.phase1.lifetime),
    ...lifetime('phase2.lifetime', a.phase2.lifetime, b.phase2.lifetime),
  ]
}

/** Lifetimes are local in IKEv2 (RFC 7296, 2.8); two that could be equal and are not were still set by different hands. */
function lifetime(field: EndField, a: EndView['phase1']['lifetime'], b: EndView['phase1']['lifetime']): Disagreement[] {
  return a.fixed || b.fixed ? [] : differ(field, a.seconds, b.seconds)
}

function keyAndInitiation(a: EndView, b: EndView): Disagreement[] {
  const found: Disagreement[] = sameKnown(a.key, b.key) ? [] : [{ field: 'key', a: hidden, b: hidden }]
  if (!a.initiates && !b.initiates) found.push({ field: 'initiation', a: 'waits', b: 'waits' })
  return found
}

function differ(field: EndField, a: Known<string | number>, b: Known<string | number>, sides?: readonly [Side, Side]): Disagreement[] {
  return sameKnown(a, b) ? [] : [{ field, a: plain(a), b: plain(b), ...(sides ? { sides } : {}) }]
}

function lists(field: EndField, a: readonly (string | number)[], b: readonly (string | number)[], sides?: readonly [Side, Side]): Disagreement[] {
  return isDeepStrictEqual(sorted(a), sorted(b)) ? [] : [{ field, a: sorted(a), b: sorted(b), ...(sides ? { sides } : {}) }]
}

function sameKnown(a: Known<string | number>, b: Known<string | number>): boolean {
  return isToken(a) && isToken(b) ? a.token === b.token : a === b
}

function plain(value: Known<string | number>): string | number {
  return isToken(value) ? value.token : value
}

function sorted(values: readonly Known<string | number>[]): string[] {
  return values.map((value) => String(plain(value))).sort()
}
