import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { Problem } from './problem.ts'

/** What a caller may do: `read` looks, `write` changes things as well. */
export type Scope = 'read' | 'write'

/** Who asks. */
export interface Caller {
  readonly name: string
  readonly scopes: readonly Scope[]
}

/** Someone who may ask; of the secret only a hash is kept. */
export interface Credential extends Caller {
  readonly kind: 'basic' | 'bearer'
  /** As {@link hashSecret} makes it. */
  readonly hash: string
}

/** scrypt with OWASP's parameters for interactive logins (N = 2^15, r = 8, p = 1: 32 MiB a hash). */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 }
const hashLength = 32

/** Callers whose header was checked already, so that the costly hash is computed once and not for every request. */
const rememberedCallers = 1000
/** Hashes that are computed at a time: half of Node's four threads, which files and name resolution need as well. */
const hashesAtATime = 2
/** Checks that wait for their turn: some clients may come at the same moment, and guessing passwords must not keep them out for long. */
const mostWaiting = 6

/** Salt and hash that no secret is known for. */
const hashOfNobody = `scrypt$${Buffer.alloc(16).toString('base64url')}$${Buffer.alloc(hashLength).toString('base64url')}`

/** Hash of a password or token for the configuration: `scrypt$salt$hash`. */
export async function hashSecret(secret: string, salt: Buffer = randomBytes(16)): Promise<string> {
  return `scrypt$${salt.toString('base64url')}$${(await derive(secret, salt)).toString('base64url')}`
}

/** Checks who asks. */
export class Authentication {
  readonly #credentials: readonly Credential[]
  readonly #known = new Map<string, Caller>()
  readonly #checks = new Map<string, Promise<Caller>>()
  readonly #waiting: (() => void)[] = []
  #hashing = 0

  constructor(credentials: readonly Credential[]) {
    this.#credentials = credentials
  }

  /**
   * Who sent an `Authorization` header.
   *
   * @throws Problem UNAUTHORIZED, HEADER_INVALID for a header that cannot be read, UNAVAILABLE when too many are being checked
   */
  async caller(header: string | undefined): Promise<Caller> {
    if (header === undefined) throw unauthorized()
    const fingerprint = createHash('sha256').update(header).digest('base64')
    const known = this.#known.get(fingerprint)
    if (known) return known
    // A client that begins with several requests at once is checked once.
    const check = this.#checks.get(fingerprint) ?? this.#check(header, fingerprint).finally(() => this.#checks.delete(fingerprint))
    this.#checks.set(fingerprint, check)
    return check
  }

  async #check(header: string, fingerprint: string): Promise<Caller> {
    const given = read(header)
    const candidates = this.#credentials.filter(({ kind, name }) => kind === given.kind && (given.kind === 'bearer' || name === given.name))
    // A name that nobody has must take as long as a wrong password, or the time tells which names there are.
    if (candidates.length === 0) await this.#matches(given.secret, hashOfNobody)
    for (const credential of candidates) {
      if (!(await this.#matches(given.secret, credential.hash))) continue
      if (this.#known.size >= rememberedCallers) this.#known.clear()
      this.#known.set(fingerprint, credential)
      return credential
    }
    throw unauthorized()
  }

  async #matches(secret: string, hash: string): Promise<boolean> {
    await this.#turn()
    try {
      const [, salt = '', wanted = ''] = hash.split('$')
      const found = await derive(secret, Buffer.from(salt, 'base64url'))
      const expected = Buffer.from(wanted, 'base64url')
      return found.length === expected.length && timingSafeEqual(found, expected)
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#hashing -= 1
    }
  }

  /** Whoever has had a turn gives it to the next who waits. */
  async #turn(): Promise<void> {
    if (this.#hashing < hashesAtATime) {
      this.#hashing += 1
      return
    }
    if (this.#waiting.length >= mostWaiting) throw new Problem('UNAVAILABLE', 'too many logins are being checked', { retryAfter: 1 })
    await new Promise<void>((begin) => this.#waiting.push(begin))
  }
}

/** @throws Problem FORBIDDEN when the caller may not do it */
export function requireScope(caller: Caller, scope: Scope): void {
  if (!caller.scopes.includes(scope)) throw new Problem('FORBIDDEN', `${caller.name} may not ${scope}`)
}

type Given = { readonly kind: 'basic'; readonly name: string; readonly secret: string } | { readonly kind: 'bearer'; readonly secret: string }

function read(header: string): Given {
  const [, scheme = '', value = ''] = /^(\S+) +(\S+) *$/.exec(header) ?? []
  if (scheme.toLowerCase() === 'bearer') return { kind: 'bearer', secret: value }
  if (scheme.toLowerCase() !== 'basic') throw unauthorized()
  const text = /^[\w+/-]+={0,2}$/.test(value) ? Buffer.from(value, 'base64').toString('utf8') : ''
  const colon = text.indexOf(':')
  if (colon < 0) throw new Problem('HEADER_INVALID', 'the Authorization header cannot be decoded')
  return { kind: 'basic', name: text.slice(0, colon), secret: text.slice(colon + 1) }
}

function unauthorized(): Problem {
  return new Problem('UNAUTHORIZED', 'Unauthorized')
}

function derive(secret: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => scrypt(secret, salt, hashLength, cost, (error, key) => (error ? reject(error) : resolve(key))))
}
