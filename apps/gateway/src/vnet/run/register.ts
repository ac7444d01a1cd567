import { planLookup, resourceSetOf, stackOfNetwork, type NetworkView, type Plan, type ResourceView } from '@isthmus/core'
import { isTofuError, type Diagnostic } from '@isthmus/tofu'
import { findingsText, refuseErrors } from '../../http/findings-text.ts'
import { isProblem, Problem } from '../../http/problem.ts'
import { newUid } from '../../identity/uid.ts'
import type { Executor, RunContext } from '../../runs/index.ts'
import type { StackEngine, StackRun } from '../../stacks/index.ts'
import { recordingFailure } from '../../work/recording-failure.ts'
import { locksOf, requireDone, stackRunOf } from '../../work/stack-work.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { inWordsOfBody } from '../vnet-plan.ts'
import { refuseKnown, statedOf, text } from '../vnet-records.ts'
import type { Vnet } from '../vnet.ts'
import { changeVnet, onVnet, saidOf, type VnetRun } from './vnet-run.ts'

/** Finds a network that a cloud holds already, and puts its blocks and subnets on record. Changes nothing in the cloud. */
export function registerVnet(parts: WorkParts): Executor {
  return onVnet(parts, bringRegistered)
}

/** The work itself, for runs that need a registered network on the way to something else. */
export async function bringRegistered(parts: WorkParts, context: RunContext, run: VnetRun): Promise<void> {
  const stack = stackOfNetwork(run.stored.doc.uid)
  await context.locks.withStacks(locksOf(run.order, [stack]), () => recordingFailure(context, {
    work: async () => {
      const found = registered(parts, run.stored.doc, await find(parts, context, run))
      await changeVnet(context, run, async (_, records) => {
        // Its cloud may call it otherwise than the request did.
        await refuseKnown(records, run.namespace, found)
        return statedOf(found, parts.now().toISOString(), { status: 'True', reason: 'Available' })
      })
    },
    said: saidOf(run),
    record: async () => {
      await parts.engine.forget(lookupOrder(run.order), [stack], stackRunOf(context, parts.clouds.holderOf(run.stored.doc.connection)))
      await changeVnet(context, run, () => undefined)
    },
  }))
}

/**
 * Order of the stacks that look networks up, and own nothing. The stack of the same site in the namespace's own order holds what VPNs
 * add to a registered network, and a look-up must not take that away.
 */
export function lookupOrder(order: string): string {
  return `${order}l`
}

/** A network that a cloud holds, by the id that its record has. @throws Problem NOT_FOUND when it is not there */
export async function find({ engine, clouds }: WorkParts, context: RunContext, { order, stored: { doc } }: VnetRun): Promise<NetworkView> {
  const connection = clouds.connection(doc.connection)
  if (!connection) throw new Problem('CONFLICT', `the connection ${doc.connection} does not exist`)
  const { cloud, region } = connection
  const plan = planLookup({ name: lookupOrder(order), sites: { [doc.uid]: { cloud, region, id: doc.csp.id } } }, { providers: clouds.providers })
  if (!plan.ok) {
    refuseErrors(inWordsOfBody(plan.findings, doc))
    throw new Problem('FINDINGS', `${doc.csp.id} cannot be looked up`)
  }
  const provider = clouds.provider(cloud)
  const views = await lookedUp(engine, plan, stackOfNetwork(doc.uid), { context, stackRun: stackRunOf(context, clouds.holderOf(doc.connection)), missing: provider?.existing?.missing }).catch((error: unknown) => {
    if (!isProblem(error)) throw error
    throw new Problem(error.code, `${doc.csp.id} cannot be looked up in ${doc.connection}: ${error.message}`, error.detail)
  })
  const [view] = provider?.networks(resourceSetOf(views)) ?? []
  if (!view) throw new Problem('NOT_FOUND', `${doc.csp.id} does not exist in ${doc.connection}`)
  return view
}

interface LookUp {
  readonly context: RunContext
  readonly stackRun: StackRun
  /** What is said where there is no such network. */
  readonly missing: RegExp | undefined
}

/** What a look-up finds; it changes nothing, so that applying one again would leave its state as old as it was. */
async function lookedUp(engine: StackEngine, plan: Plan, stack: string, { context, stackRun, missing }: LookUp): Promise<readonly ResourceView[]> {
  const isMissing = (said: readonly Diagnostic[]): boolean => said.some(({ severity, summary, detail }) => severity === 'error' && missing?.test(`${summary}\n${detail}`))
  if ((await engine.stacks(plan.name)).includes(stack)) {
    return engine.read(plan.name, [stack], stackRun).catch((error: unknown) => {
      if (isTofuError(error) && isMissing(error.diagnostics)) return []
      throw error
    })
  }
  const outcome = await engine.apply(plan.name, plan, [stack], stackRun)
  if (isMissing(outcome.stacks.flatMap(({ errors = [] }) => errors))) return []
  requireDone(outcome, context.signal)
  return engine.known(plan.name, [stack])
}

function registered(parts: WorkParts, vnet: Vnet, view: NetworkView): Vnet {
  return {
    ...vnet,
    cidr: view.cidrs[0] ?? '',
    csp: { id: text(view.id) || vnet.csp.id, name: text(view.name) || text(view.id) },
    subnets: view.subnets.map(({ name, id, cidr, zone }) => ({ name, uid: newUid(), cidr, zone: zone ?? '', description: '', csp: { id: text(id), name }, conditions: [] })),
    ...useOf(parts, vnet, view),
  }
}

/** How VPNs use a network, or why none can. What it lacks is no reason not to know it. */
export function useOf({ clouds }: WorkParts, vnet: Vnet, view: NetworkView): Pick<Vnet, 'adopted' | 'unsuitable'> {
  const adopted = clouds.provider(view.cloud)?.existing?.adopt(view)
  if (!adopted) return {}
  return adopted.ok ? { adopted: { ...adopted.site }, unsuitable: undefined } : { adopted: undefined, unsuitable: findingsText(inWordsOfBody(adopted.findings, vnet)) }
}
