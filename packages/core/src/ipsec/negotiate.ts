import type { Finding } from '../finding/finding.ts'
import { type Choice, type SuiteReason, common, explain, noOverlap } from './choice.ts'
import { type NamedOffer, type Phase1Choices, type Phase2Choices, phase1Choices, phase2Choices } from './phase-choices.ts'
import type { SuitePolicy } from './policy.ts'
import { type TransformName, prfOf } from './transform.ts'
import { type Encryption, type Phase1Suite, type Phase2Suite, type Suite, isAead } from './vocabulary.ts'

/** A suite that both ends accept, and why it is this one. */
export interface NegotiatedSuite {
  readonly suite: Suite
  /** One per member of the suite, phase 1 first. */
  readonly reasons: readonly SuiteReason[]
}

/** The ends and the policy share no suite. */
export interface SuiteFailure {
  /** One `SUITE_NO_OVERLAP` for each field without a common value; never empty. */
  readonly findings: readonly Finding[]
}

/**
 * Chooses one algorithm per role and phase: the first of the policy that both ends offer. One and no more, because with
 * several the choice can change at a rekey.
 *
 * An AEAD in phase 1 needs a PRF that both ends can be told; without one the next encryption of the policy is taken. Without an
 * AEAD the PRF uses the hash of the integrity algorithm: an end that lists PRFs must list that one, an end that lists none
 * derives it. `path` is where the link stands in the order.
 */
export function negotiate(policy: SuitePolicy, a: NamedOffer, b: NamedOffer, path: string): NegotiatedSuite | SuiteFailure {
  const choices1 = phase1Choices(policy, a, b)
  const choices2 = phase2Choices(policy, a, b)
  const phase1 = choosePhase1(choices1)
  const phase2 = choosePhase2(choices2)
  if (Array.isArray(phase1) || Array.isArray(phase2)) {
    const missing = [phase1, phase2].flatMap((phase) => Array.isArray(phase) ? phase : [])
    return { findings: missing.map((choice) => noOverlap(choice, policy.name, path)) }
  }
  return { suite: { phase1, phase2 }, reasons: [...explainPhase1(choices1, phase1), ...explainPhase2(choices2, phase2)] }
}

/** A choice without a common value. */
type Missing = Choice<TransformName>

function choosePhase1(choices: Phase1Choices): Phase1Suite | Missing[] {
  const cipher = firstComplete(choices.encryption, (value) => protectPhase1(choices, value))
  const dhGroup = common(choices.dhGroup)[0]
  if (cipher !== undefined && dhGroup !== undefined) return { ...cipher, dhGroup }
  return [
    ...(cipher === undefined ? missingIn(choices.encryption, (value) => neededInPhase1(choices, value)) : []),
    ...(dhGroup === undefined ? [choices.dhGroup] : []),
  ]
}

function choosePhase2(choices: Phase2Choices): Phase2Suite | Missing[] {
  const cipher = firstComplete(choices.encryption, (value) => protectPhase2(choices, value))
  const pfs = common(choices.pfs)[0]
  if (cipher !== undefined && pfs !== undefined) return { ...cipher, pfs }
  return [
    ...(cipher === undefined ? missingIn(choices.encryption, () => choices.integrity) : []),
    ...(pfs === undefined ? [choices.pfs] : []),
  ]
}

function protectPhase1(choices: Phase1Choices, encryption: Encryption): Pick<Phase1Suite, 'integrity' | 'prf'> | undefined {
  if (isAead(encryption)) {
    const prf = common(choices.prf)[0]
    return prf && { prf }
  }
  const allowed = new Set(common(choices.hashPrf))
  const integrity = common(choices.integrity).find((hash) => allowed.has(prfOf(hash)))
  return integrity && { integrity, prf: prfOf(integrity) }
}

function protectPhase2(choices: Phase2Choices, encryption: Encryption): Pick<Phase2Suite, 'integrity'> | undefined {
  if (isAead(encryption)) return {}
  const integrity = common(choices.integrity)[0]
  return integrity && { integrity }
}

function neededInPhase1(choices: Phase1Choices, encryption: Encryption): Missing {
  if (isAead(encryption)) return choices.prf
  return common(choices.integrity).length === 0 ? choices.integrity : choices.hashPrf
}

function firstComplete<P>(choice: Choice<Encryption>, protect: (value: Encryption) => P | undefined): ({ encryption: Encryption } & P) | undefined {
  for (const encryption of common(choice)) {
    const protection = protect(encryption)
    if (protection !== undefined) return { encryption, ...protection }
  }
  return undefined
}

function missingIn(choice: Choice<Encryption>, needed: (value: Encryption) => Missing): Missing[] {
  const shared = common(choice)
  return shared.length === 0 ? [choice] : [...new Set(shared.map(needed))]
}

function explainPhase1(choices: Phase1Choices, suite: Phase1Suite): SuiteReason[] {
  const unmet = (value: Encryption) => protectPhase1(choices, value) ? undefined : neededInPhase1(choices, value)
  const follows: SuiteReason = { field: 'phase1.prf', chosen: suite.prf, ruledOut: [], follows: 'phase1.integrity' }
  return [
    explain(choices.encryption, suite.encryption, unmet),
    ...(suite.integrity ? [explain(choices.integrity, suite.integrity), follows] : [explain(choices.prf, suite.prf)]),
    explain(choices.dhGroup, suite.dhGroup),
  ]
}

function explainPhase2(choices: Phase2Choices, suite: Phase2Suite): SuiteReason[] {
  const unmet = (value: Encryption) => protectPhase2(choices, value) ? undefined : choices.integrity
  return [
    explain(choices.encryption, suite.encryption, unmet),
    ...(suite.integrity ? [explain(choices.integrity, suite.integrity)] : []),
    explain(choices.pfs, suite.pfs),
  ]
}
