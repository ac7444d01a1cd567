import type { KnownClouds } from '../clouds/known-clouds.ts'
import { exitCode } from '../exit-code.ts'
import { orderName } from '../order/order-name.ts'
import { readOrder } from '../order/read-order.ts'
import type { Output } from '../terminal/output.ts'
import { interruptible } from './interruptible.ts'
import { openOrder, type CloudOptions } from './order-context.ts'
import { refuse } from './refuse.ts'

/** What is adopted into which stack. */
export interface Adoption {
  readonly stack: string
  /** Resource of the stack, such as `acme_network.north`. */
  readonly address: string
  /** Id of the object as the import of its OpenTofu provider wants it. */
  readonly id: string
}

/** `isthmus adopt`: takes an object that a cloud holds already into the state of a stack, without changing it. */
export async function adopt(file: string, { stack, address, id }: Adoption, options: CloudOptions, known: KnownClouds, output: Output): Promise<number> {
  const read = await readOrder(file)
  if ('findings' in read) return refuse(read.findings, output)
  const name = orderName(read.order)
  if (name === undefined) {
    output.problem('USAGE', `${file} has no name, so nobody knows which order adopts ${id}.`)
    return exitCode.refused
  }
  return interruptible(async (interrupts) => {
    const { workspace } = await openOrder(name, options, known, { interrupts, log: (line) => output.progress(line) })
    await workspace.adopt(stack, address, id)
    output.line(output.style.green(`${stack} has adopted ${id} as ${address}; isthmus apply goes on from here.`))
    output.document({ ok: true, simulated: options.simulated === true, stack, address, id })
    return exitCode.success
  })
}
