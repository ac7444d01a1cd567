import type { Choice, FieldOffer } from './choice.ts'
import type { CipherOffer, SuitePolicy } from './policy.ts'
import { type TransformName, prfOf } from './transform.ts'
import type { DhGroup, Encryption, Integrity, PfsGroup, Prf } from './vocabulary.ts'

/** The cipher offer of one end, with the name of its site. */
export interface NamedOffer {
  readonly site: string
  readonly ciphers: CipherOffer
}

/** What is to be agreed for the IKE SA. */
export interface Phase1Choices {
  readonly encryption: Choice<Encryption>
  /** Offered here means that the end also accepts the PRF of the same hash. */
  readonly integrity: Choice<Integrity>
  /** PRF beside an AEAD. */
  readonly prf: Choice<Prf>
  /** PRF that follows the integrity algorithm: offers are those of the common integrity algorithms. */
  readonly hashPrf: Choice<Prf>
  readonly dhGroup: Choice<DhGroup>
}

/** What is to be agreed for the CHILD SA. */
export interface Phase2Choices {
  readonly encryption: Choice<Encryption>
  readonly integrity: Choice<Integrity>
  readonly pfs: Choice<PfsGroup>
}

/** Sets the phase 1 offers of two ends beside a policy. */
export function phase1Choices({ phase1 }: SuitePolicy, a: NamedOffer, b: NamedOffer): Phase1Choices {
  const offers = between(a, b)
  const followed = (values: readonly Integrity[]) => values.filter((hash) => phase1.integrity.includes(hash)).map(prfOf)
  return {
    encryption: { field: 'phase1.encryption', kind: 'encryption', wanted: phase1.encryption, ...offers((ciphers) => ciphers.phase1.encryption) },
    integrity: { field: 'phase1.integrity', kind: 'integrity', wanted: phase1.integrity, ...offers(hashesWithPrf) },
    prf: { field: 'phase1.prf', kind: 'prf', wanted: phase1.prf, ...offers((ciphers) => ciphers.phase1.prf) },
    hashPrf: { field: 'phase1.prf', kind: 'prf', wanted: phase1.prf, ...offers((ciphers) => followed(hashesWithPrf(ciphers))) },
    dhGroup: { field: 'phase1.dhGroup', kind: 'dhGroup', wanted: phase1.dhGroup, ...offers((ciphers) => ciphers.phase1.dhGroup) },
  }
}

/** Sets the phase 2 offers of two ends beside a policy. */
export function phase2Choices({ phase2 }: SuitePolicy, a: NamedOffer, b: NamedOffer): Phase2Choices {
  const offers = between(a, b)
  return {
    encryption: { field: 'phase2.encryption', kind: 'encryption', wanted: phase2.encryption, ...offers((ciphers) => ciphers.phase2.encryption) },
    integrity: { field: 'phase2.integrity', kind: 'integrity', wanted: phase2.integrity, ...offers((ciphers) => ciphers.phase2.integrity) },
    pfs: { field: 'phase2.pfs', kind: 'pfs', wanted: phase2.pfs, ...offers((ciphers) => ciphers.phase2.pfs) },
  }
}

function between(a: NamedOffer, b: NamedOffer) {
  return <T extends TransformName>(values: (ciphers: CipherOffer) => readonly T[]): { a: FieldOffer<T>; b: FieldOffer<T> } => ({
    a: { site: a.site, values: values(a.ciphers) },
    b: { site: b.site, values: values(b.ciphers) },
  })
}

function hashesWithPrf({ phase1 }: CipherOffer): readonly Integrity[] {
  return phase1.prf.length === 0 ? phase1.integrity : phase1.integrity.filter((hash) => phase1.prf.includes(prfOf(hash)))
}
