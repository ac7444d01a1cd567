import { z } from 'zod'
import { statusOf } from '../../condition/condition.ts'
import { Problem } from '../../http/problem.ts'
import { globalScope, namespaceKind } from '../../namespace/namespace.ts'
import type { Executor, RunContext } from '../../runs/index.ts'
import { bringRegistered } from '../../vnet/run/register.ts'
import { takeVnet } from '../../vnet/run/remove.ts'
import { newVnet } from '../../vnet/vnet-records.ts'
import { vnetKind } from '../../vnet/vnet.ts'
import { checkVpn, type VpnEndOrder, type VpnOrder } from '../../vpn/draft-vpn.ts'
import { bringVpn } from '../../vpn/run/apply.ts'
import { takeVpn } from '../../vpn/run/remove.ts'
import type { VpnPlan } from '../../vpn/vpn-plan.ts'
import { vpnKind, type Vpn } from '../../vpn/vpn.ts'
import type { Vpns } from '../../vpn/vpns.ts'
import { recordingFailure } from '../../work/recording-failure.ts'
import { runsOn } from '../../work/runs-on.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { endPurpose, terrariumKind, terrariumNamespace, terrariumVpn, type Terrarium, type TerrariumSite } from '../terrarium.ts'

/** Which terrarium a run is about, and whether removing its VPN ends its purpose. */
export const terrariumPayload = z.object({ terrarium: z.string(), endsPurpose: z.boolean().default(false) })

/** What a run of a terrarium works with. */
interface TerrariumRun {
  readonly namespace: string
  readonly order: string
  readonly terrarium: Terrarium
  readonly endsPurpose: boolean
}

const onTerrarium = runsOn('terrarium', begin, ({ terrarium }) => terrarium.name)

/** Finds the two networks of a terrarium in their clouds and makes the VPN between them; what is there already stays. */
export function applyTerrarium(parts: WorkParts, vpns: Vpns): Executor {
  return onTerrarium(parts, async (_, context, run) => {
    if (!(await parts.store.records.get(vpnKind, run.namespace, terrariumVpn))) await recordVpn(parts, vpns, context, run)
    const stored = await parts.store.records.get(vpnKind, run.namespace, terrariumVpn)
    if (!stored) throw new Problem('CONFLICT', 'the VPN was deleted while it was made')
    const status = await bringVpn(parts, context, { namespace: run.namespace, id: terrariumVpn, order: run.order, vpn: stored.doc })
    return { status, ...terrariumApplied.parse(stored.doc) }
  })
}

/** Puts the networks and the VPN on record. Networks that are refused are forgotten again, so that others can be named; so are those of an attempt that was cut off. */
async function recordVpn(parts: WorkParts, vpns: Vpns, context: RunContext, run: TerrariumRun): Promise<void> {
  const [one, other] = endsOf(run)
  await forgetNetworks(parts, context, run)
  await recordingFailure(context, {
    work: async () => {
      for (const site of [one, other]) await register(parts, context, run, site)
      await context.transaction((tx) => vpns.record(tx, run.namespace, orderOf(one, other)))
    },
    record: () => forgetNetworks(parts, context, run),
  })
}

/** What the making of a VPN leaves to say. */
export const terrariumApplied = z.object({ remarks: z.array(z.string()).default([]) })

/** What a plan came to, for whoever asked. */
export const terrariumPlan = z.object({ details: z.string() })

/** Finds the two networks of a terrarium and works the VPN between them out, as making it does before anything is touched. Keeps nothing of it. */
export function planTerrarium(parts: WorkParts, vpns: Vpns): Executor {
  return {
    async execute(context) {
      const run = await begin(parts, context)
      const { records } = parts.store
      const known = await records.get(vpnKind, run.namespace, terrariumVpn)
      if (known) return planOf(run, await checkVpn(parts, records, run.namespace, known.doc), known.doc)
      const [one, other] = endsOf(run)
      try {
        for (const site of [one, other]) await register(parts, context, run, site)
        const { plan, vpn } = await vpns.draft(records, run.namespace, orderOf(one, other))
        return planOf(run, plan, vpn)
      } finally {
        if (!context.signal.aborted) await forgetNetworks(parts, context, run)
      }
    },
  }
}

