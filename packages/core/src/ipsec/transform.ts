import type { DhGroup, Encryption, Integrity, PfsGroup, Prf } from './vocabulary.ts'

/** The names of each role that a transform can play in a suite. */
export interface TransformNames {
  encryption: Encryption
  integrity: Integrity
  prf: Prf
  dhGroup: DhGroup
  pfs: PfsGroup
}

/** Role of a transform in a suite. */
export type TransformKind = keyof TransformNames

/** Name of a transform in any role. */
export type TransformName = TransformNames[TransformKind]

/** A row of the IANA registry "Internet Key Exchange Version 2 (IKEv2) Parameters". */
export interface IanaTransform {
  /** Transform type: 1 encryption, 2 PRF, 3 integrity, 4 key exchange method (Diffie-Hellman group). */
  readonly type: 1 | 2 | 3 | 4
  readonly id: number
  /** Name as the registry spells it. */
  readonly name: string
  /** Value of the key length attribute in bits; absent for transforms with one length only. */
  readonly keyLength?: number
}

const encryption = (id: number, name: string, keyLength?: number): IanaTransform =>
  ({ type: 1, id, name, ...(keyLength === undefined ? {} : { keyLength }) })
const prf = (id: number, name: string): IanaTransform => ({ type: 2, id, name })
const integrity = (id: number, name: string): IanaTransform => ({ type: 3, id, name })
const keyExchange = (id: DhGroup, name: string): IanaTransform => ({ type: 4, id, name })

const dhGroups: Readonly<Record<DhGroup, IanaTransform>> = {
  1: keyExchange(1, '768-bit MODP Group'),
  2: keyExchange(2, '1024-bit MODP Group'),
  5: keyExchange(5, '1536-bit MODP Group'),
  14: keyExchange(14, '2048-bit MODP Group'),
  15: keyExchange(15, '3072-bit MODP Group'),
  16: keyExchange(16, '4096-bit MODP Group'),
  17: keyExchange(17, '6144-bit MODP Group'),
  18: keyExchange(18, '8192-bit MODP Group'),
  19: keyExchange(19, '256-bit random ECP group'),
  20: keyExchange(20, '384-bit random ECP group'),
  21: keyExchange(21, '521-bit random ECP group'),
  22: keyExchange(22, '1024-bit MODP Group with 160-bit Prime Order Subgroup'),
  23: keyExchange(23, '2048-bit MODP Group with 224-bit Prime Order Subgroup'),
  24: keyExchange(24, '2048-bit MODP Group with 256-bit Prime Order Subgroup'),
  31: keyExchange(31, 'Curve25519'),
}

/** Every transform by role and neutral name, with its row of the registry. */
export const ianaTransforms: { readonly [K in TransformKind]: Readonly<Record<TransformNames[K], IanaTransform>> } = {
  encryption: {
    'aes-256-gcm-16': encryption(20, 'ENCR_AES_GCM_16', 256),
    'aes-192-gcm-16': encryption(20, 'ENCR_AES_GCM_16', 192),
    'aes-128-gcm-16': encryption(20, 'ENCR_AES_GCM_16', 128),
    'aes-256-cbc': encryption(12, 'ENCR_AES_CBC', 256),
    'aes-192-cbc': encryption(12, 'ENCR_AES_CBC', 192),
    'aes-128-cbc': encryption(12, 'ENCR_AES_CBC', 128),
    '3des-cbc': encryption(3, 'ENCR_3DES'),
    'des-cbc': encryption(2, 'ENCR_DES'),
  },
  integrity: {
    'sha2-512': integrity(14, 'AUTH_HMAC_SHA2_512_256'),
    'sha2-384': integrity(13, 'AUTH_HMAC_SHA2_384_192'),
    'sha2-256': integrity(12, 'AUTH_HMAC_SHA2_256_128'),
    sha1: integrity(2, 'AUTH_HMAC_SHA1_96'),
    md5: integrity(1, 'AUTH_HMAC_MD5_96'),
  },
  prf: {
    'prf-sha2-512': prf(7, 'PRF_HMAC_SHA2_512'),
    'prf-sha2-384': prf(6, 'PRF_HMAC_SHA2_384'),
    'prf-sha2-256': prf(5, 'PRF_HMAC_SHA2_256'),
    'prf-sha1': prf(2, 'PRF_HMAC_SHA1'),
    'prf-md5': prf(1, 'PRF_HMAC_MD5'),
  },
  dhGroup: dhGroups,
  pfs: { ...dhGroups, none: { type: 4, id: 0, name: 'NONE' } },
}

/** The registry's type, number and name of a transform, as they appear in IKE messages. */
export function ianaTransform<K extends TransformKind>(kind: K, name: TransformNames[K]): IanaTransform {
  const rows: Readonly<Record<TransformNames[K], IanaTransform>> = ianaTransforms[kind]
  return rows[name]
}

const prfs: Readonly<Record<Integrity, Prf>> = {
  'sha2-512': 'prf-sha2-512',
  'sha2-384': 'prf-sha2-384',
  'sha2-256': 'prf-sha2-256',
  sha1: 'prf-sha1',
  md5: 'prf-md5',
}

/** The PRF of the same hash, which an end uses where it cannot be told a PRF of its own. */
export function prfOf(hash: Integrity): Prf {
  return prfs[hash]
}
