import { stackOfNetwork } from '@isthmus/core'
import type { Executor } from '../../runs/index.ts'
import { locksOf, requireDone, stackRunOf } from '../../work/stack-work.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { lookupOrder } from './register.ts'
import { changeVnet, onVnet } from './vnet-run.ts'

/** Forgets a vNet: its stacks go, then its record. Its cloud keeps what it holds of it, for whoever registers it again. */
export function forgetVnet(parts: WorkParts): Executor {
  return onVnet(parts, async ({ engine, clouds }, context, run) => {
    const { uid, connection } = run.stored.doc
    const stack = stackOfNetwork(uid)
    await context.locks.withStacks(locksOf(run.order, [stack]), async () => {
      for (const order of [run.order, lookupOrder(run.order)]) requireDone(await engine.forget(order, [stack], stackRunOf(context, clouds.holderOf(connection))), context.signal)
      await changeVnet(context, run, () => undefined)
    })
  })
}
