import type { Cidr } from './cidr.ts'
import type { Family } from './text.ts'

type Pair = readonly [number, number]

/** Blocks of one family, from lowest address to highest and from larger to smaller, with their positions in the caller's list. */
interface Sorted {
  readonly positions: readonly number[]
  readonly firsts: readonly number[] | readonly bigint[]
  readonly lasts: readonly number[] | readonly bigint[]
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
  for (const family of [4, 6] as const) {
    const { positions, firsts, lasts } = sortBlocks(cidrs, family)
    const open: number[] = []
    for (const [index, position] of positions.entries()) {
      while (open.length > 0 && at(lasts, open.at(-1)) < at(firsts, index)) open.pop()
      for (const outer of open) pairs.push(inOrder(at(positions, outer), position))
      open.push(index)
    }
  }
  return pairs.sort((a, b) => a[0] - b[0] || a[1] - b[1])
}

/**
 * For each block that overlaps an earlier one of the list, the pair `[earliest, block]` of positions, sorted by block. Says
 * which blocks would have to move, in time and space that do not depend on how many pairs there are.
 */
export function findFirstOverlaps(cidrs: readonly Cidr[]): Pair[] {
  const earliest = new Map<number, number>()
  for (const family of [4, 6] as const) recordEarliest(sortBlocks(cidrs, family), earliest)
  return [...earliest].flatMap(([later, first]): Pair[] => (first < later ? [[first, later]] : [])).sort((a, b) => a[1] - b[1])
}

/** Records for every block the lowest position among itself, the blocks around it and those inside it. */
function recordEarliest({ positions, firsts, lasts }: Sorted, earliest: Map<number, number>): void {
  const open: { readonly index: number; readonly around: number; inside: number }[] = []
  const close = () => {
    const closed = open.pop()
    const outer = open.at(-1)
    if (!closed) return
    if (outer) outer.inside = Math.min(outer.inside, closed.inside)
    earliest.set(at(positions, closed.index), Math.min(closed.around, closed.inside))
  }
  for (const [index, position] of positions.entries()) {
    while (open.length > 0 && at(lasts, open.at(-1)?.index) < at(firsts, index)) close()
    const around = Math.min(position, open.at(-1)?.around ?? position)
    open.push({ index, around, inside: position })
  }
  while (open.length > 0) close()
}

// IPv4 addresses fit a plain number exactly, which compares several times faster than a bigint.
function sortBlocks(cidrs: readonly Cidr[], family: Family): Sorted {
  const blocks = cidrs.flatMap((cidr, position) => (cidr.family === family ? [{ cidr, position }] : []))
  return family === 4
    ? sortBounds(blocks.map(({ cidr, position }) => ({ position, first: Number(cidr.first), last: Number(cidr.last) })))
    : sortBounds(blocks.map(({ cidr, position }) => ({ position, first: cidr.first, last: cidr.last })))
}

function sortBounds<T extends number | bigint>(blocks: { readonly position: number; readonly first: T; readonly last: T }[]): {
  readonly positions: number[]
  readonly firsts: T[]
  readonly lasts: T[]
} {
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

function at(list: readonly number[], index: number | undefined): number
function at(list: readonly number[] | readonly bigint[], index: number | undefined): number | bigint
function at(list: readonly (number | bigint)[], index: number | undefined): number | bigint {
  return list[index ?? 0] ?? 0
}
