import { spell, understand, type EndView, type Half, type KeyReference, type Prf, type Value } from '@isthmus/core'
import { facts } from './facts.ts'

const phase1 = facts.ciphers.phase1.value
const phase2 = facts.ciphers.phase2.value

type Block = Readonly<Record<string, unknown>>

/** Lifetime in seconds of both phases where a tunnel states none (alicloud_vpn_connection, ike_lifetime and ipsec_lifetime). */
const defaultLifetime = 86_400

/** The blocks `tunnel_ike_config` and `tunnel_ipsec_config` of a tunnel, with nothing left to a default. */
export function writePhases({ suite, lifetimes }: Half, key: KeyReference): Readonly<Record<string, Value>> {
  return {
    tunnel_ike_config: [{
      ike_version: 'ikev2',
      ike_mode: 'main',
      ike_enc_alg: spell(phase1.encryption, suite.phase1.encryption),
      // One word is both the integrity algorithm and the PRF, and without an AEAD there is always one of the former.
      ike_auth_alg: suite.phase1.integrity ? spell(phase1.integrity, suite.phase1.integrity) : spell(phase1.prf, suite.phase1.prf),
      ike_pfs: spell(phase1.dhGroup, suite.phase1.dhGroup),
      ike_lifetime: lifetimes.phase1,
      psk: key,
    }],
    tunnel_ipsec_config: [{
      ipsec_enc_alg: spell(phase2.encryption, suite.phase2.encryption),
      ...(suite.phase2.integrity ? { ipsec_auth_alg: spell(phase2.integrity, suite.phase2.integrity) } : {}),
      ipsec_pfs: spell(phase2.pfs, suite.phase2.pfs),
      ipsec_lifetime: lifetimes.phase2,
    }],
  }
}

/** The phases that the two blocks of a tunnel stand for. A word that the cloud does not know leaves its list empty. */
export function readPhases(ike: Block, ipsec: Block): Pick<EndView, 'ikeVersion' | 'phase1' | 'phase2'> {
  const integrity = understand('integrity', phase1.integrity, ike['ike_auth_alg'])
  return {
    // The cloud's own default is the old version.
    ikeVersion: ike['ike_version'] === 'ikev2' ? 2 : 1,
    phase1: {
      encryption: understand('encryption', phase1.encryption, ike['ike_enc_alg']),
      integrity,
      prf: integrity.map((hash): Prf => `prf-${hash}`),
      dhGroup: understand('dhGroup', phase1.dhGroup, ike['ike_pfs']),
      lifetime: { seconds: secondsOf(ike['ike_lifetime']), fixed: false },
    },
    phase2: {
      encryption: understand('encryption', phase2.encryption, ipsec['ipsec_enc_alg']),
      integrity: understand('integrity', phase2.integrity, ipsec['ipsec_auth_alg']),
      pfs: understand('pfs', phase2.pfs, ipsec['ipsec_pfs']),
      lifetime: { seconds: secondsOf(ipsec['ipsec_lifetime']), fixed: false },
    },
  }
}

function secondsOf(lifetime: unknown): number {
  return typeof lifetime === 'number' ? lifetime : defaultLifetime
}
