import { z } from 'zod'
import { stated, statusOf, type Statement } from '../../condition/condition.ts'
import { getNamespace } from '../../namespace/namespace.ts'
import type { RunContext } from '../../runs/index.ts'
import type { Records } from '../../store/index.ts'
import { vnetKind } from '../../vnet/vnet.ts'
import { errorInNamesOf } from '../../vnet/vnet-records.ts'
import { locksOf, stackRunOf } from '../../work/stack-work.ts'
import { runsOn, type RunsOn } from '../../work/runs-on.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { planRecords } from '../plan-records.ts'
import { readVpn, type VpnReading } from '../reading.ts'
import { planVpn, stacksOf, type VpnPlan } from '../vpn-plan.ts'
import { vpnKind, type Vpn } from '../vpn.ts'
import { getVpn } from '../vpns.ts'

/** Which VPN a run is about. */
export const vpnPayload = z.object({ namespace: z.string(), vpn: z.string() })

/** What every run of a VPN begins with. */
export interface VpnRun {
  readonly namespace: string
  readonly id: string
  readonly order: string
  readonly vpn: Vpn
}

async function begin({ store }: WorkParts, context: RunContext): Promise<VpnRun> {
  const { namespace, vpn } = vpnPayload.parse(context.run.payload)
  const owner = await getNamespace(store.records, namespace)
  return { namespace, id: vpn, order: owner.doc.order, vpn: (await getVpn(store.records, namespace, vpn)).doc }
}

/** Runs on a VPN. */
export const onVpn: RunsOn<VpnRun> = runsOn('vpn', begin, ({ id }) => id)

/** Plans the VPN as its namespace is at that moment. @throws Problem FINDINGS */
export async function planOf(records: Records, { namespace, id, order }: VpnRun, { clouds }: WorkParts): Promise<VpnPlan> {
  const { doc: vpn } = await getVpn(records, namespace, id)
  return planVpn({ ...await planRecords(records, namespace), order, vpn, clouds })
}

/** An error for whoever asked, in which vNets have the names that users gave them. */
export function saidOf({ store }: WorkParts, { namespace }: VpnRun): (error: unknown) => Promise<unknown> {
  return async (error) => errorInNamesOf(error, (await store.records.list(vnetKind, namespace)).map(({ doc }) => doc))
}

/** Changes what is kept of a VPN, from what is kept of it at that moment; undefined forgets it. A VPN of the same name that was made later is another one. */
export async function changeVpn(context: RunContext, { namespace, id, vpn }: VpnRun, change: (vpn: Vpn) => Vpn | undefined): Promise<void> {
  await context.transaction(async ({ records }) => {
    const found = await records.get(vpnKind, namespace, id)
    if (found?.doc.uid !== vpn.uid) return
    const changed = change(found.doc)
    if (changed) await records.update(vpnKind, found, changed)
    else await records.remove(vpnKind, found)
  })
}

/** Says of a VPN that it is on its way again, as it is when a run does what an earlier one failed of. */
export async function beginAgain({ now }: WorkParts, context: RunContext, run: VpnRun, reason: 'Creating' | 'Deleting'): Promise<void> {
  if (statusOf(run.vpn.conditions) === 'Failed') await changeVpn(context, run, (vpn) => statedVpn(vpn, now().toISOString(), { status: 'False', reason }))
}

/** A VPN of which something is said. */
export function statedVpn(vpn: Vpn, now: string, ready: Statement): Vpn {
  return { ...vpn, conditions: stated(vpn.conditions, now, { Ready: ready }), message: ready.status === 'True' ? '' : (ready.message ?? '') }
}

/** Names of the locks of a VPN's stacks. */
export function locksOfVpn({ order, vpn }: VpnRun): string[] {
  return locksOf(order, stacksOf(vpn))
}

/**
 * Reads a VPN as its clouds show it now: it is available when every tunnel that was agreed is there and none is down. The caller has the locks of its
 * stacks, and puts on record what was read before it frees them: what somebody else reads or does later is never overwritten.
 *
 * @returns puts what was read into what is on record
 */
export async function readNow(parts: WorkParts, context: RunContext, run: VpnRun): Promise<(known: Vpn) => Vpn> {
  const { vpn, order } = run
  const planned = await planOf(parts.store.records, run, parts)
  const existing = new Set(await parts.engine.stacks(order))
  const stacks = planned.stacks.filter((stack) => existing.has(stack))
  const views = await parts.engine.read(order, stacks, stackRunOf(context, parts.clouds.holderOf(vpn.sites[0].connection)))
  const wanted = planned.plan.deals.find(({ link }) => link === planned.link)?.tunnels.length ?? 0
  const [reading, now] = [readVpn(views, vpn, planned, parts.clouds.providers), parts.now().toISOString()]
  return (known) => asRead(known, reading, wanted, now)
}

function asRead(vpn: Vpn, { tunnels, resources, problems }: VpnReading, wanted: number, now: string): Vpn {
  const [one, other] = vpn.sites
  const known: Vpn = { ...vpn, tunnels: [...tunnels], sites: [{ ...one, resources: resources[0] }, { ...other, resources: resources[1] }] }
  const down = tunnels.filter(({ state }) => state === 'down').length
  if (problems.length > 0 || tunnels.length < wanted) {
    return statedVpn(known, now, { status: 'False', reason: 'TunnelsDiffer', message: [`${tunnels.length} of ${wanted} tunnels are there.`, ...problems].join(' ') })
  }
  return statedVpn(known, now, down > 0 ? { status: 'False', reason: 'TunnelsDown', message: `${down} of ${wanted} tunnels are down` } : { status: 'True', reason: 'Available' })
}
