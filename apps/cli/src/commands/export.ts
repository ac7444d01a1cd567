import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { composeStacks, stackFile } from '@isthmus/core'
import type { KnownClouds } from '../clouds/known-clouds.ts'
import { exitCode } from '../exit-code.ts'
import { planFile } from '../order/plan-file.ts'
import { printFindings } from '../terminal/findings.ts'
import type { Output } from '../terminal/output.ts'
import { refuse } from './refuse.ts'

/** `isthmus export`: one folder of plain OpenTofu JSON that can be kept and applied without Isthmus. */
export async function exportOrder(file: string, folder: string, options: { readonly force?: boolean }, known: KnownClouds, output: Output): Promise<number> {
  const planned = await planFile(file, known)
  if (!planned.ok) return refuse(planned.findings, output)
  printFindings(planned.findings, output)
  const [stack] = composeStacks(planned.name, planned.fragments, 'whole')
  if (!stack) return exitCode.refused
  await mkdir(folder, { recursive: true })
  if (options.force !== true && (await readdir(folder)).includes(stackFile)) {
    output.problem('USAGE', `${join(folder, stackFile)} exists; add --force to replace it.`)
    return exitCode.usage
  }
  await writeFile(join(folder, stackFile), stack.text)
  await writeFile(join(folder, 'README.md'), readme(planned.name, stack.keys))
  output.line(`wrote ${join(folder, stackFile)} and README.md; the ${stack.keys.length} pre-shared keys arrive in the variable keys.`)
  output.document({ ok: true, findings: planned.findings, folder, files: [stackFile, 'README.md'], keys: stack.keys })
  return exitCode.success
}

function readme(name: string, keys: readonly string[]): string {
  return `# ${name}

Plain OpenTofu: nothing of Isthmus is needed to apply it.

The pre-shared keys arrive in the variable \`keys\`, a map with one entry per name below. A key that all clouds accept has 32
letters and digits and starts with a letter. Give it in the environment, never in a file that is kept:

    export TF_VAR_keys='{"NAME": "KEY", ...}'
    tofu init && tofu apply

State and plan hold the keys in clear unless you switch on OpenTofu's state encryption.

${keys.map((key) => `- \`${key}\``).join('\n')}
`
}
