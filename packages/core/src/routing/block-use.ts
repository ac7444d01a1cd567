import type { NumberRange } from './number-range.ts'

/** Which /30 blocks a gateway uses, and for which tunnel. */
export class BlockUse {
  /** 32 blocks per word, so that a search passes over used ones quickly. */
  readonly #words = new Map<number, number>()
  readonly #tunnels = new Map<number, string>()

  /** The tunnel that uses a block. */
  tunnelAt(block: number): string | undefined {
    return this.#tunnels.get(block)
  }

  take(block: number, tunnel: string): void {
    this.#tunnels.set(block, tunnel)
    this.#words.set(block >>> 5, this.word(block >>> 5) | (1 << (block & 31)))
  }

  /** The use of blocks 32·index to 32·index + 31, one bit each. */
  word(index: number): number {
    return this.#words.get(index) ?? 0
  }
}

/** The first block of the ranges, in their order, that neither gateway uses. */
export function firstUnused(ranges: readonly NumberRange[], a: BlockUse, b: BlockUse): number | undefined {
  for (const [first, last] of ranges) {
    for (let index = first >>> 5; index <= last >>> 5; index++) {
      const below = index === first >>> 5 ? (1 << (first & 31)) - 1 : 0
      const unused = ~(a.word(index) | b.word(index) | below)
      if (unused === 0) continue
      const block = index * 32 + 31 - Math.clz32(unused & -unused)
      if (block <= last) return block
    }
  }
  return undefined
}
