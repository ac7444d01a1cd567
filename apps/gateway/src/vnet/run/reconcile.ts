import { resourceSetOf, stackOfNetwork, type NetworkView } from '@isthmus/core'
import { stated, statusOf, type Statement } from '../../condition/condition.ts'
import { isProblem, Problem } from '../../http/problem.ts'
import type { Executor, RunContext } from '../../runs/index.ts'
import { locksOf, stackRunOf } from '../../work/stack-work.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { namedByCloud, text } from '../vnet-records.ts'
import type { Vnet } from '../vnet.ts'
import { find } from './register.ts'
import { changeVnet, onVnet, type VnetRun } from './vnet-run.ts'

const missing: Statement = { status: 'False', reason: 'CspResourceMissing' }
const synced: Statement = { status: 'True', reason: 'Available' }

/** Compares what is kept of a vNet with what its cloud holds, and says of both what it found. Changes nothing in the cloud. */
export function reconcileVnet(parts: WorkParts): Executor {
  return onVnet(parts, async (_, context, run) => {
    const compared = await context.locks.lookAt(locksOf(run.order, [stackOfNetwork(run.stored.doc.uid)]), async () => {
      const view = await held(parts, context, run)
      await changeVnet(context, run, (vnet) => comparedWith(vnet, view, parts.now().toISOString()))
      return { inSync: view !== undefined }
    })
    if (!compared) throw new Problem('CONFLICT', `vNet ${run.stored.id} is being changed for something that uses it, such as a VPN; try again when that is done`)
    return compared
  })
}

/** The network as its cloud holds it; undefined when it is gone. */
async function held(parts: WorkParts, context: RunContext, run: VnetRun): Promise<NetworkView | undefined> {
  const { doc } = run.stored
  if (doc.origin === 'registered') {
    return find(parts, context, run).catch((error: unknown) => {
      if (isProblem(error) && error.code === 'NOT_FOUND') return undefined
      throw error
    })
  }
  const views = await parts.engine.read(run.order, [stackOfNetwork(doc.uid)], stackRunOf(context, parts.clouds.holderOf(doc.connection)))
  return parts.clouds.provider(parts.clouds.connection(doc.connection)?.cloud ?? '')?.networks(resourceSetOf(views)).find(({ id }) => text(id) !== '')
}

function comparedWith(vnet: Vnet, view: NetworkView | undefined, now: string): Vnet {
  if (!view) {
    return {
      ...vnet,
      subnets: vnet.subnets.map((subnet) => ({ ...subnet, conditions: stated(subnet.conditions, now, { Ready: missing, Synced: missing }) })),
      conditions: stated(vnet.conditions, now, { Ready: missing, Synced: missing, ChildrenReady: { status: 'False', reason: vnet.subnets.length === 0 ? 'NoChildren' : 'SubnetFailed' } }),
    }
  }
  const named = namedByCloud(vnet, view)
  const there = new Set(view.subnets.map(({ cidr }) => cidr))
  const subnets = named.subnets.map((subnet) => ({ ...subnet, conditions: stated(subnet.conditions, now, there.has(subnet.cidr) ? { Ready: synced, Synced: synced } : { Ready: missing, Synced: missing }) }))
  const complete = subnets.every((subnet) => there.has(subnet.cidr))
  const ready: Statement | undefined = statusOf(vnet.conditions) !== 'Failed' ? synced : vnet.origin === 'shared' || reasonOf(vnet) === missing.reason ? { status: 'True', reason: 'Restored' } : undefined
  return {
    ...named,
    subnets,
    message: ready?.reason === 'Restored' ? '' : vnet.message,
    conditions: stated(vnet.conditions, now, {
      ...(ready ? { Ready: ready } : {}),
      Synced: synced,
      ChildrenReady: subnets.length === 0 ? { status: 'True', reason: 'NoChildren' } : complete ? { status: 'True', reason: 'AllReady' } : { status: 'False', reason: 'SubnetFailed' },
    }),
  }
}

function reasonOf(vnet: Vnet): string | undefined {
  return vnet.conditions.find(({ type }) => type === 'Ready')?.reason
}
