import { z } from 'zod'
import { stated, type Statement } from '../../condition/condition.ts'
import { Problem } from '../../http/problem.ts'
import { globalScope, namespaceKind } from '../../namespace/namespace.ts'
import type { RunContext } from '../../runs/index.ts'
import type { Records } from '../../store/index.ts'
import { vnetKind } from '../../vnet/vnet.ts'
import { errorInNamesOf } from '../../vnet/vnet-records.ts'
import { locksOf, stackRunOf } from '../../work/stack-work.ts'
import { runsOn, type RunsOn } from '../../work/runs-on.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { agreedOf } from '../numbers.ts'
import { readVpn, type VpnReading } from '../reading.ts'
import { planVpn, type VpnPlan } from '../vpn-plan.ts'
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
  const owner = await store.records.get(namespaceKind, globalScope, namespace)
  if (!owner) throw new Problem('NOT_FOUND', 'Not valid namespace')
  return { namespace, id: vpn, order: owner.doc.order, vpn: (await getVpn(store.records, namespace, vpn)).doc }
}

/** Runs on a VPN. */
export const onVpn: RunsOn<VpnRun> = runsOn('vpn', begin, ({ id }) => id)

/** Plans the VPN as its namespace is at that moment. @throws Problem FINDINGS */
export async function planOf(records: Records, { namespace, id, order }: VpnRun, { clouds }: WorkParts): Promise<VpnPlan> {
  const { doc: vpn } = await getVpn(records, namespace, id)
  const vpns = (await records.list(vpnKind, namespace)).map(({ doc }) => doc)
  const vnets = (await records.list(vnetKind, namespace)).map(({ doc }) => doc)
  return planVpn({ order, vpn, vpns, vnets, agreed: await agreedOf(records, namespace), clouds })
}

/** An error for whoever asked, in which vNets have the names that users gave them. */
export function saidOf({ store }: WorkParts, { namespace }: VpnRun): (error: unknown) => Promise<unknown> {
  return async (error) => errorInNamesOf(error, (await store.records.list(vnetKind, namespace)).map(({ doc }) => doc))
}

/** Changes what is kept of a VPN, from what is kept of it at that moment; undefined forgets it. */
export async function changeVpn(context: RunContext, { namespace, id }: VpnRun, change: (vpn: Vpn) => Vpn | undefined): Promise<void> {
  await context.transaction(async ({ records }) => {
    const found = await records.get(vpnKind, namespace, id)
    if (!found) return
    const changed = change(found.doc)
    if (changed) await records.update(vpnKind, found, changed)
    else await records.remove(vpnKind, found)
  })
}

/** A VPN of which something is said. */
export function statedVpn(vpn: Vpn, now: string, ready: Statement): Vpn {
  return { ...vpn, conditions: stated(vpn.conditions, now, { Ready: ready }), message: ready.status === 'True' ? '' : (ready.message ?? '') }
}

/** The VPN as its clouds show it now: available when every tunnel that was agreed is there and none is down. */
export async function readNow(parts: WorkParts, context: RunContext, run: VpnRun): Promise<Vpn> {
  const { vpn, order } = run
  const planned = await planOf(parts.store.records, run, parts)
  const existing = new Set(await parts.engine.stacks(order))
  const stacks = planned.stacks.filter((stack) => existing.has(stack))
  const views = await context.locks.withStacks(locksOf(order, stacks), () => parts.engine.read(order, stacks, stackRunOf(context, parts.clouds.holderOf(vpn.sites[0].connection))))
  const wanted = planned.plan.deals.find(({ link }) => link === planned.link)?.tunnels.length ?? 0
  return asRead(vpn, readVpn(views, vpn, planned, parts.clouds.providers), wanted, parts.now().toISOString())
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
