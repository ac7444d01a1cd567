import { hkdfSync } from 'node:crypto'
import type { Finding } from '../finding/finding.ts'
import { IsthmusError } from '../finding/isthmus-error.ts'
import type { KeyRules } from '../provider/facts.ts'
import { keyRulesIntersection } from './key-space.ts'

/** What a pre-shared key belongs to. */
export interface KeyName {
  /** Name of the order. */
  readonly order: string
  /** Name of the tunnel, unique in the order, the same for both ends. */
  readonly tunnel: string
}

/** SHA-256 gives 32 bytes; a shorter master secret would be the weakest part of every key. */
const minMasterLength = 32
const blockLength = 64

/**
 * The pre-shared key of a tunnel: HKDF-SHA-256 of the master secret, the name and the version, mapped without bias onto
 * what all rules accept (see {@link keyRulesIntersection}). The same input gives the same key on every machine, so nobody
 * stores it; a new version is a rotation. `path` is where the link stands in the order.
 *
 * Finding: `PSK_ALPHABET`. Throws `KEY_UNAVAILABLE` where the master secret has fewer than 32 bytes.
 */
export function deriveKey(
  master: Uint8Array, name: KeyName, version: number, rules: readonly KeyRules[], path: string,
): { key: string } | { findings: Finding[] } {
  requireMaster(master)
  const result = keyRulesIntersection(rules, path)
  if ('findings' in result) return result
  const { length, alphabet, first } = result.space
  const bytes = keyStream(master, ['isthmus pre-shared key', name.order, name.tunnel, String(version)])
  const rest = Array.from({ length: length - 1 }, () => alphabet)
  return { key: [first, ...rest].map((characters) => draw(characters, bytes)).join('') }
}

/**
 * The 32 byte key that encrypts state and plan files of a stack. Independent of every pre-shared key.
 * Throws `KEY_UNAVAILABLE` where the master secret has fewer than 32 bytes.
 */
export function deriveStateKey(master: Uint8Array, stack: string): Uint8Array {
  requireMaster(master)
  return expand(master, ['isthmus state encryption', stack], 32)
}

function requireMaster(master: Uint8Array): void {
  if (master.length >= minMasterLength) return
  throw new IsthmusError('KEY_UNAVAILABLE', `The master secret has ${master.length} bytes; it needs at least ${minMasterLength}.`)
}

/** Bytes above the largest multiple of the alphabet's size are passed over, since a remainder of them would favour its first characters. */
function draw(characters: readonly string[], bytes: Iterator<number, never>): string {
  const limit = 256 - (256 % characters.length)
  for (;;) {
    const byte = bytes.next().value
    const character = byte < limit ? characters[byte % characters.length] : undefined
    if (character !== undefined) return character
  }
}

function* keyStream(master: Uint8Array, info: readonly string[]): Generator<number, never> {
  for (let block = 0; ; block++) yield* expand(master, [...info, String(block)], blockLength)
}

function expand(master: Uint8Array, info: readonly string[], length: number): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', master, new Uint8Array(0), lengthPrefixed(info), length))
}

/** Each part behind its length, so that no two lists of parts have the same bytes. */
function lengthPrefixed(parts: readonly string[]): Uint8Array {
  return Buffer.concat(parts.flatMap((part) => {
    const bytes = Buffer.from(part, 'utf8')
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    return [length, bytes]
  }))
}
