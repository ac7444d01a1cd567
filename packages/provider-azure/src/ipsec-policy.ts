import { isAead, spell, understand, type EndView, type Half, type Prf, type Value } from '@isthmus/core'
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
  const ikeEncryption = understand('encryption', phase1.encryption, policy['ike_encryption'])
  const ikeIntegrity = understand('integrity', phase1.integrity, policy['ike_integrity'])
  const ipsecEncryption = understand('encryption', phase2.encryption, policy['ipsec_encryption'])
  const lifetime = policy['sa_lifetime']
  return {
    phase1: {
      encryption: ikeEncryption,
      integrity: ikeEncryption.some(isAead) ? [] : ikeIntegrity,
      prf: ikeIntegrity.map((integrity): Prf => `prf-${integrity}`),
      dhGroup: understand('dhGroup', phase1.dhGroup, first(policy['dh_group'], sameDhGroup)),
      lifetime: { seconds: 28_800, fixed: true },
    },
    phase2: {
      // With GCM, a policy whose two values differ is refused.
      encryption: ipsecEncryption.some(isAead) && policy['ipsec_integrity'] !== policy['ipsec_encryption'] ? [] : ipsecEncryption,
      integrity: understand('integrity', phase2.integrity, policy['ipsec_integrity']),
      pfs: understand('pfs', phase2.pfs, first(policy['pfs_group'], samePfsGroup)),
      lifetime: { seconds: typeof lifetime === 'number' ? lifetime : defaultLifetime, fixed: false },
    },
  }
}

/** The word itself, or the first of the two that Azure has for the same thing. */
function first(word: unknown, same: Readonly<Record<string, string>>): unknown {
  return typeof word === 'string' ? (same[word] ?? word) : word
}
