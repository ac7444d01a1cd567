import { isAead, spell, understand, type EndView, type Half, type Prf, type Value } from '@isthmus/core'
import { apiCiphers } from './facts.ts'

// Whatever was offered is in the larger of the two tables, and so is whatever can be found.
const phase1 = apiCiphers.phase1.value
const phase2 = apiCiphers.phase2.value

/** Traffic is not what ends an SA here: this is the provider's own default, in kilobytes. */
const saTraffic = 1_843_200

/** Lifetimes where a connection states none, in seconds. */
const defaultLifetimes = { phase1: 86_400, phase2: 3600 }

/** Integrity argument beside GCM, which needs none; left out it would be MD5. */
const besideAead = spell(phase2.integrity, 'sha2-256')

/** Arguments of a connection for both phases. Each has a weak default, so all of them are written. */
export function writeCiphers({ suite, lifetimes }: Half): Readonly<Record<string, Value>> {
  return {
    ike_version: 'IKEV2',
    ike_exchange_mode: 'MAIN',
    ike_proto_encry_algorithm: spell(phase1.encryption, suite.phase1.encryption),
    ike_proto_authen_algorithm: suite.phase1.integrity ? spell(phase1.integrity, suite.phase1.integrity) : spell(phase1.prf, suite.phase1.prf),
    ike_dh_group_name: spell(phase1.dhGroup, suite.phase1.dhGroup),
    ike_sa_lifetime_seconds: lifetimes.phase1,
    ipsec_encrypt_algorithm: spell(phase2.encryption, suite.phase2.encryption),
    ipsec_integrity_algorithm: suite.phase2.integrity ? spell(phase2.integrity, suite.phase2.integrity) : besideAead,
    ipsec_pfs_dh_group: spell(phase2.pfs, suite.phase2.pfs),
    ipsec_sa_lifetime_seconds: lifetimes.phase2,
    ipsec_sa_lifetime_traffic: saTraffic,
  }
}

/** The two phases that the arguments of a connection stand for. A word that the cloud does not have leaves its list empty. */
export function readCiphers(values: Readonly<Record<string, unknown>>): Pick<EndView, 'phase1' | 'phase2'> {
  const ikeEncryption = understand('encryption', phase1.encryption, values['ike_proto_encry_algorithm'])
  const ikeIntegrity = understand('integrity', phase1.integrity, values['ike_proto_authen_algorithm'])
  const ipsecEncryption = understand('encryption', phase2.encryption, values['ipsec_encrypt_algorithm'])
  return {
    phase1: {
      encryption: ikeEncryption,
      integrity: ikeEncryption.some(isAead) ? [] : ikeIntegrity,
      prf: ikeIntegrity.map((integrity): Prf => `prf-${integrity}`),
      dhGroup: understand('dhGroup', phase1.dhGroup, values['ike_dh_group_name']),
      lifetime: { seconds: secondsOf(values['ike_sa_lifetime_seconds'], defaultLifetimes.phase1), fixed: false },
    },
    phase2: {
      encryption: ipsecEncryption,
      integrity: ipsecEncryption.some(isAead) ? [] : understand('integrity', phase2.integrity, values['ipsec_integrity_algorithm']),
      pfs: understand('pfs', phase2.pfs, values['ipsec_pfs_dh_group']),
      lifetime: { seconds: secondsOf(values['ipsec_sa_lifetime_seconds'], defaultLifetimes.phase2), fixed: false },
    },
  }
}

function secondsOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise
}
