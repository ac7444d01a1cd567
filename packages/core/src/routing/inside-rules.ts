import { Cidr } from '../address/cidr.ts'
import { IsthmusError } from '../finding/isthmus-error.ts'
import type { InsideOffer } from '../provider/offer.ts'
import { type NumberRange, excludeRanges, intersectRanges, mergeRanges } from './number-range.ts'

/** The gateway at one end of a tunnel, as far as inside addresses go. */
export interface InsideEnd {
  readonly site: string
  readonly inside: InsideOffer
  /** Local outside address the tunnel starts at. */
  readonly localSlot: number
}

/** What one end accepts. A /30 block is counted by its address divided by four. */
export interface InsideLimits {
  readonly ranges: readonly NumberRange[]
  readonly reserved: readonly NumberRange[]
  /** Blocks its local address is ready for; undefined with free choice. */
  readonly pool: readonly NumberRange[] | undefined
}

const blocks = (first: string, last = first): NumberRange => [numberOf(Cidr.of(first)), numberOf(Cidr.of(last))]

/** Instances find their cloud's metadata service there (169.254.169.254), whatever a gateway would accept. */
export const metadataBlock: NumberRange = blocks('169.254.169.252/30')

/**
 * Where a free choice looks, in this order. The lowest link-local blocks are left to clouds, which use them for themselves, and
 * to what people set by hand; blocks that are not link-local come last, as they could be part of somebody's network.
 */
const searchOrder: readonly NumberRange[] = [
  blocks('169.254.10.0/30', '169.254.255.252/30'),
  blocks('169.254.8.0/30', '169.254.9.252/30'),
  blocks('0.0.0.0/30', '169.253.255.252/30'),
  blocks('169.255.0.0/30', '255.255.255.252/30'),
]

/** The number of a /30 block; undefined for a block of another size or family. */
export function blockNumber(cidr: Cidr): number | undefined {
  return cidr.family === 4 && cidr.prefix === 30 ? numberOf(cidr) : undefined
}

/** The /30 block of a number. */
export function blockCidr(block: number): Cidr {
  return Cidr.from(4, BigInt(block) * 4n, 30)
}

const read = new WeakMap<InsideOffer, Omit<InsideLimits, 'pool'> & { readonly pools: readonly (readonly NumberRange[])[] | undefined }>()

/** Reads what an end accepts. Throws `CONTRACT_BROKEN` where an offer with pools has none for the end's local address. */
export function limitsOf({ site, inside, localSlot }: InsideEnd): InsideLimits {
  const known = read.get(inside) ?? {
    ranges: mergeRanges(inside.ranges.flatMap(wholeBlocks)),
    reserved: mergeRanges(inside.reserved.flatMap(touchedBlocks)),
    pools: inside.pools?.map((pool) => mergeRanges(pool.flatMap(wholeBlocks))),
  }
  read.set(inside, known)
  const pool = known.pools?.[localSlot]
  if (known.pools !== undefined && pool === undefined) {
    throw new IsthmusError('CONTRACT_BROKEN', `The offer of ${site} has no pool of inside blocks for its local address ${localSlot}.`)
  }
  return { ranges: known.ranges, reserved: known.reserved, pool }
}

/** The blocks a tunnel may be given without being asked for, in the order in which they are tried. */
export function candidateRanges(a: InsideLimits, b: InsideLimits): NumberRange[] {
  const shared = intersectRanges(a.ranges, b.ranges)
  const pooled = [a.pool, b.pool].flatMap((pool) => pool === undefined ? [] : [pool]).reduce(intersectRanges, shared)
  const allowed = excludeRanges(pooled, [...a.reserved, ...b.reserved, metadataBlock])
  return a.pool === undefined && b.pool === undefined ? intersectRanges(searchOrder, allowed) : allowed
}

/**
 * Whether two gateways, whichever of their local addresses a tunnel uses, have any inside block in common in which each gets
 * the address it insists on. Where they have none, only a routing mode without inside addresses at one end can link them.
 */
export function shareInsideBlocks(a: InsideOffer, b: InsideOffer): boolean {
  if (a.owner === b.owner && a.owner !== 'any') return false
  const slots = (offer: InsideOffer) => offer.pools?.map((_, slot) => slot) ?? [0]
  return slots(a).some((slotA) => slots(b).some((slotB) => candidateRanges(
    limitsOf({ site: 'a', inside: a, localSlot: slotA }), limitsOf({ site: 'b', inside: b, localSlot: slotB }),
  ).length > 0))
}

function numberOf(cidr: Cidr): number {
  return Number(cidr.first / 4n)
}

function wholeBlocks(text: string): NumberRange[] {
  const cidr = Cidr.of(text)
  return cidr.family === 4 && cidr.prefix <= 30 ? touchedBlocks(text) : []
}

function touchedBlocks(text: string): NumberRange[] {
  const cidr = Cidr.of(text)
  return cidr.family === 4 ? [[numberOf(cidr), Number(cidr.last / 4n)]] : []
}
