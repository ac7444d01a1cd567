import type { Finding } from '@isthmus/core'
import { exitCode } from '../exit-code.ts'
import { printFindings } from '../terminal/findings.ts'
import type { Output } from '../terminal/output.ts'

/** Says why an order is refused. Returns the exit code for it. */
export function refuse(findings: readonly Finding[], output: Output): number {
  printFindings(findings, output)
  output.document({ ok: false, findings })
  return exitCode.refused
}
