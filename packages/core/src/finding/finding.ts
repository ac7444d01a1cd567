import { type FindingCode, findingCatalogue, type Severity } from './catalogue.ts'

/** One thing Isthmus has to say about what a user wrote. A list of findings is an answer, never an exception. */
export interface Finding {
  /** Stable, countable name of the situation; programs act on this and never on the texts. */
  readonly code: FindingCode
  readonly severity: Severity
  /** Where in the order, in dotted form: `sites.north.cidr`. Empty for the order as a whole. */
  readonly path: string
  /** One sentence that states the situation with its values. */
  readonly title: string
  /** Why it matters. */
  readonly why: string
  /** The next action, concrete enough to be taken without further reading. */
  readonly hint: string
  /** The values behind the texts, for programs. Never holds a secret. */
  readonly facts?: Readonly<Record<string, unknown>>
  /** Page and anchor that explain the code. */
  readonly docs: string
}

/** What the place that raises a finding knows; severity and `why` default to the catalogue's. */
export interface FindingDetail {
  title: string
  hint: string
  why?: string
  severity?: Severity
  facts?: Readonly<Record<string, unknown>>
}

/** Makes a finding of a known code. */
export function finding(code: FindingCode, path: string, detail: FindingDetail): Finding {
  const entry = findingCatalogue[code]
  return {
    code,
    severity: detail.severity ?? entry.severity,
    path,
    title: detail.title,
    why: detail.why ?? entry.why,
    hint: detail.hint,
    ...(detail.facts ? { facts: detail.facts } : {}),
    docs: `docs/findings.md#${code}`,
  }
}

/** True when at least one finding stops the plan. */
export function hasErrors(findings: readonly Finding[]): boolean {
  return findings.some((item) => item.severity === 'error')
}
