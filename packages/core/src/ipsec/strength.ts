import type { TransformKind, TransformName, TransformNames } from './transform.ts'

const dhGroups = [21, 20, 18, 17, 16, 31, 19, 15, 14, 24, 23, 5, 22, 2, 1] as const

/**
 * Every transform of each role, strongest first.
 *
 * - Encryption: by key length; of two with the same length the AEAD comes first, since it needs no second algorithm.
 * - Diffie-Hellman groups: by estimated symmetric strength in bits. Curves 21: 256, 20: 192, 31 and 19: 128 (RFC 5903,
 *   RFC 8031); MODP by RFC 7919 appendix A, 18: 192, 17: 175, 16: 150, 15: 125, 14: 103. Of equals the cheaper one comes first.
 *   Groups that RFC 8247 advises against come last whatever their size: 22 to 24 have subgroups of unexplained origin, 5, 2
 *   and 1 are too short.
 */
export const strengthOrder: { readonly [K in TransformKind]: readonly TransformNames[K][] } = {
  encryption: [
    'aes-256-gcm-16', 'aes-256-cbc', 'aes-192-gcm-16', 'aes-192-cbc', 'aes-128-gcm-16', 'aes-128-cbc', '3des-cbc', 'des-cbc',
  ],
  integrity: ['sha2-512', 'sha2-384', 'sha2-256', 'sha1', 'md5'],
  prf: ['prf-sha2-512', 'prf-sha2-384', 'prf-sha2-256', 'prf-sha1', 'prf-md5'],
  dhGroup: dhGroups,
  pfs: [...dhGroups, 'none'],
}

const weakDhGroups: readonly TransformName[] = [1, 2, 5, 22, 23, 24]

const weak: Readonly<Record<TransformKind, ReadonlySet<TransformName>>> = {
  encryption: new Set(['des-cbc', '3des-cbc']),
  integrity: new Set(['md5', 'sha1']),
  prf: new Set(['prf-md5', 'prf-sha1']),
  dhGroup: new Set(weakDhGroups),
  pfs: new Set([...weakDhGroups, 'none']),
}

/**
 * True for what current recommendations advise against (RFC 8247, RFC 8221): DES, 3DES, MD5, SHA-1, Diffie-Hellman groups
 * 1, 2, 5 and 22 to 24, and rekeys of phase 2 without a Diffie-Hellman exchange.
 */
export function isWeak(kind: TransformKind, name: TransformName): boolean {
  return weak[kind].has(name)
}
