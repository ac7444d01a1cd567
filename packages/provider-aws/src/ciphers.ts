import { cipherOffer, isAead, understand, type CipherOffer, type Encryption } from '@isthmus/core'
import { facts } from './facts.ts'

const phase1 = facts.ciphers.phase1.value
const phase2 = facts.ciphers.phase2.value

/** What can be told to a tunnel. */
export const ciphers: CipherOffer = cipherOffer(facts.ciphers)

/** Phase 1 transforms from AWS's spelling; what AWS does not document is left out. The integrity value names the PRF too. */
export function readPhase1(encryption: unknown, integrity: unknown, dhGroup: unknown) {
  const names = understand('encryption', phase1.encryption, encryption)
  return {
    encryption: names,
    integrity: onlyAead(names) ? [] : understand('integrity', phase1.integrity, integrity),
    prf: understand('prf', phase1.prf, integrity),
    dhGroup: understand('dhGroup', phase1.dhGroup, dhGroup),
  }
}

/** Phase 2 transforms from AWS's spelling. */
export function readPhase2(encryption: unknown, integrity: unknown, dhGroup: unknown) {
  const names = understand('encryption', phase2.encryption, encryption)
  return {
    encryption: names,
    integrity: onlyAead(names) ? [] : understand('integrity', phase2.integrity, integrity),
    pfs: understand('pfs', phase2.pfs, dhGroup),
  }
}

function onlyAead(names: readonly Encryption[]): boolean {
  return names.length > 0 && names.every(isAead)
}
