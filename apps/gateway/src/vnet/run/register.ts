import { planLookup, resourceSetOf, stackOfNetwork, type NetworkView, type Plan, type ResourceView } from '@isthmus/core'
import { refuseErrors } from '../../http/findings-text.ts'
import { isProblem, Problem } from '../../http/problem.ts'
import { newUid } from '../../identity/uid.ts'
import type { Executor, RunContext } from '../../runs/index.ts'
import type { StackEngine, StackRun } from '../../stacks/index.ts'
import { isTriedAgain, locksOf, requireDone, stackRunOf } from '../../work/stack-work.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { inWordsOfBody } from '../vnet-plan.ts'
import { errorInNamesOf, statedOf, text } from '../vnet-records.ts'
import type { Vnet } from '../vnet.ts'
import { beginVnetRun, changeVnet, type VnetRun } from './vnet-run.ts'

/** Finds a network that a cloud holds already, and puts its blocks and subnets on record. Changes nothing in the cloud. */
export function registerVnet(parts: WorkParts): Executor {
  return {
    async execute(context) {
      const run = await beginVnetRun(parts, context)
      await bringRegistered(parts, context, run)
      return { vnet: run.stored.id }
    },
  }
}

/** The work itself, for runs that need a registered network on the way to something else. */
export async function bringRegistered(parts: WorkParts, context: RunContext, run: VnetRun): Promise<void> {
  const stack = stackOfNetwork(run.stored.doc.uid)
  await context.locks.withStacks(locksOf(run.order, [stack]), async () => {
    try {
      const found = registered(parts, run.stored.doc, await find(parts, context, run))
      await changeVnet(context, run, () => statedOf(found, parts.now().toISOString(), { status: 'True', reason: 'Available' }))
    } catch (error) {
      context.signal.throwIfAborted()
      if (isTriedAgain(error)) throw error
      await parts.engine.destroy(lookupOrder(run.order), [stack], stackRunOf(context, parts.clouds.holderOf(run.stored.doc.connection)))
      await changeVnet(context, run, () => undefined)
      throw errorInNamesOf(error, [run.stored.doc])
    }
  })
}

/**
 * Order of the stacks that look networks up. The stack of the same site in the namespace's own order holds what VPNs add to a
 * registered network, and a look-up must not take that away.
 */
export function lookupOrder(order: string): string {
  return `${order}l`
}

/** A network that a cloud holds, by the id that its record has. */
export async function find({ engine, clouds }: WorkParts, context: RunContext, { order, stored: { doc } }: VnetRun): Promise<NetworkView> {
  const connection = clouds.connection(doc.connection)
  if (!connection) throw new Problem('CONFLICT', `the connection ${doc.connection} does not exist`)
  const { cloud, region } = connection
  const plan = planLookup({ name: lookupOrder(order), sites: { [doc.uid]: { cloud, region, id: doc.csp.id } } }, { providers: clouds.providers })
  if (!plan.ok) {
    refuseErrors(inWordsOfBody(plan.findings, doc))
    throw new Problem('FINDINGS', `${doc.csp.id} cannot be looked up`)
  }
  const stack = stackOfNetwork(doc.uid)
  const views = await lookedUp(engine, plan, stack, { context, stackRun: stackRunOf(context, clouds.holderOf(doc.connection)) }).catch((error: unknown) => {
    if (!isProblem(error)) throw error
    throw new Problem(error.code, `${doc.csp.id} cannot be looked up in ${doc.connection}: ${error.message}`, error.detail)
  })
  const [view] = clouds.provider(cloud)?.networks(resourceSetOf(views)) ?? []
  if (!view) throw new Problem('NOT_FOUND', `${doc.csp.id} does not exist in ${doc.connection}`)
  return view
}

/** A look-up changes nothing, so that applying one again would leave its state as old as it was. */
async function lookedUp(engine: StackEngine, plan: Plan, stack: string, { context, stackRun }: { readonly context: RunContext; readonly stackRun: StackRun }): Promise<readonly ResourceView[]> {
  if ((await engine.stacks(plan.name)).includes(stack)) return engine.read(plan.name, [stack], stackRun)
  requireDone(await engine.apply(plan.name, plan, [stack], stackRun), context.signal)
  return engine.known(plan.name, [stack])
}

function registered({ clouds }: WorkParts, vnet: Vnet, view: NetworkView): Vnet {
  const provider = clouds.provider(view.cloud)
  const adopted = provider?.existing?.adopt(view)
  if (adopted && !adopted.ok) refuseErrors(inWordsOfBody(adopted.findings, vnet))
  return {
    ...vnet,
    cidr: view.cidrs[0] ?? '',
    csp: { id: text(view.id) || vnet.csp.id, name: text(view.name) || text(view.id) },
    subnets: view.subnets.map(({ name, id, cidr, zone }) => ({ name, uid: newUid(), cidr, zone: zone ?? '', description: '', csp: { id: text(id), name }, conditions: [] })),
    ...(adopted?.ok ? { adopted: { ...adopted.site } } : {}),
  }
}
