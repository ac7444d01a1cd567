import type { KnownClouds } from '../clouds/known-clouds.ts'
import { exitCode } from '../exit-code.ts'
import { orderName } from '../order/order-name.ts'
import { readOrder } from '../order/read-order.ts'
import { printFindings } from '../terminal/findings.ts'
import type { Output } from '../terminal/output.ts'
import { Progress } from '../terminal/progress.ts'
import { interruptible, type Interrupts } from './interruptible.ts'
import { openOrder, type CloudOptions } from './order-context.ts'
import { refuse } from './refuse.ts'

/** `isthmus destroy`: destroys everything that an order made, links first. Works although the order no longer plans. */
export async function destroy(file: string, options: CloudOptions, known: KnownClouds, output: Output): Promise<number> {
  const read = await readOrder(file)
  if ('findings' in read) return refuse(read.findings, output)
  const name = orderName(read.order)
  if (name === undefined) {
    output.problem('USAGE', `${file} has no name, so nobody knows which order to destroy.`)
    return exitCode.refused
  }
  return interruptible((interrupts) => destroyOrder(name, options, known, output, interrupts))
}

/** Destroys what the order of that name made, and reports on it. */
export async function destroyOrder(name: string, options: CloudOptions, known: KnownClouds, output: Output, interrupts: Interrupts): Promise<number> {
  const progress = new Progress(output, `destroying ${name}${options.simulated === true ? ' in simulated clouds' : ''}`)
  const { workspace } = await openOrder(name, options, known, { onEvent: (event) => progress.take(event), interrupts, log: (line) => output.progress(line) })
  const result = await workspace.destroy()
  progress.end()
  printFindings(result.findings, output)
  for (const stack of result.stacks) if (stack.error !== undefined) output.line(`${output.style.red(stack.outcome)} ${stack.stack}: ${stack.error}`)
  output.line(result.ok ? output.style.green(`${name}: ${result.stacks.length} stacks destroyed; nothing is left.`) : output.style.red(`${name} is not gone yet; isthmus destroy goes on from here.`))
  output.document({ ok: result.ok, simulated: options.simulated === true, findings: result.findings, stacks: result.stacks })
  return result.ok ? exitCode.success : exitCode.failed
}
