import type { Finding } from '@isthmus/core'
import type { Output } from './output.ts'

/** Prints findings, each with what it is, why it matters and what to do. */
export function printFindings(findings: readonly Finding[], output: Output): void {
  for (const item of findings) for (const line of findingLines(item, output)) output.line(line)
  if (findings.length > 0) output.line(summary(findings))
}

function findingLines(item: Finding, { style }: Output): string[] {
  const paint = item.severity === 'error' ? style.red : item.severity === 'warning' ? style.yellow : style.cyan
  return [
    `${paint(style.bold(item.code))}  ${item.path}`,
    `  ${item.title}`,
    `  ${style.dim('why:')}  ${item.why}`,
    `  ${style.dim('hint:')} ${item.hint}`,
    '',
  ]
}

function summary(findings: readonly Finding[]): string {
  const count = (severity: Finding['severity']): number => findings.filter((item) => item.severity === severity).length
  const parts = (['error', 'warning', 'info'] as const).flatMap((severity) => (count(severity) > 0 ? [`${count(severity)} ${severity}${count(severity) > 1 ? 's' : ''}`] : []))
  return parts.join(', ')
}
