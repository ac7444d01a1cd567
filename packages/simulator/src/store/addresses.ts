import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Cidr } from '@isthmus/core'
import { isAttributes } from '../wire/unknown.ts'
import { readIfThere, writeWhole } from './files.ts'

/** Blocks for documentation (RFC 5737), and for benchmarks (RFC 2544) once those are used up. */
const documentation = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24'].map((text) => Cidr.of(text))
const overflow = [Cidr.of('198.18.0.0/15')]

/** Public addresses that the simulated clouds hand out: one per salt, the same one each time, never one twice. */
export class AddressBook {
  readonly #path: string
  readonly #seed: string
  readonly #given: Map<string, string>

  constructor(home: string, seed: string) {
    this.#path = join(home, 'addresses.json')
    this.#seed = seed
    const known: unknown = JSON.parse(readIfThere(this.#path) ?? '{}')
    const entries = isAttributes(known) ? Object.entries(known) : []
    this.#given = new Map(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
  }

  get(salt: string): string {
    const known = this.#given.get(salt)
    if (known !== undefined) return known
    const taken = new Set(this.#given.values())
    const address = firstUntaken(documentation, this.#start(salt), taken) ?? firstUntaken(overflow, this.#start(salt), taken)
    if (address === undefined) throw new RangeError('no simulated address is left')
    this.#given.set(salt, address)
    writeWhole(this.#path, `${JSON.stringify(Object.fromEntries(this.#given), null, 1)}\n`)
    return address
  }

  #start(salt: string): number {
    return createHash('sha256').update(`${this.#seed}\0address\0${salt}`).digest().readUInt32BE(0)
  }
}

/** The first address from a starting point that nobody has, network and broadcast addresses left out. */
function firstUntaken(blocks: readonly Cidr[], start: number, taken: ReadonlySet<string>): string | undefined {
  const sizes = blocks.map((block) => Number(block.size) - 2)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  for (let step = 0; step < total; step += 1) {
    const address = hostAt(blocks, sizes, (start + step) % total)
    if (!taken.has(address)) return address
  }
  return undefined
}

function hostAt(blocks: readonly Cidr[], sizes: readonly number[], position: number): string {
  let rest = position
  for (const [index, block] of blocks.entries()) {
    const size = sizes[index] ?? 0
    if (rest < size) return block.host(rest + 1).toString()
    rest -= size
  }
  throw new RangeError(`no address at ${position}`)
}
