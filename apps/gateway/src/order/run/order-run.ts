import { composeStacks, isToken, planOrder, proveAgreement, proveNetworks, type Plan } from '@isthmus/core'
import { z } from 'zod'
import { Problem } from '../../http/problem.ts'
import { globalScope } from '../../namespace/namespace.ts'
import type { Executor, Run, RunContext } from '../../runs/index.ts'
import type { Transaction } from '../../store/index.ts'
import { fairTurn } from '../../turn/fair-turn.ts'
import { recordingFailure } from '../../work/recording-failure.ts'
import { locksOf, requireDone, stackRunOf } from '../../work/stack-work.ts'
import { keptNumbers } from '../../vpn/vpn.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { orderKind, type OrderTunnel, type StoredOrder } from '../order.ts'

const orderPayload = z.object({ order: z.string() })

/** Brings the clouds to what an order says: what it does not name any more goes first. */
export function applyOrder(parts: WorkParts): Executor {
  return withRecord(parts, async (context, order) => {
    await beginAgain(context, order, 'applying')
    const plan = planned(parts, order)
    await fairTurn()
    const wanted = composeStacks(plan.name, plan.fragments, 'parts').map(({ name }) => name)
    const existing = await parts.engine.stacks(plan.name)
    return context.locks.withStacks(locksOf(plan.name, [...new Set([...wanted, ...existing])]), async () => {
      const surplus = existing.filter((name) => !wanted.includes(name))
      if (surplus.length > 0) requireDone(await parts.engine.destroy(plan.name, surplus, stackRunOf(context, order.holder)), context.signal)
      requireDone(await parts.engine.apply(plan.name, plan, wanted, stackRunOf(context, order.holder)), context.signal)
      await change(context, order.name, (doc) => ({ ...doc, agreed: keptNumbers(plan.agreed) }))
      return read(parts, context, order, { plan, stacks: wanted })
    })
  })
}

/** Destroys everything that an order made. */
export function destroyOrder(parts: WorkParts): Executor {
  return withRecord(parts, async (context, order) => {
    await beginAgain(context, order, 'destroying')
    const existing = await parts.engine.stacks(order.name)
    return context.locks.withStacks(locksOf(order.name, existing), async () => {
      requireDone(await parts.engine.destroy(order.name, existing, stackRunOf(context, order.holder)), context.signal)
      return undefined
    })
  })
}

/** Asks the clouds what they hold of an order. */
export function refreshOrder(parts: WorkParts): Executor {
  return withRecord(parts, async (context, order) => {
    const existing = await parts.engine.stacks(order.name)
    const seen = await context.locks.withStacks(locksOf(order.name, existing), () => read(parts, context, order, { plan: planned(parts, order), stacks: existing }))
    // What went wrong says more than what is missing because of it.
    return order.state === 'failed' && seen.state === 'failed' ? { ...seen, message: order.message } : seen
  })
}

/** Runs work on an order and puts on record what it comes to; undefined forgets the order. */
function withRecord(parts: WorkParts, work: (context: RunContext, order: StoredOrder) => Promise<Partial<StoredOrder> | undefined>): Executor {
  return {
    async execute(context) {
      const { order } = orderPayload.parse(context.run.payload)
      const found = await parts.store.records.get(orderKind, globalScope, order)
      if (!found) throw new Problem('NOT_FOUND', `the order ${order} does not exist`)
      await recordingFailure(context, {
        work: async () => {
          const known = await work(context, found.doc)
          await change(context, order, (doc) => known && { ...doc, state: 'applied', message: '', ...known })
        },
        record: (message) => change(context, order, (doc) => ({ ...doc, state: 'failed', message })),
      })
      return { order }
    },
  }
}

/** Says of an order that it is on its way again, as it is when a run does what an earlier one failed of. */
async function beginAgain(context: RunContext, { name, state }: StoredOrder, now: 'applying' | 'destroying'): Promise<void> {
  if (state === 'failed') await change(context, name, (doc) => ({ ...doc, state: now, message: '' }))
}

/** Leaves no order on record that seems to be on its way while no run is at work on it. */
export async function orderEnded({ records }: Transaction, run: Run): Promise<void> {
  if (run.state === 'done') return
  const found = await records.get(orderKind, globalScope, orderPayload.parse(run.payload).order)
  if (found && (found.doc.state === 'applying' || found.doc.state === 'destroying')) await records.update(orderKind, found, { ...found.doc, state: 'failed', message: run.error?.message ?? 'the run was given up' })
}

function planned({ clouds }: WorkParts, { document, agreed }: StoredOrder): Plan {
  const plan = planOrder(document, { providers: clouds.providers, clouds: clouds.networkOnly, agreed })
  if (!plan.ok) throw new Problem('FINDINGS', 'the order cannot be planned any more', { findings: plan.findings })
  return plan
}

async function read({ engine, clouds, now }: WorkParts, context: RunContext, order: StoredOrder, { plan, stacks }: { readonly plan: Plan; readonly stacks: readonly string[] }): Promise<Partial<StoredOrder>> {
  const views = await engine.read(plan.name, stacks, stackRunOf(context, order.holder))
  await fairTurn()
  const proof = proveAgreement(views, plan, clouds.providers)
  const tunnels = proof.tunnels.map(({ link, sites, ends: [a, b] }): OrderTunnel => {
    const states = [a.status, b.status]
    const address = (value: typeof a.outside.local): string => (isToken(value) ? '' : value)
    return { link, sites: [...sites], outside: [address(a.outside.local), address(b.outside.local)], state: states.includes('down') ? 'down' : states.includes('up') ? 'up' : 'agreed' }
  })
  await fairTurn()
  const differences = [...proveNetworks(views, plan, clouds.providers).findings, ...proof.findings]
  return { tunnels, readAt: now().toISOString(), ...(differences.length > 0 ? { state: 'failed', message: differences.map(({ title }) => title).join(' ') } : {}) }
}

async function change(context: RunContext, order: string, changed: (doc: StoredOrder) => StoredOrder | undefined): Promise<void> {
  await context.transaction(async ({ records }) => {
    const found = await records.get(orderKind, globalScope, order)
    if (!found) return
    const doc = changed(found.doc)
    if (doc) await records.update(orderKind, found, doc)
    else await records.remove(orderKind, found)
  })
}
