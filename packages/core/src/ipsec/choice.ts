import { type Finding, finding } from '../finding/finding.ts'
import type { SuitePolicy } from './policy.ts'
import { isWeak, strengthOrder } from './strength.ts'
import type { TransformKind, TransformName } from './transform.ts'

/** A member of a suite. */
export type SuiteField =
  | 'phase1.encryption' | 'phase1.integrity' | 'phase1.prf' | 'phase1.dhGroup'
  | 'phase2.encryption' | 'phase2.integrity' | 'phase2.pfs'

/** Why a value that was stronger, or that the policy wanted more, was not chosen. */
export interface RuledOut {
  readonly value: string
  /** Name of the end that does not offer it, `both` where neither does, `policy` where both do and the policy prefers another. */
  readonly by: string
  /** Present where the value itself is offered, and the named ends lack the algorithm it needs in this field. */
  readonly needs?: SuiteField
}

/** Why a member of a suite is what it is. */
export interface SuiteReason {
  readonly field: SuiteField
  readonly chosen: string
  /** Strongest first. */
  readonly ruledOut: readonly RuledOut[]
  /** Field that decided this one: without an AEAD the PRF uses the hash of the integrity algorithm. */
  readonly follows?: SuiteField
}

/** What one end offers in one field. */
export interface FieldOffer<T extends TransformName> {
  readonly site: string
  readonly values: readonly T[]
}

/** One field to agree on. */
export interface Choice<T extends TransformName> {
  readonly field: SuiteField
  readonly kind: TransformKind
  /** What the policy allows, most wanted first. */
  readonly wanted: readonly T[]
  readonly a: FieldOffer<T>
  readonly b: FieldOffer<T>
}

/** The wanted values that both ends offer, most wanted first. */
export function common<T extends TransformName>(choice: Choice<T>): T[] {
  return choice.wanted.filter((value) => bothOffer(choice, value))
}

/** Explains a choice by what stands ahead of it, in strength or in the policy. `unmet` is what an allowed value lacked. */
export function explain<T extends TransformName>(
  choice: Choice<T>, chosen: T, unmet: (value: T) => Choice<TransformName> | undefined = () => undefined,
): SuiteReason {
  const strength: readonly TransformName[] = strengthOrder[choice.kind]
  const known = [...new Set([...choice.wanted, ...choice.a.values, ...choice.b.values])]
  const values = strength.filter((value) => ahead(strength, value, chosen) || ahead(choice.wanted, value, chosen))
  const ruledOut = values.map((value): RuledOut => {
    const allowed = known.find((item) => item === value)
    const needed = allowed !== undefined && bothOffer(choice, allowed) ? unmet(allowed) : undefined
    return needed ? { value: `${value}`, by: lacking(needed), needs: needed.field } : { value: `${value}`, by: ruledOutBy(choice, value) }
  })
  return { field: choice.field, chosen: `${chosen}`, ruledOut }
}

/** The finding for a field in which the ends and the policy share nothing. */
export function noOverlap(choice: Choice<TransformName>, policy: SuitePolicy['name'], path: string): Finding {
  const { field, wanted, a, b } = choice
  return finding('SUITE_NO_OVERLAP', path, {
    title: `${a.site} and ${b.site} share no ${field} that the ${policy} policy allows: ${a.site} offers ${listed(a.values)}; `
      + `${b.site} offers ${listed(b.values)}; the policy allows ${listed(wanted)}.`,
    hint: overlapHint(choice, policy),
    facts: { field, policy, allowed: wanted, offered: { [a.site]: a.values, [b.site]: b.values } },
  })
}

function overlapHint(choice: Choice<TransformName>, policy: SuitePolicy['name']): string {
  const { field, kind, a, b } = choice
  const possible = strengthOrder[kind].find((value: TransformName) => bothOffer(choice, value))
  if (possible === undefined) {
    return `No policy helps, as the two ends share nothing at all in ${field}: choose a gateway type for ${a.site} or ${b.site} that offers what the other does, or link other sites.`
  }
  const remark = isWeak(kind, possible) ? ' (weak, so it gives a warning)' : ''
  return policy === 'custom'
    ? `Add ${possible} to ${field} of the custom suite${remark}; both ends offer it.`
    : `Give this link a custom suite with ${possible} in ${field}${remark}; both ends offer it.`
}

function bothOffer(choice: Choice<TransformName>, value: TransformName): boolean {
  return choice.a.values.includes(value) && choice.b.values.includes(value)
}

function ahead(order: readonly TransformName[], value: TransformName, chosen: TransformName): boolean {
  const rank = order.indexOf(value)
  return rank >= 0 && rank < order.indexOf(chosen)
}

function ruledOutBy({ a, b }: Choice<TransformName>, value: TransformName): string {
  if (a.values.includes(value)) return b.values.includes(value) ? 'policy' : b.site
  return b.values.includes(value) ? a.site : 'both'
}

function lacking({ wanted, a, b }: Choice<TransformName>): string {
  const able = [a, b].filter((end) => wanted.some((value) => end.values.includes(value)))
  if (able.length !== 1) return 'both'
  return able[0] === a ? b.site : a.site
}

function listed(values: readonly TransformName[]): string {
  return values.length === 0 ? 'nothing' : values.join(', ')
}
