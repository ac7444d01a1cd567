import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { isBlock, isSecret, type AttributeSchema, type Members } from '../schema/schema.ts'
import type { SameScalar } from '../schema/shape.ts'
import { isAbsent, isAttributes } from '../wire/unknown.ts'
import { readIfThere, writeWhole } from './files.ts'

const mark = 'sim-sha256:'

/**
 * Secrets at rest. A simulated cloud must notice a changed key, as a real one does, but needs no key for it: the store keeps
 * a salted SHA-256 of every secret and nothing else.
 */
export class Fingerprints {
  readonly #salt: string

  constructor(salt: string) {
    this.#salt = salt
  }

  /** The fingerprints of a home: its salt is made on first use, so that equal keys in two homes do not look equal. */
  static of(home: string): Fingerprints {
    const path = join(home, 'salt')
    const known = readIfThere(path)
    if (known !== undefined) return new Fingerprints(known)
    const salt = randomBytes(16).toString('hex')
    writeWhole(path, salt)
    return new Fingerprints(salt)
  }

  /** Fingerprint of a value; a fingerprint stays what it is. */
  of(value: unknown): string {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    return text.startsWith(mark) ? text : mark + createHash('sha256').update(`${this.#salt}\0${text}`).digest('hex')
  }

  /** Equality of scalars of which either may be a fingerprint. */
  readonly same: SameScalar = (a, b) => {
    if (isAbsent(a) || isAbsent(b)) return isAbsent(a) && isAbsent(b)
    if (a === b || String(a) === String(b)) return true
    return (isMarked(a) || isMarked(b)) && this.of(a) === this.of(b)
  }

  /** The object with a fingerprint in place of every secret: what is written to disk. */
  conceal(members: Members, object: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return mapMembers(members, object, (schema, value) => (isSecret(schema) && !isAbsent(value) ? this.of(value) : value))
  }

  /** The stored object with the secrets of a state, where the state holds the same ones; otherwise fingerprints remain. */
  reveal(members: Members, stored: Readonly<Record<string, unknown>>, state: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return mapMembers(members, stored, (schema, value, counterpart) => {
      if (schema.writeOnly) return null
      if (!isSecret(schema) || isAbsent(value)) return value
      return !isAbsent(counterpart) && this.same(counterpart, value) ? counterpart : value
    }, state)
  }
}

function isMarked(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith(mark)
}

type Change = (schema: AttributeSchema, value: unknown, counterpart: unknown) => unknown

/** Changes every scalar member at any depth; `other` is walked along by position. */
function mapMembers(members: Members, object: Readonly<Record<string, unknown>>, change: Change, other: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => {
    const schema = members[name]
    return [name, schema ? mapMember(schema, value, change, other[name]) : value]
  }))
}

function mapMember(schema: AttributeSchema, value: unknown, change: Change, other: unknown): unknown {
  const inner = schema.block
  if (!inner || (isSecret(schema) && !isBlock(schema))) return change(schema, value, other)
  if (isAttributes(value)) return mapMembers(inner, value, change, isAttributes(other) ? other : {})
  if (!Array.isArray(value)) return value
  const elements: unknown[] = value
  const others: unknown[] = Array.isArray(other) ? other : []
  return elements.map((element, index) => {
    const opposite = others[index]
    return isAttributes(element) ? mapMembers(inner, element, change, isAttributes(opposite) ? opposite : {}) : element
  })
}
