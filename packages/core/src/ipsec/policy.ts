import type { DhGroup, Encryption, Integrity, PfsGroup, Prf } from './vocabulary.ts'

/** What a cloud's gateway can be told, derived from its facts. Order does not matter. */
export interface CipherOffer {
  readonly phase1: {
    readonly encryption: readonly Encryption[]
    readonly integrity: readonly Integrity[]
    /** PRFs that can be chosen where the encryption is an AEAD. */
    readonly prf: readonly Prf[]
    readonly dhGroup: readonly DhGroup[]
  }
  readonly phase2: {
    readonly encryption: readonly Encryption[]
    readonly integrity: readonly Integrity[]
    readonly pfs: readonly PfsGroup[]
  }
}

/** What the user accepts, each list from most to least wanted. The first member that both ends offer is chosen. */
export interface SuitePolicy {
  readonly name: 'baseline' | 'strong' | 'custom'
  readonly phase1: CipherOffer['phase1']
  readonly phase2: CipherOffer['phase2']
}
