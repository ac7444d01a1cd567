import type { Plan, Reason } from '@isthmus/core'
import type { KnownClouds } from '../clouds/known-clouds.ts'
import { exitCode } from '../exit-code.ts'
import { planFile } from '../order/plan-file.ts'
import type { Output } from '../terminal/output.ts'
import { refuse } from './refuse.ts'

/** `isthmus explain`: every default and every decision with its reason, for all of the order or one site or link. */
export async function explain(file: string, subject: string | undefined, known: KnownClouds, output: Output): Promise<number> {
  const planned = await planFile(file, known)
  if (!planned.ok) return refuse(planned.findings, output)
  const subjects = subjectsOf(planned).filter((item) => subject === undefined || item.name === subject)
  if (subjects.length === 0) {
    output.problem('USAGE', `${subject} is neither a site nor a link of ${planned.name}; there are ${subjectsOf(planned).map((item) => item.name).join(', ')}.`)
    return exitCode.usage
  }
  for (const { name, reasons } of subjects) {
    output.line(output.style.bold(name))
    for (const { about, chosen, because } of reasons) {
      output.line(`  ${output.style.cyan(about)}: ${chosen}`)
      output.line(`    ${output.style.dim(because)}`)
    }
    output.line()
  }
  output.document({ ok: true, findings: planned.findings, subjects })
  return exitCode.success
}

function subjectsOf(planned: Plan): { name: string; reasons: readonly Reason[] }[] {
  return [...planned.sites.map(({ name, reasons }) => ({ name, reasons })), ...planned.deals.map(({ link, reasons }) => ({ name: link, reasons }))]
}