function planOf({ terrarium }: TerrariumRun, { plan, link }: VpnPlan, { remarks = [] }: Vpn): z.input<typeof terrariumPlan> {
  const deal = plan.deals.find((item) => item.link === link)
  const networks = terrarium.sites.map(({ key, region, network }) => `${key}: ${network} in ${region}`)
  return { details: [...networks, `${deal?.tunnels.length ?? 0} tunnels, ${deal?.routing ?? 'static'} routing`, ...remarks].join('\n') }
}

/** Removes the VPN of a terrarium, and forgets its networks without touching them; then it has no purpose any more, where that was asked for. */
export function destroyTerrarium(parts: WorkParts): Executor {
  return onTerrarium(parts, async ({ store }, context, run) => {
    const { namespace, order, terrarium, endsPurpose } = run
    const vpn = await store.records.get(vpnKind, namespace, terrariumVpn)
    if (vpn) await takeVpn(parts, context, { namespace, id: terrariumVpn, order, vpn: vpn.doc })
    await forgetNetworks(parts, context, run)
    if (endsPurpose) await context.transaction(({ records }) => endPurpose(records, terrarium.name))
  })
}

async function begin({ store }: WorkParts, context: RunContext): Promise<TerrariumRun> {
  const { terrarium: id, endsPurpose } = terrariumPayload.parse(context.run.payload)
  const namespace = terrariumNamespace(id)
  const [terrarium, owner] = [await store.records.get(terrariumKind, globalScope, id), await store.records.get(namespaceKind, globalScope, namespace)]
  if (!terrarium || !owner) throw new Problem('NOT_FOUND', `no terrarium with the given ID (trId: ${id}); not found`)
  return { namespace, order: owner.doc.order, terrarium: terrarium.doc, endsPurpose }
}

/** @throws Problem CONFLICT before it was prepared */
function endsOf({ terrarium: { name, sites: [one, other] } }: TerrariumRun): [TerrariumSite, TerrariumSite] {
  if (!one || !other) throw new Problem('CONFLICT', `the terrarium (${name}) is not initialised`)
  return [one, other]
}

function orderOf(one: TerrariumSite, other: TerrariumSite): VpnOrder {
  const endOf = ({ key, settings, gatewaySubnet }: TerrariumSite): VpnEndOrder => ({ vnet: key, settings, gatewaySubnet })
  return { name: terrariumVpn, ends: [endOf(one), endOf(other)], insideWishes: [...(one.insideWishes ?? []), ...(other.insideWishes ?? [])] }
}

async function forgetNetworks(parts: WorkParts, context: RunContext, { namespace, order }: TerrariumRun): Promise<void> {
  for (const stored of await parts.store.records.list(vnetKind, namespace)) await takeVnet(parts, context, { namespace, order, stored })
}

async function register(parts: WorkParts, context: RunContext, { namespace, order, terrarium }: TerrariumRun, { key, cloud, region, network }: TerrariumSite): Promise<void> {
  const connection = parts.clouds.connections(terrarium.holder).find((item) => item.cloud === cloud && item.region === region)
  if (!connection) throw new Problem('PARAMETER_INVALID', `${key}.region: ${cloud} has no region ${region}`)
  await context.transaction(async ({ records }) => {
    if (await records.get(vnetKind, namespace, key)) return
    await records.insert(vnetKind, namespace, key, { ...newVnet({ name: key, connection: connection.name, subnets: [] }, parts.now().toISOString()), origin: 'registered', csp: { id: network, name: '' } })
  })
  const stored = await parts.store.records.get(vnetKind, namespace, key)
  if (stored && statusOf(stored.doc.conditions) !== 'Available') await bringRegistered(parts, context, { namespace, order, stored })
}
