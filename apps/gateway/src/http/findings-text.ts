import { hasErrors, type Finding } from '@isthmus/core'
import { Problem } from './problem.ts'

/** Findings a text holds; more would be read by nobody. */
const mostSaid = 20

/** Findings as one message, for the APIs whose errors are a single text. */
export function findingsText(findings: readonly Finding[]): string {
  const said = findings.slice(0, mostSaid).map(({ path, title, hint }) => `${path === '' ? '' : `${path}: `}${title} ${hint}`)
  const left = findings.length - said.length
  return [...said, ...(left > 0 ? [`and ${left} more`] : [])].join(' ')
}

/** What is answered where findings stand in the way: their errors, and all of them beside. */
export function findingsProblem(findings: readonly Finding[]): Problem {
  return new Problem('FINDINGS', findingsText(findings.filter((item) => item.severity === 'error')), { findings })
}

/** @throws Problem FINDINGS when at least one of them is an error */
export function refuseErrors(findings: readonly Finding[]): void {
  if (hasErrors(findings)) throw findingsProblem(findings)
}
