import { stackOfNetwork } from '@isthmus/core'
import type { Executor, RunContext } from '../../runs/index.ts'
import { recordingFailure } from '../../work/recording-failure.ts'
import { locksOf, requireDone, stackRunOf } from '../../work/stack-work.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { statedOf } from '../vnet-records.ts'
import { lookupOrder } from './register.ts'
import { changeVnet, onVnet, saidOf, type VnetRun } from './vnet-run.ts'

/** Removes a vNet with its subnets from its cloud, and then from record. What a cloud held before it was registered stays there. */
export function removeVnet(parts: WorkParts): Executor {
  return onVnet(parts, takeVnet)
}

/** The work itself, for runs that remove a vNet with something else. */
export async function takeVnet({ engine, clouds, now }: WorkParts, context: RunContext, run: VnetRun): Promise<void> {
  const { uid, origin, connection } = run.stored.doc
  const [stack, stackRun] = [stackOfNetwork(uid), stackRunOf(context, clouds.holderOf(connection))]
  await context.locks.withStacks(locksOf(run.order, [stack]), async () => {
    await recordingFailure(context, {
      work: async () => {
        requireDone(await engine.destroy(run.order, [stack], stackRun), context.signal)
        if (origin === 'registered') requireDone(await engine.forget(lookupOrder(run.order), [stack], stackRun), context.signal)
      },
      said: saidOf(run),
      record: (message) => changeVnet(context, run, (vnet) => statedOf(vnet, now().toISOString(), { status: 'False', reason: origin === 'registered' ? 'DeregisterFailed' : 'DeletionFailed', message })),
    })
    await changeVnet(context, run, () => undefined)
  })
}
