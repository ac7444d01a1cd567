import { z } from 'zod'
import { type Finding, finding } from '../finding/finding.ts'
import { policies } from './policies.ts'
import type { SuitePolicy } from './policy.ts'
import { isWeak, strengthOrder } from './strength.ts'
import { type TransformKind, type TransformName, prfOf } from './transform.ts'

const oneOrMore = <T extends TransformName>(names: readonly T[], description: string) =>
  z.union([z.literal(names), z.array(z.literal(names)).min(1)]).describe(`${description} One name or a list, most wanted first.`)

/** What a user may write as a suite: single names, or lists from most to least wanted. */
export const customSuiteSchema = z.strictObject({
  phase1: z.strictObject({
    encryption: oneOrMore(strengthOrder.encryption, 'Encryption of the IKE SA.'),
    integrity: oneOrMore(strengthOrder.integrity, 'Integrity of the IKE SA where the encryption is no AEAD; every algorithm that is not weak when left out.').optional(),
    prf: oneOrMore(strengthOrder.prf, 'Pseudo-random function; that of the listed integrity algorithms when left out.').optional(),
    dhGroup: oneOrMore(strengthOrder.dhGroup, 'Diffie-Hellman group of the IKE SA by its IANA number.'),
  }).describe('Algorithms of the IKE SA (phase 1).'),
  phase2: z.strictObject({
    encryption: oneOrMore(strengthOrder.encryption, 'Encryption of the CHILD SA (ESP).'),
    integrity: oneOrMore(strengthOrder.integrity, 'Integrity of the CHILD SA where the encryption is no AEAD; every algorithm that is not weak when left out.').optional(),
    pfs: oneOrMore(strengthOrder.pfs, 'Diffie-Hellman group of each rekey by its IANA number, or `none`.'),
  }).describe('Algorithms of the CHILD SA (phase 2).'),
}).describe('The algorithms a link may use. Weak ones are allowed here and each gives a warning.')

/** A suite as a user wrote it. */
export type CustomSuite = z.infer<typeof customSuiteSchema>

type OneOrMore<T> = T | readonly T[]

function list<T extends TransformName>(names: OneOrMore<T>): readonly T[] {
  return typeof names === 'object' ? [...new Set(names)] : [names]
}

/**
 * Turns a user's suite into a policy. `path` is where the suite stands in the order.
 * Findings: `SUITE_WEAK` (a warning) for each weak member, at that member.
 */
export function customPolicy(input: CustomSuite, path: string): { policy: SuitePolicy; findings: Finding[] } {
  const { phase1, phase2 } = input
  const policy: SuitePolicy = {
    name: 'custom',
    phase1: {
      encryption: list(phase1.encryption),
      integrity: phase1.integrity === undefined ? policies.strong.phase1.integrity : list(phase1.integrity),
      prf: customPrf(phase1),
      dhGroup: list(phase1.dhGroup),
    },
    phase2: {
      encryption: list(phase2.encryption),
      integrity: phase2.integrity === undefined ? policies.strong.phase2.integrity : list(phase2.integrity),
      pfs: list(phase2.pfs),
    },
  }
  return { policy, findings: weakMembers(input, path) }
}

function customPrf(phase1: CustomSuite['phase1']): SuitePolicy['phase1']['prf'] {
  if (phase1.prf !== undefined) return list(phase1.prf)
  return phase1.integrity === undefined ? policies.strong.phase1.prf : list(phase1.integrity).map(prfOf)
}

function weakMembers({ phase1, phase2 }: CustomSuite, path: string): Finding[] {
  const { baseline } = policies
  return [
    ...weakIn('encryption', phase1.encryption, baseline.phase1.encryption, `${path}.phase1.encryption`),
    ...weakIn('integrity', phase1.integrity, baseline.phase1.integrity, `${path}.phase1.integrity`),
    ...weakIn('prf', phase1.prf, baseline.phase1.prf, `${path}.phase1.prf`),
    ...weakIn('dhGroup', phase1.dhGroup, baseline.phase1.dhGroup, `${path}.phase1.dhGroup`),
    ...weakIn('encryption', phase2.encryption, baseline.phase2.encryption, `${path}.phase2.encryption`),
    ...weakIn('integrity', phase2.integrity, baseline.phase2.integrity, `${path}.phase2.integrity`),
    ...weakIn('pfs', phase2.pfs, baseline.phase2.pfs, `${path}.phase2.pfs`),
  ]
}

function weakIn(
  kind: TransformKind, names: OneOrMore<TransformName> | undefined, better: readonly TransformName[], path: string,
): Finding[] {
  if (names === undefined) return []
  const members = typeof names === 'object' ? names.map((name, index) => ({ name, at: `${path}[${index}]` })) : [{ name: names, at: path }]
  return members.filter(({ name }) => isWeak(kind, name)).map(({ name, at }) =>
    finding('SUITE_WEAK', at, {
      title: `${describe(kind, name)} is weak.`,
      hint: `Use ${describe(kind, better[0] ?? name)} instead, which every known VPN gateway accepts.`,
      facts: { kind, name, instead: better[0] },
    }))
}

function describe(kind: TransformKind, name: TransformName): string {
  if (name === 'none') return 'A rekey without a Diffie-Hellman exchange (`none`)'
  return kind === 'dhGroup' || kind === 'pfs' ? `Diffie-Hellman group ${name}` : `${name}`
}
