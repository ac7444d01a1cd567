import { IsthmusError, isAead, type CipherOffer, type DhGroup, type Encryption, type Integrity, type Prf } from '@isthmus/core'
import { facts } from './facts.ts'

type Spellings<Name extends string | number> = Readonly<Partial<Record<Name, string | number>>>

const encryptions: readonly Encryption[] = ['aes-256-gcm-16', 'aes-192-gcm-16', 'aes-128-gcm-16', 'aes-256-cbc', 'aes-192-cbc', 'aes-128-cbc', '3des-cbc', 'des-cbc']
const integrities: readonly Integrity[] = ['sha2-512', 'sha2-384', 'sha2-256', 'sha1', 'md5']
const prfs: readonly Prf[] = ['prf-sha2-512', 'prf-sha2-384', 'prf-sha2-256', 'prf-sha1', 'prf-md5']
const dhGroups: readonly DhGroup[] = [1, 2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 31]

const phase1 = facts.ciphers.phase1.value
const phase2 = facts.ciphers.phase2.value

/** What can be told to a tunnel. */
export const ciphers: CipherOffer = {
  phase1: {
    encryption: offered(encryptions, phase1.encryption),
    integrity: offered(integrities, phase1.integrity),
    prf: offered(prfs, phase1.prf),
    dhGroup: offered(dhGroups, phase1.dhGroup),
  },
  phase2: {
    encryption: offered(encryptions, phase2.encryption),
    integrity: offered(integrities, phase2.integrity),
    pfs: offered(dhGroups, phase2.pfs),
  },
}

/** AWS's spelling of a transform. Throws `CONTRACT_BROKEN` for one that was never offered. */
export function spell<Name extends string | number>(spellings: Spellings<Name>, name: Name): string | number {
  const spelling = spellings[name]
  if (spelling === undefined) throw new IsthmusError('CONTRACT_BROKEN', `a deal asks AWS for ${name}, which its offer does not contain`)
  return spelling
}

/** Phase 1 transforms from AWS's spelling; what AWS does not document is left out. */
export function readPhase1(encryption: unknown, integrity: unknown, dhGroup: unknown) {
  const names = neutral(encryptions, phase1.encryption, encryption)
  return {
    encryption: names,
    integrity: onlyAead(names) ? [] : neutral(integrities, phase1.integrity, integrity),
    prf: neutral(prfs, phase1.prf, integrity),
    dhGroup: neutral(dhGroups, phase1.dhGroup, dhGroup),
  }
}

/** Phase 2 transforms from AWS's spelling. */
export function readPhase2(encryption: unknown, integrity: unknown, dhGroup: unknown) {
  const names = neutral(encryptions, phase2.encryption, encryption)
  return {
    encryption: names,
    integrity: onlyAead(names) ? [] : neutral(integrities, phase2.integrity, integrity),
    pfs: neutral(dhGroups, phase2.pfs, dhGroup),
  }
}

function onlyAead(names: readonly Encryption[]): boolean {
  return names.length > 0 && names.every(isAead)
}

function offered<Name extends string | number>(names: readonly Name[], spellings: Spellings<Name>): Name[] {
  return names.filter((name) => spellings[name] !== undefined)
}

function neutral<Name extends string | number>(names: readonly Name[], spellings: Spellings<Name>, found: unknown): Name[] {
  if (!Array.isArray(found)) return []
  const texts = found.map(String)
  return offered(names, spellings).filter((name) => texts.includes(String(spellings[name])))
}
