import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readObjects, stopDaemon } from '@isthmus/simulator'
import type { KnownClouds } from '../clouds/known-clouds.ts'
import { exitCode } from '../exit-code.ts'
import { planFile } from '../order/plan-file.ts'
import type { Output } from '../terminal/output.ts'
import { applyOrder } from './apply.ts'
import { destroyOrder } from './destroy.ts'
import { interruptible, type Interrupts } from './interruptible.ts'
import { cloudsFolder, type CloudOptions } from './order-context.ts'
import { refuse } from './refuse.ts'

/**
 * `isthmus demo`: the whole life of an order in simulated clouds, in a folder that is removed afterwards: apply, a second
 * apply that finds nothing to do, destroy, and a look for anything left.
 */
export async function demo(file: string, speed: number, known: KnownClouds, output: Output): Promise<number> {
  const planned = await planFile(file, known)
  if (!planned.ok) return refuse(planned.findings, output)
  const home = await mkdtemp(join(tmpdir(), 'isthmus-demo-'))
  const options = { simulated: true, speed, home }
  try {
    const code = await interruptible((interrupts) => live(file, planned.name, options, known, { ...output, document: () => {} }, interrupts))
    output.document({ ok: code === exitCode.success, simulated: true, findings: planned.findings })
    return code
  } finally {
    await stopDaemon(cloudsFolder(home))
    await rm(home, { recursive: true, force: true })
  }
}

async function live(file: string, name: string, options: CloudOptions & { readonly home: string }, known: KnownClouds, output: Output, interrupts: Interrupts): Promise<number> {
  step(output, `1. apply ${file} to simulated clouds, ${options.speed} times faster than real ones`)
  const first = await applyOrder(file, options, known, output, interrupts)
  if (first.code !== exitCode.success) return first.code
  step(output, '2. apply it again: nothing may change')
  const second = await applyOrder(file, options, known, output, interrupts)
  const changed = second.result?.stacks.filter((stack) => stack.outcome !== 'unchanged') ?? []
  if (second.code !== exitCode.success || changed.length > 0) {
    output.line(output.style.red(`the second apply changed ${changed.map((stack) => stack.stack).join(', ')}.`))
    return exitCode.failed
  }
  step(output, '3. destroy it')
  const destroyed = await destroyOrder(name, options, known, output, interrupts)
  if (destroyed !== exitCode.success) return destroyed
  const left = readObjects(cloudsFolder(options.home))
  for (const object of left) output.line(output.style.red(`left: ${object.type} ${object.id}`))
  output.line(left.length === 0 ? output.style.green('the simulated clouds hold no object any more.') : output.style.red(`${left.length} objects are left.`))
  return left.length === 0 ? exitCode.success : exitCode.failed
}

function step(output: Output, title: string): void {
  output.line()
  output.line(output.style.bold(title))
  output.line()
}
