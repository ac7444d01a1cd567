import type { AnyProvider } from '@isthmus/core'
import type { Check, Group } from './check/check.ts'
import { subjectOf, type ConformanceOptions, type Subject } from './check/subject.ts'
import { agreementChecks } from './groups/agreement.ts'
import { applyChecks } from './groups/apply.ts'
import { existingChecks } from './groups/existing.ts'
import { factsChecks } from './groups/facts.ts'
import { fragmentsChecks } from './groups/fragments.ts'
import { limitsChecks } from './groups/limits.ts'
import { linksChecks } from './groups/links.ts'
import { ownKindChecks } from './groups/own-kind.ts'
import { optionsChecks } from './groups/options.ts'
import { pairsChecks } from './groups/pairs.ts'
import { readBackChecks } from './groups/read-back.ts'
import { removalChecks } from './groups/removal.ts'
import { structureChecks } from './groups/structure.ts'

const checksOf: Readonly<Record<Group, (subject: Subject) => Check[]>> = {
  structure: structureChecks,
  options: optionsChecks,
  facts: factsChecks,
  fragments: fragmentsChecks,
  links: (subject) => [...linksChecks(subject), ...ownKindChecks(subject)],
  'read-back': readBackChecks,
  agreement: agreementChecks,
  removal: removalChecks,
  limits: limitsChecks,
  existing: existingChecks,
  pairs: pairsChecks,
  apply: applyChecks,
}

/**
 * All tests of the kit for a provider, to be run by whatever runs tests; {@link describeProvider} does it with Vitest. The list
 * is made without a call of the provider, so a provider that throws fails tests and not their collection.
 */
export function conformanceChecks(provider: AnyProvider, options: ConformanceOptions): Check[] {
  const subject = subjectOf(provider, options)
  return Object.values(checksOf).flatMap((checks) => checks(subject))
}
