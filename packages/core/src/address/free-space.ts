import { IsthmusError } from '../finding/isthmus-error.ts'
import { Cidr } from './cidr.ts'
import { addressBits } from './text.ts'

/** The lowest aligned block of `prefix` bits in `within` that touches no taken block, or undefined where none is left. */
export function firstFree(within: Cidr, taken: readonly Cidr[], prefix: number): Cidr | undefined {
  if (!fits(within, prefix)) return undefined
  const size = 1n << BigInt(addressBits[within.family] - prefix)
  for (const [start, end] of gaps(within, taken)) {
    const aligned = ((start + size - 1n) / size) * size
    if (aligned + size - 1n <= end) return Cidr.from(within.family, aligned, prefix)
  }
  return undefined
}

/** The highest aligned block of `prefix` bits in `within` that touches no taken block, or undefined where none is left. */
export function lastFree(within: Cidr, taken: readonly Cidr[], prefix: number): Cidr | undefined {
  if (!fits(within, prefix)) return undefined
  const size = 1n << BigInt(addressBits[within.family] - prefix)
  for (const [start, end] of gaps(within, taken).reverse()) {
    const aligned = ((end + 1n) / size - 1n) * size
    if (aligned >= start) return Cidr.from(within.family, aligned, prefix)
  }
  return undefined
}

/** The largest free blocks of `within`, in order, that together are everything not taken. */
export function freeBlocks(within: Cidr, taken: readonly Cidr[]): Cidr[] {
  return gaps(within, taken).flatMap(([start, end]) => blocksBetween(within, start, end))
}

/** The smallest block that covers all. Throws `ADDRESS_INVALID` for an empty list or two families. */
export function supernet(cidrs: readonly Cidr[]): Cidr {
  const [head, ...rest] = cidrs
  if (!head) throw new IsthmusError('ADDRESS_INVALID', 'No block covers an empty list.')
  let { first, last } = head
  for (const cidr of rest) {
    if (cidr.family !== head.family) throw new IsthmusError('ADDRESS_INVALID', 'No block covers IPv4 and IPv6 together.')
    if (cidr.first < first) first = cidr.first
    if (cidr.last > last) last = cidr.last
  }
  const differing = first === last ? 0 : (first ^ last).toString(2).length
  const host = BigInt(differing)
  return Cidr.from(head.family, (first >> host) << host, addressBits[head.family] - differing)
}

function fits(within: Cidr, prefix: number): boolean {
  return Number.isInteger(prefix) && prefix >= within.prefix && prefix <= addressBits[within.family]
}

/** Free ranges, lowest first, both ends included. */
function gaps(within: Cidr, taken: readonly Cidr[]): [start: bigint, end: bigint][] {
  const blocks = taken.filter((cidr) => cidr.overlaps(within)).sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))
  const found: [bigint, bigint][] = []
  let next = within.first
  for (const block of blocks) {
    if (block.first > next) found.push([next, block.first - 1n])
    if (block.last >= next) next = block.last + 1n
  }
  if (next <= within.last) found.push([next, within.last])
  return found
}

function blocksBetween(within: Cidr, start: bigint, end: bigint): Cidr[] {
  const bits = addressBits[within.family]
  const blocks: Cidr[] = []
  for (let next = start; next <= end; ) {
    let host = 0
    while (host < bits && (next & ((1n << BigInt(host + 1)) - 1n)) === 0n && next + (1n << BigInt(host + 1)) - 1n <= end) host += 1
    blocks.push(Cidr.from(within.family, next, bits - host))
    next += 1n << BigInt(host)
  }
  return blocks
}
