import { stackOfNetwork } from '@isthmus/core'
import type { Executor, RunContext } from '../../runs/index.ts'
import { isTriedAgain, locksOf, messageOf, requireDone, stackRunOf } from '../../work/stack-work.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { errorInNamesOf, statedOf } from '../vnet-records.ts'
import { lookupOrder } from './register.ts'
import { beginVnetRun, changeVnet, type VnetRun } from './vnet-run.ts'

/** Removes a vNet with its subnets from its cloud, and then from record. What a cloud held before it was registered stays there. */
export function removeVnet(parts: WorkParts): Executor {
  return {
    async execute(context) {
      const run = await beginVnetRun(parts, context)
      await takeVnet(parts, context, run)
      return { vnet: run.stored.id }
    },
  }
}

/** The work itself, for runs that remove a vNet with something else. */
export async function takeVnet({ engine, clouds, now }: WorkParts, context: RunContext, run: VnetRun): Promise<void> {
  const { uid, origin, connection } = run.stored.doc
  const [stack, stackRun] = [stackOfNetwork(uid), stackRunOf(context, clouds.holderOf(connection))]
  await context.locks.withStacks(locksOf(run.order, [stack]), async () => {
    try {
      requireDone(await engine.destroy(run.order, [stack], stackRun), context.signal)
      if (origin === 'registered') requireDone(await engine.destroy(lookupOrder(run.order), [stack], stackRun), context.signal)
    } catch (error) {
      context.signal.throwIfAborted()
      if (isTriedAgain(error)) throw error
      const said = errorInNamesOf(error, [run.stored.doc])
      const reason = origin === 'registered' ? 'DeregisterFailed' : 'DeletionFailed'
      await changeVnet(context, run, (vnet) => statedOf(vnet, now().toISOString(), { status: 'False', reason, message: messageOf(said) }))
      throw said
    }
    await changeVnet(context, run, () => undefined)
  })
}
