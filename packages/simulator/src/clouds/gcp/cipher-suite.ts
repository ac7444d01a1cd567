import type { Attributes } from '../../behaviour/behaviour.ts'
import { block, texts } from '../attributes.ts'

const sizes = ['128', '192', '256']
const cbc = sizes.map((size) => `AES-CBC-${size}`)
const gcm = sizes.map((size) => `AES-GCM-16-${size}`)
const groups = [
  ...[2, 5, 14, 15, 16, 18, 19, 20, 21, 31].map((group) => `Group-${group}`), 'modp-1024-160', 'modp-2048-224', 'modp-2048-256',
]

interface Role {
  readonly name: string
  readonly values: readonly string[]
}

/** Values by phase and role (Google Cloud "Supported IKE ciphers", 2026-04-10). Phase 2 knows no SHA-384. */
const roles: Readonly<Record<'phase1' | 'phase2', readonly Role[]>> = {
  phase1: [
    { name: 'encryption', values: [...cbc, ...gcm, '3DES-CBC'] },
    {
      name: 'integrity',
      values: ['HMAC-SHA2-256-128', 'HMAC-SHA2-384-192', 'HMAC-SHA2-512-256', 'HMAC-SHA1-96', 'HMAC-MD5-96', 'AES-XCBC-96', 'AES-CMAC-96'],
    },
    {
      name: 'prf',
      values: ['PRF-HMAC-SHA2-256', 'PRF-HMAC-SHA2-384', 'PRF-HMAC-SHA2-512', 'PRF-HMAC-SHA1', 'PRF-HMAC-MD5', 'PRF-AES128-XCBC', 'PRF-AES128-CMAC'],
    },
    { name: 'dh', values: groups },
  ],
  phase2: [
    { name: 'encryption', values: [...cbc, ...gcm] },
    { name: 'integrity', values: ['HMAC-SHA2-256-128', 'HMAC-SHA2-512-256', 'HMAC-SHA1-96'] },
    { name: 'pfs', values: groups },
  ],
}

/** What is wrong with a cipher suite, and at which phase and role. */
export interface CipherProblem {
  readonly path: readonly [phase: string, role: string]
  readonly message: string
}

/** The first thing the API refuses of the `cipher_suite` block. */
export function cipherProblem(suite: Attributes): CipherProblem | undefined {
  for (const phase of ['phase1', 'phase2'] as const) {
    const given = block(suite, phase)
    const problem = given && (unknownValue(given, phase) ?? combination(given, phase))
    if (problem) return problem
  }
  return undefined
}

function unknownValue(given: Attributes, phase: 'phase1' | 'phase2'): CipherProblem | undefined {
  for (const { name, values } of roles[phase]) {
    const wrong = texts(given, name).find((value) => !values.includes(value))
    if (wrong !== undefined) return { path: [phase, name], message: `${wrong} is not a supported ${name} algorithm of ${phase}.` }
  }
  return undefined
}

/** A GCM cipher authenticates by itself; every other role needs a value, perfect forward secrecy included. */
function combination(given: Attributes, phase: 'phase1' | 'phase2'): CipherProblem | undefined {
  const encryption = texts(given, 'encryption')
  const allGcm = encryption.length > 0 && encryption.every((value) => gcm.includes(value))
  for (const { name } of roles[phase]) {
    const present = texts(given, name).length > 0
    if (name === 'integrity' && allGcm) {
      if (present) return { path: [phase, name], message: `With an AEAD encryption algorithm, ${phase} takes no integrity algorithm.` }
    } else if (!present) {
      return { path: [phase, name], message: `${phase} needs at least one ${name} algorithm.` }
    }
  }
  return undefined
}
