import type { Cidr } from './cidr.ts'
import { addressBits } from './text.ts'

type Pair = readonly [number, number]

/** Blocks of one family, from lowest address to highest and from larger to smaller, with their positions in the caller's list. */
interface Sorted<T extends number | bigint> {
  readonly positions: ArrayLike<number>
  readonly firsts: ArrayLike<T>
  readonly lasts: ArrayLike<T>
}

/**
 * Pairs of positions `[i, j]`, `i < j`, whose blocks share an address, sorted. Equal blocks overlap; families never do.
 *
 * Two blocks overlap exactly when one contains the other, so after sorting, the blocks that contain the current one are those
 * still open on a stack: the time is that of sorting, plus one step per pair found. There can be as many pairs as the square of
 * the blocks; where somebody else decides what they are, use {@link findFirstOverlaps}.
 */
export function findOverlaps(cidrs: readonly Cidr[]): Pair[] {
  const pairs: Pair[] = []
  collectPairs(sortIpv4(cidrs), pairs)
  collectPairs(sortIpv6(cidrs), pairs)
  return pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1])
}

function collectPairs<T extends number | bigint>({ positions, firsts, lasts }: Sorted<T>, pairs: Pair[]): void {
  const open: number[] = []
  for (let index = 0; index < positions.length; index++) {
    const first = at(firsts, index)
    for (let top = open.at(-1); top !== undefined && at(lasts, top) < first; top = open.at(-1)) open.pop()
    for (const outer of open) pairs.push(inOrder(at(positions, outer), at(positions, index)))
    open.push(index)
  }
}

/**
 * For each block that overlaps an earlier one of the list, the pair `[earliest, block]` of positions, sorted by block. Says
 * which blocks would have to move, in time and space that do not depend on how many pairs there are.
 */
export function findFirstOverlaps(cidrs: readonly Cidr[]): Pair[] {
  const earliest = new Map<number, number>()
  recordEarliest(sortIpv4(cidrs), earliest)
  recordEarliest(sortIpv6(cidrs), earliest)
  return [...earliest].flatMap(([later, first]): Pair[] => (first < later ? [[first, later]] : [])).sort((a, b) => a[1] - b[1])
}

/** Records for every block the lowest position among itself, the blocks around it and those inside it. */
function recordEarliest<T extends number | bigint>({ positions, firsts, lasts }: Sorted<T>, earliest: Map<number, number>): void {
  const open: { readonly index: number; readonly around: number; inside: number }[] = []
  const close = () => {
    const closed = open.pop()
    const outer = open.at(-1)
    if (!closed) return
    if (outer) outer.inside = Math.min(outer.inside, closed.inside)
    earliest.set(at(positions, closed.index), Math.min(closed.around, closed.inside))
  }
  for (let index = 0; index < positions.length; index++) {
    const [position, first] = [at(positions, index), at(firsts, index)]
    for (let top = open.at(-1); top && at(lasts, top.index) < first; top = open.at(-1)) close()
    const around = Math.min(position, open.at(-1)?.around ?? position)
    open.push({ index, around, inside: position })
  }
  while (open.length > 0) close()
}

/** Bits of an address that one pass of the sort looks at. */
const digitBits = 8
/** With fewer blocks the counters of the digits cost more than comparing. */
const fewBlocks = 64

/** Sorts indexes by a digit of each, equal ones as they were. */
type Pass = (order: Uint32Array<ArrayBuffer>, digitOf: (index: number) => number) => Uint32Array<ArrayBuffer>

/** IPv4 addresses fit a plain number exactly. */
function sortIpv4(cidrs: readonly Cidr[]): Sorted<number> {
  const own: number[] = []
  const starts = new Float64Array(cidrs.length)
  const prefixes = new Uint8Array(cidrs.length)
  for (const [position, { family, first, prefix }] of cidrs.entries()) {
    if (family !== 4) continue
    starts[own.length] = Number(first)
    prefixes[own.length] = prefix
    own.push(position)
  }
  const order = Uint32Array.from(own, (_, index) => index)
  if (own.length < fewBlocks) order.sort((a, b) => at(starts, a) - at(starts, b) || at(prefixes, a) - at(prefixes, b) || a - b)
  return gather(own.length < fewBlocks ? order : sortByDigits(order, starts, prefixes), own, starts, prefixes)
}

/** Sorts digit by digit, each pass keeping the order of the ones before: with many blocks, comparing pairs would be most of the work. */
function sortByDigits(given: Uint32Array<ArrayBuffer>, starts: Float64Array, prefixes: Uint8Array): Uint32Array<ArrayBuffer> {
  const pass = passOf(given.length)
  let order = pass(given, (index) => prefixes[index] ?? 0)
  for (let shift = 0; shift < addressBits[4]; shift += digitBits) order = pass(order, (index) => ((starts[index] ?? 0) >>> shift) & (2 ** digitBits - 1))
  return order
}

function passOf(length: number): Pass {
  const digits = new Uint16Array(length)
  return (order, digitOf) => {
    const next = new Uint32Array(2 ** digitBits + 1)
    for (let index = 0; index < length; index++) {
      const digit = digitOf(index)
      digits[index] = digit
      next[digit + 1] = at(next, digit + 1) + 1
    }
    for (let digit = 1; digit < next.length; digit++) next[digit] = at(next, digit) + at(next, digit - 1)
    const sorted = new Uint32Array(length)
    for (let rank = 0; rank < length; rank++) {
      const index = at(order, rank)
      const digit = at(digits, index)
      const place = at(next, digit)
      sorted[place] = index
      next[digit] = place + 1
    }
    return sorted
  }
}

function gather(order: Uint32Array, own: readonly number[], starts: Float64Array, prefixes: Uint8Array): Sorted<number> {
  const positions = new Uint32Array(order.length)
  const firsts = new Float64Array(order.length)
  const lasts = new Float64Array(order.length)
  for (let rank = 0; rank < order.length; rank++) {
    const index = at(order, rank)
    positions[rank] = at(own, index)
    firsts[rank] = at(starts, index)
    lasts[rank] = at(starts, index) + 2 ** (addressBits[4] - at(prefixes, index)) - 1
  }
  return { positions, firsts, lasts }
}

function sortIpv6(cidrs: readonly Cidr[]): Sorted<bigint> {
  const blocks = cidrs.flatMap(({ family, first, last }, position) => (family === 6 ? [{ position, first, last }] : []))
  blocks.sort((a, b) => {
    if (a.first !== b.first) return a.first < b.first ? -1 : 1
    if (a.last !== b.last) return a.last > b.last ? -1 : 1
    return a.position - b.position
  })
  return { positions: blocks.map((block) => block.position), firsts: blocks.map((block) => block.first), lasts: blocks.map((block) => block.last) }
}

function inOrder(one: number, other: number): Pair {
  return one < other ? [one, other] : [other, one]
}

function at<T extends number | bigint>(list: ArrayLike<T>, index: number): T {
  const value = list[index]
  if (value === undefined) throw new RangeError(`there is no item ${index}`)
  return value
}
