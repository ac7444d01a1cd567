/**
 * The neutral names of IPsec transforms. Clouds spell them in many ways; each provider maps these to its own enum strings in its facts.
 * Names follow the IANA registry "Internet Key Exchange Version 2 (IKEv2) Parameters"; see {@link ianaTransform}.
 */
export type Encryption =
  | 'aes-256-gcm-16' | 'aes-192-gcm-16' | 'aes-128-gcm-16'
  | 'aes-256-cbc' | 'aes-192-cbc' | 'aes-128-cbc'
  | '3des-cbc' | 'des-cbc'

/** Integrity algorithm of a proposal without AEAD; also names the PRF of the same hash. */
export type Integrity = 'sha2-512' | 'sha2-384' | 'sha2-256' | 'sha1' | 'md5'

/** Pseudo-random function of IKE. */
export type Prf = 'prf-sha2-512' | 'prf-sha2-384' | 'prf-sha2-256' | 'prf-sha1' | 'prf-md5'

/** Diffie-Hellman group by its IANA number. */
export type DhGroup = 1 | 2 | 5 | 14 | 15 | 16 | 17 | 18 | 19 | 20 | 21 | 22 | 23 | 24 | 31

/** PFS group of a CHILD SA; `none` means that rekeys reuse the key material of the IKE SA. */
export type PfsGroup = DhGroup | 'none'

/** Transforms of the IKE SA (phase 1). */
export interface Phase1Suite {
  readonly encryption: Encryption
  /** Absent exactly when the encryption is an AEAD (GCM), which authenticates by itself. */
  readonly integrity?: Integrity
  readonly prf: Prf
  readonly dhGroup: DhGroup
}

/** Transforms of the CHILD SA (phase 2, ESP). */
export interface Phase2Suite {
  readonly encryption: Encryption
  /** Absent exactly when the encryption is an AEAD (GCM). */
  readonly integrity?: Integrity
  /** Group of the Diffie-Hellman exchange at each rekey. */
  readonly pfs: PfsGroup
}

/** One algorithm per role and phase: what both ends are told, and nothing else. */
export interface Suite {
  readonly phase1: Phase1Suite
  readonly phase2: Phase2Suite
}

/** True for an encryption that authenticates by itself. */
export function isAead(encryption: Encryption): boolean {
  return encryption.includes('-gcm-')
}
