import { resourceSetOf, stackOfNetwork, type Plan } from '@isthmus/core'
import { stated, statusOf } from '../../condition/condition.ts'
import { Problem } from '../../http/problem.ts'
import type { Executor, RunContext } from '../../runs/index.ts'
import { planRecords } from '../../vpn/plan-records.ts'
import { planVpn, stacksOf } from '../../vpn/vpn-plan.ts'
import { vpnKind, type Vpn } from '../../vpn/vpn.ts'
import { recordingFailure } from '../../work/recording-failure.ts'
import { isTriedAgain, locksOf, messageOf, onStacks, requireDone, stackRunOf } from '../../work/stack-work.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { planVnet } from '../vnet-plan.ts'
import { deletedMeanwhile, isKept, namedByCloud, statedOf, withoutDeleting } from '../vnet-records.ts'
import { vnetKind, type Subnet, type Vnet } from '../vnet.ts'
import { changeVnet, onVnet, saidOf, type VnetRun } from './vnet-run.ts'

/**
 * Brings a cloud to what is kept of a vNet: a new vNet, further subnets, or fewer of them. What cannot be made is taken back:
 * a new vNet goes away again, and so do new subnets of an old one; what cannot be taken back stays on record and says so.
 */
export function applyVnet(parts: WorkParts): Executor {
  return onVnet(parts, bringVnet)
}

/** The work itself, for runs that need a vNet on the way to something else. */
export function bringVnet(parts: WorkParts, context: RunContext, run: VnetRun): Promise<void> {
  return recordingFailure(context, {
    work: () => make(parts, context, run, withoutDeleting(run.stored.doc)),
    said: saidOf(run),
    record: (reason) => takeBack(parts, context, run, reason),
  })
}

async function make(parts: WorkParts, context: RunContext, run: VnetRun, wanted: Vnet): Promise<void> {
  const { engine, clouds, now } = parts
  const expected = await stacksOn(parts, run, await vpnsOn(parts, run))
  await onStacks(context, run.order, expected, async (stacks) => {
    // VPNs may have come and gone while the locks were waited for.
    const users = await vpnsOn(parts, run)
    const needed = await stacksOn(parts, run, users)
    if (needed.some((stack) => !stacks.includes(stack))) return { ok: false, stacks: [], findings: [], rebuild: needed }
    const there = stacks.filter((stack) => needed.includes(stack) || !expected.includes(stack))
    return engine.apply(run.order, await planOn(parts, run, wanted, users), there, stackRunOf(context, clouds.holderOf(wanted.connection)))
  })
  const cloud = clouds.connection(wanted.connection)?.cloud ?? ''
  const [view] = clouds.provider(cloud)?.networks(resourceSetOf(await engine.known(run.order, [stackOfNetwork(wanted.uid)]))) ?? []
  if (!view) throw new Problem('INTERNAL', `the state of vNet ${wanted.name} holds no network`)
  const kept = new Set(wanted.subnets.map(({ uid }) => uid))
  await changeVnet(context, run, (vnet) => {
    const named = namedByCloud({ ...vnet, subnets: vnet.subnets.filter(({ uid }) => kept.has(uid)) }, view)
    return isKept(vnet, wanted) ? statedOf(named, now().toISOString(), { status: 'True', reason: 'Available' }) : named
  })
}

/** VPNs that end at a vNet. */
async function vpnsOn({ store }: WorkParts, { namespace, stored }: VnetRun): Promise<Vpn[]> {
  return (await store.records.list(vpnKind, namespace)).flatMap(({ doc }) => (doc.sites.some(({ uid }) => uid === stored.doc.uid) ? [doc] : []))
}

/** The stack of a vNet, and what VPNs have made of theirs: they hold a subnet of the vNet, or announce its blocks. */
async function stacksOn({ engine }: WorkParts, { order, stored }: VnetRun, users: readonly Vpn[]): Promise<string[]> {
  const made = users.length === 0 ? [] : await engine.stacks(order)
  return [...new Set([stackOfNetwork(stored.doc.uid), ...users.flatMap(stacksOf).filter((stack) => made.includes(stack))])]
}

/** @throws Problem CONFLICT for a vNet that was deleted while the locks were waited for: what would be made then, nobody would know of */
async function planOn({ store: { records }, clouds }: WorkParts, { namespace, order }: VnetRun, wanted: Vnet, [vpn]: readonly Vpn[]): Promise<Plan> {
  const all = await planRecords(records, namespace)
  const known = all.vnets.find(({ uid }) => uid === wanted.uid)
  if (!isKept(known, wanted)) throw deletedMeanwhile(wanted.name)
  // The gateway's subnet comes and goes with VPNs.
  const vnet = { ...wanted, gatewaySubnet: known.gatewaySubnet }
  if (!vpn) return planVnet(order, vnet, clouds)
  return planVpn({ ...all, order, vpn, vnets: all.vnets.map((other) => (other.uid === vnet.uid ? vnet : other)), clouds }).plan
}

async function takeBack(parts: WorkParts, context: RunContext, run: VnetRun, reason: string): Promise<void> {
  const isNew = run.stored.doc.csp.id === ''
  const time = parts.now().toISOString()
  try {
    if (isNew) {
      await takeAway(parts, context, run)
    } else {
      const before = run.stored.doc.subnets.filter(({ csp }) => csp.id !== '')
      await make(parts, context, run, { ...run.stored.doc, subnets: before })
      await changeVnet(context, run, (vnet) => ({ ...vnet, subnets: vnet.subnets.map((subnet) => notDeleted(subnet, before, time, reason)), message: reason }))
    }
  } catch (error) {
    context.signal.throwIfAborted()
    if (isTriedAgain(error)) throw error
    const left = `${reason} What was made already could not be taken back: ${messageOf(saidOf(run)(error))}`
    await changeVnet(context, run, (vnet) => statedOf(vnet, time, { status: 'False', reason: isNew ? 'CreationFailed' : 'DeletionFailed', message: left }))
  }
}

/** Takes a new vNet back, unless somebody else has made or deleted it meanwhile. */
async function takeAway({ store, engine, clouds }: WorkParts, context: RunContext, run: VnetRun): Promise<void> {
  const { namespace, order, stored: { id, doc } } = run
  const stacks = [stackOfNetwork(doc.uid)]
  await context.locks.withStacks(locksOf(order, stacks), async () => {
    const known = (await store.records.get(vnetKind, namespace, id))?.doc
    if (!isKept(known, doc) || known.csp.id !== '') return
    requireDone(await engine.destroy(order, stacks, stackRunOf(context, clouds.holderOf(doc.connection))), context.signal)
    await changeVnet(context, run, () => undefined)
  })
}

/** A subnet that was to go and is there still says so. */
function notDeleted(subnet: Subnet, before: readonly Subnet[], time: string, reason: string): Subnet {
  const wasToGo = before.some(({ uid, conditions }) => uid === subnet.uid && statusOf(conditions) === 'Deleting')
  return wasToGo ? { ...subnet, conditions: stated(subnet.conditions, time, { Ready: { status: 'False', reason: 'DeletionFailed', message: reason } }) } : subnet
}
