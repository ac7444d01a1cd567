import { IsthmusError } from '../finding/isthmus-error.ts'
import type { CipherOffer } from '../ipsec/policy.ts'
import { strengthOrder } from '../ipsec/strength.ts'
import type { TransformKind, TransformNames } from '../ipsec/transform.ts'
import type { CipherFacts } from './facts.ts'

/** A cloud's own words for transforms of one kind. */
export type Spellings<Kind extends TransformKind> = Readonly<Partial<Record<TransformNames[Kind], string | number>>>

/** What a gateway can be told, from the facts: every transform that has a spelling, strongest first. */
export function cipherOffer({ phase1, phase2 }: CipherFacts): CipherOffer {
  return {
    phase1: {
      encryption: spelled('encryption', phase1.value.encryption),
      integrity: spelled('integrity', phase1.value.integrity),
      prf: spelled('prf', phase1.value.prf),
      dhGroup: spelled('dhGroup', phase1.value.dhGroup),
    },
    phase2: {
      encryption: spelled('encryption', phase2.value.encryption),
      integrity: spelled('integrity', phase2.value.integrity),
      pfs: spelled('pfs', phase2.value.pfs),
    },
  }
}

/**
 * A cloud's word for a transform.
 *
 * @throws IsthmusError CONTRACT_BROKEN for one that the facts do not have, and so no offer contained
 */
export function spell<Name extends string | number>(spellings: Readonly<Partial<Record<Name, string | number>>>, name: Name): string | number {
  const word = spellings[name]
  if (word === undefined) throw new IsthmusError('CONTRACT_BROKEN', `a deal uses ${name}, which the facts of its end do not spell`)
  return word
}

/** Transforms that one word or a list of words stand for, strongest first. A word that the facts do not know stands for nothing. */
export function understand<Kind extends TransformKind>(kind: Kind, spellings: Spellings<Kind>, words: unknown): TransformNames[Kind][] {
  const found = (Array.isArray(words) ? words : [words]).map(String)
  return spelled(kind, spellings).filter((name) => found.includes(String(spellings[name])))
}

function spelled<Kind extends TransformKind>(kind: Kind, spellings: Spellings<Kind>): TransformNames[Kind][] {
  const names: readonly TransformNames[Kind][] = strengthOrder[kind]
  return names.filter((name) => spellings[name] !== undefined)
}
