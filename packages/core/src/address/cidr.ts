import { IsthmusError } from '../finding/isthmus-error.ts'
import { addressBits, type Family, maskAddress, readAddress, readCidr, writeAddress } from './text.ts'

/** One IP address. Immutable; compare with {@link IpAddress.equals}. */
export class IpAddress {
  readonly family: Family
  /** The address as an unsigned number of 32 or 128 bits. */
  readonly value: bigint

  private constructor(family: Family, value: bigint) {
    this.family = family
    this.value = value
  }

  /** Reads an address. Throws `ADDRESS_INVALID`; for texts that a user wrote go through a schema first. */
  static of(text: string): IpAddress {
    const read = readAddress(text)
    if (!read.ok) throw invalid(text, read.reason)
    return new IpAddress(read.family, read.value)
  }

  /** Makes an address from its number. Throws `ADDRESS_INVALID` outside the family's range. */
  static from(family: Family, value: bigint): IpAddress {
    if (value < 0n || value >> BigInt(addressBits[family]) !== 0n) throw invalid(String(value), `it is outside IPv${family}`)
    return new IpAddress(family, value)
  }

  /** Dotted decimal, or RFC 5952 for IPv6. */
  toString(): string {
    return writeAddress(this.family, this.value)
  }

  /** The text, so that an address inside a JSON document reads as one. */
  toJSON(): string {
    return this.toString()
  }

  equals(other: IpAddress): boolean {
    return this.family === other.family && this.value === other.value
  }
}

/** An address block: always a network address and a prefix length, never host bits. Immutable. */
export class Cidr {
  readonly family: Family
  /** Prefix length in bits. */
  readonly prefix: number
  /** Lowest address as a number. */
  readonly first: bigint
  /** Highest address as a number. */
  readonly last: bigint
  /** Number of addresses, the first and the last included. */
  readonly size: bigint

  private constructor(family: Family, first: bigint, prefix: number) {
    this.family = family
    this.prefix = prefix
    this.first = first
    this.size = 1n << BigInt(addressBits[family] - prefix)
    this.last = first + this.size - 1n
  }

  /** Reads a block, for literals in code and facts. Throws `ADDRESS_INVALID`; use `parseCidr` for texts that a user wrote. */
  static of(text: string): Cidr {
    const read = readCidr(text)
    if (!read.ok) throw invalid(text, read.reason)
    return new Cidr(read.family, read.first, read.prefix)
  }

  /** Makes a block from its lowest address. Throws `ADDRESS_INVALID` for host bits or anything outside the family's range. */
  static from(family: Family, first: bigint, prefix: number): Cidr {
    const bits = addressBits[family]
    const text = `${first}/${prefix}`
    if (!Number.isInteger(prefix) || prefix < 0 || prefix > bits) throw invalid(text, `an IPv${family} prefix length is 0 to ${bits}`)
    if (first < 0n || first >> BigInt(bits) !== 0n) throw invalid(text, `it is outside IPv${family}`)
    if (maskAddress(family, first, prefix) !== first) throw invalid(text, `bits are set behind the first ${prefix}`)
    return new Cidr(family, first, prefix)
  }

  /** Network address and prefix length: `10.10.0.0/16`. */
  toString(): string {
    return `${writeAddress(this.family, this.first)}/${this.prefix}`
  }

  /** The text, so that a block inside a JSON document reads as one. */
  toJSON(): string {
    return this.toString()
  }

  equals(other: Cidr): boolean {
    return this.family === other.family && this.prefix === other.prefix && this.first === other.first
  }

  /** True when every address of `other` is in this block; a block contains itself. */
  contains(other: Cidr | IpAddress): boolean {
    if (this.family !== other.family) return false
    if ('value' in other) return this.first <= other.value && other.value <= this.last
    return this.first <= other.first && other.last <= this.last
  }

  /** True when the two share at least one address. Blocks of two families never do. */
  overlaps(other: Cidr): boolean {
    return this.family === other.family && this.first <= other.last && other.first <= this.last
  }

  /** The address at `offset` from the first. Throws `ADDRESS_INVALID` outside the block. */
  host(offset: number | bigint): IpAddress {
    const value = this.first + BigInt(offset)
    if (value < this.first || value > this.last) throw invalid(`${this}+${offset}`, 'it is outside the block')
    return IpAddress.from(this.family, value)
  }

  /** The block of `prefix` bits at position `index` inside this one. Throws `ADDRESS_INVALID` where there is none. */
  child(prefix: number, index: number | bigint): Cidr {
    const bits = addressBits[this.family]
    const count = prefix >= this.prefix && prefix <= bits ? 1n << BigInt(prefix - this.prefix) : 0n
    const position = BigInt(index)
    if (position < 0n || position >= count) throw invalid(`${this}`, `it has no /${prefix} at position ${index}`)
    return Cidr.from(this.family, this.first + (position << BigInt(bits - prefix)), prefix)
  }
}

/** Orders blocks by family, then lowest address, then larger block first. */
export function compareCidrs(a: Cidr, b: Cidr): number {
  if (a.family !== b.family) return a.family - b.family
  if (a.first !== b.first) return a.first < b.first ? -1 : 1
  return a.prefix - b.prefix
}

function invalid(text: string, reason: string): IsthmusError {
  return new IsthmusError('ADDRESS_INVALID', `${JSON.stringify(text.slice(0, 64))} is not a usable address: ${reason}.`)
}
