import { z } from 'zod'
import { getNamespace } from '../../namespace/namespace.ts'
import type { RunContext } from '../../runs/index.ts'
import type { Records, Stored } from '../../store/index.ts'
import { runsOn, type RunsOn } from '../../work/runs-on.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { errorInNamesOf, getVnet } from '../vnet-records.ts'
import { vnetKind, type Vnet } from '../vnet.ts'

/** Which vNet a run is about. */
export const vnetPayload = z.object({ namespace: z.string(), vnet: z.string() })

/** What every run of a vNet begins with. */
export interface VnetRun {
  readonly namespace: string
  /** Name of the order that the namespace's networks belong to. */
  readonly order: string
  readonly stored: Stored<Vnet>
}

async function begin({ store }: WorkParts, context: RunContext): Promise<VnetRun> {
  const { namespace, vnet } = vnetPayload.parse(context.run.payload)
  const owner = await getNamespace(store.records, namespace)
  return { namespace, order: owner.doc.order, stored: await getVnet(store.records, namespace, vnet) }
}

/** Runs on a vNet. */
export const onVnet: RunsOn<VnetRun> = runsOn('vnet', begin, ({ stored }) => stored.id)

/** An error in which the vNet of a run has the names that users gave it. */
export function saidOf({ stored }: VnetRun): (error: unknown) => unknown {
  return (error) => errorInNamesOf(error, [stored.doc])
}

/** Changes what is kept of a vNet, from what is kept of it at that moment. */
export async function changeVnet(context: RunContext, { namespace, stored }: VnetRun, change: (vnet: Vnet, records: Records) => Promise<Vnet> | Vnet | undefined): Promise<void> {
  await context.transaction(async ({ records }) => {
    const found = await records.get(vnetKind, namespace, stored.id)
    if (found?.doc.uid !== stored.doc.uid) return
    const changed = await change(found.doc, records)
    if (changed) await records.update(vnetKind, found, changed)
    else await records.remove(vnetKind, found)
  })
}
