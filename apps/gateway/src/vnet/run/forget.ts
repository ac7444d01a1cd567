import { stackOfNetwork } from '@isthmus/core'
import type { Executor } from '../../runs/index.ts'
import { locksOf, requireDone, stackRunOf } from '../../work/stack-work.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { beginVnetRun, changeVnet } from './vnet-run.ts'

/** Forgets a vNet that was made here: its stack goes, then its record, and its cloud keeps it for whoever registers it again. */
export function forgetVnet(parts: WorkParts): Executor {
  return {
    async execute(context) {
      const run = await beginVnetRun(parts, context)
      const stack = stackOfNetwork(run.stored.doc.uid)
      await context.locks.withStacks(locksOf(run.order, [stack]), async () => {
        requireDone(await parts.engine.forget(run.order, [stack], stackRunOf(context, parts.clouds.holderOf(run.stored.doc.connection))), context.signal)
        await changeVnet(context, run, () => undefined)
      })
      return { vnet: run.stored.id }
    },
  }
}
