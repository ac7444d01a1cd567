import { type Finding, finding } from '../finding/finding.ts'
import type { KeyRules } from '../provider/facts.ts'

/** What a pre-shared key is made of, so that every end of a tunnel accepts it. */
export interface KeySpace {
  readonly length: number
  /** Allowed characters in code point order. */
  readonly alphabet: readonly string[]
  /** Characters allowed at the start, a subset of the alphabet. */
  readonly first: readonly string[]
}

/** Below 128 bits a key, and not the suite, would be the weakest part of a tunnel. */
const minEntropy = 128

/** Long enough for 190 bits of letters and digits, and inside the bounds of all known clouds. */
const preferredLength = 32

interface Bounds {
  readonly min: number
  readonly max: number
}

/**
 * The keys that all rules accept: letters and digits only where enough of them are common, a letter in front where the
 * rules allow it, 32 characters where the bounds allow it and more where 32 would hold fewer than 128 bits. The order of
 * the rules does not matter. Characters outside printable ASCII are left aside: their bytes depend on an encoding that two
 * ends need not share.
 *
 * Finding: `PSK_ALPHABET` at `path` where no character or no length is common, or where no common key has 128 bits.
 */
export function keyRulesIntersection(rules: readonly KeyRules[], path: string): { space: KeySpace } | { findings: Finding[] } {
  const alphabet = inAll(rules.map((rule) => rule.alphabet)).filter((character) => /^[!-~]$/.test(character))
  const first = inAll([alphabet.join(''), ...rules.map((rule) => rule.firstCharacters ?? rule.alphabet)])
  const bounds = {
    min: Math.max(1, ...rules.map((rule) => rule.minLength)),
    max: Math.min(...rules.map((rule) => rule.maxLength)),
  }
  const space = spaceOf(alphabet.filter(isAlphanumeric), first, bounds) ?? spaceOf(alphabet, first, bounds)
  return space === undefined ? { findings: [noCommonKey(alphabet, first, bounds, path)] } : { space }
}

function spaceOf(alphabet: readonly string[], allowedFirst: readonly string[], bounds: Bounds): KeySpace | undefined {
  const candidates = allowedFirst.filter((character) => alphabet.includes(character))
  const letters = candidates.filter((character) => /[A-Za-z]/.test(character))
  const first = letters.length > 0 ? letters : candidates
  if (first.length === 0 || alphabet.length < 2) return undefined
  const needed = 1 + Math.ceil((minEntropy - Math.log2(first.length)) / Math.log2(alphabet.length))
  const length = Math.max(bounds.min, needed, Math.min(preferredLength, bounds.max))
  return length <= bounds.max ? { length, alphabet, first } : undefined
}

function noCommonKey(alphabet: readonly string[], first: readonly string[], { min, max }: Bounds, path: string): Finding {
  const characters = alphabet.length === 0 ? 'no character' : `only ${alphabet.length} characters`
  return finding('PSK_ALPHABET', path, {
    title: min > max
      ? `One end wants pre-shared keys of at least ${min} characters, the other of at most ${max}.`
      : `The two ends have ${characters} and at most ${max} places in common for a pre-shared key, which is less than ${minEntropy} bits.`,
    hint: 'Link other sites: these two cannot share a key that is safe. If a limit is a fact of the provider package, have it checked there.',
    facts: { alphabet: alphabet.join(''), firstCharacters: first.join(''), minLength: min, maxLength: max, minEntropy },
  })
}

function inAll(alphabets: readonly string[]): string[] {
  const [head = '', ...others] = alphabets
  const sets = others.map((alphabet) => new Set(alphabet))
  return [...new Set(head)].filter((character) => sets.every((set) => set.has(character))).sort()
}

function isAlphanumeric(character: string): boolean {
  return /[A-Za-z0-9]/.test(character)
}
