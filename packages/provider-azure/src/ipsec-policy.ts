import {
  type CipherOffer, type DhGroup, type EndView, type Encryption, type Half, type Integrity, isAead, IsthmusError, type PfsGroup, type Prf, type Value,
} from '@isthmus/core'
import { azureFacts } from './facts.ts'

const phase1 = azureFacts.ciphers.phase1.value
const phase2 = azureFacts.ciphers.phase2.value

/** Traffic is not what ends an SA here: this is Azure's own default, in kilobytes. */
const saDataSize = 102_400_000

/** Lifetime of a CHILD SA where a policy states none, in seconds. */
const defaultLifetime = 27_000

/** Second spellings that Azure accepts and may give back. */
const sameDhGroup: Readonly<Record<string, string>> = { DHGroup2048: 'DHGroup14' }
const samePfsGroup: Readonly<Record<string, string>> = { PFS14: 'PFS2048' }

const encryptions: readonly Encryption[] = [
  'aes-256-gcm-16', 'aes-192-gcm-16', 'aes-128-gcm-16', 'aes-256-cbc', 'aes-192-cbc', 'aes-128-cbc', '3des-cbc', 'des-cbc',
]
const integrities: readonly Integrity[] = ['sha2-384', 'sha2-256', 'sha1', 'md5']
const prfs: readonly Prf[] = ['prf-sha2-384', 'prf-sha2-256']
const dhGroups: readonly DhGroup[] = [20, 19, 14, 24, 2, 1]
const pfsGroups: readonly PfsGroup[] = [...dhGroups, 'none']

type Spelling<K extends string | number> = Readonly<Partial<Record<K, string | number>>>

/** What an `ipsec_policy` can name. */
export const cipherOffer: CipherOffer = {
  phase1: {
    encryption: named(encryptions, phase1.encryption),
    integrity: named(integrities, phase1.integrity),
    prf: named(prfs, phase1.prf),
    dhGroup: named(dhGroups, phase1.dhGroup),
  },
  phase2: {
    encryption: named(encryptions, phase2.encryption),
    integrity: named(integrities, phase2.integrity),
    pfs: named(pfsGroups, phase2.pfs),
  },
}

/** The `ipsec_policy` block of a half. */
export function writePolicy(half: Half): Readonly<Record<string, Value>> {
  const { suite } = half
  const ipsecEncryption = spell(phase2.encryption, suite.phase2.encryption)
  return {
    dh_group: spell(phase1.dhGroup, suite.phase1.dhGroup),
    ike_encryption: spell(phase1.encryption, suite.phase1.encryption),
    ike_integrity: suite.phase1.integrity ? spell(phase1.integrity, suite.phase1.integrity) : spell(phase1.prf, suite.phase1.prf),
    ipsec_encryption: ipsecEncryption,
    // With GCM, Azure wants the same value in both places.
    ipsec_integrity: suite.phase2.integrity ? spell(phase2.integrity, suite.phase2.integrity) : ipsecEncryption,
    pfs_group: spell(phase2.pfs, suite.phase2.pfs),
    sa_datasize: saDataSize,
    sa_lifetime: half.lifetimes.phase2,
  }
}

/** The two phases that an `ipsec_policy` block stands for. A value that Azure would not accept leaves its list empty. */
export function readPolicy(policy: Readonly<Record<string, unknown>>): Pick<EndView, 'phase1' | 'phase2'> {
  const ikeEncryption = understand(encryptions, phase1.encryption, policy['ike_encryption'])
  const ikeIntegrity = understand(integrities, phase1.integrity, policy['ike_integrity'])
  const ipsecEncryption = understand(encryptions, phase2.encryption, policy['ipsec_encryption'])
  const lifetime = policy['sa_lifetime']
  return {
    phase1: {
      encryption: ikeEncryption,
      integrity: ikeEncryption.some(isAead) ? [] : ikeIntegrity,
      prf: ikeIntegrity.map((integrity): Prf => `prf-${integrity}`),
      dhGroup: understand(dhGroups, phase1.dhGroup, policy['dh_group'], sameDhGroup),
      lifetime: { seconds: 28_800, fixed: true },
    },
    phase2: {
      encryption: ipsecEncryption,
      integrity: understand(integrities, phase2.integrity, policy['ipsec_integrity']),
      pfs: understand(pfsGroups, phase2.pfs, policy['pfs_group'], samePfsGroup),
      lifetime: { seconds: typeof lifetime === 'number' ? lifetime : defaultLifetime, fixed: false },
    },
  }
}

function named<K extends string | number>(names: readonly K[], spelling: Spelling<K>): K[] {
  return names.filter((name) => spelling[name] !== undefined)
}

function spell<K extends string | number>(spelling: Spelling<K>, name: K): string | number {
  const found = spelling[name]
  if (found === undefined) throw new IsthmusError('CONTRACT_BROKEN', `Azure was asked for ${name}, which it does not offer.`)
  return found
}

function understand<K extends string | number>(
  names: readonly K[], spelling: Spelling<K>, value: unknown, same: Readonly<Record<string, string>> = {},
): K[] {
  const spelled = typeof value === 'string' ? (same[value] ?? value) : undefined
  return spelled === undefined ? [] : names.filter((name) => spelling[name] === spelled)
}
