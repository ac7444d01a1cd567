import { statusOf } from '../../condition/condition.ts'
import type { Run } from '../../runs/index.ts'
import type { Transaction } from '../../store/index.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { statedOf } from '../vnet-records.ts'
import { vnetKind } from '../vnet.ts'
import { vnetPayload } from './vnet-run.ts'

const failures: Readonly<Record<string, string>> = { Creating: 'CreationFailed', Registering: 'CreationFailed', Deleting: 'DeletionFailed', Deregistering: 'DeregisterFailed' }

/** Leaves no vNet on record that seems to be on its way while no run is at work on it: one that was given up says so. */
export function vnetEnded({ now }: WorkParts): (tx: Transaction, run: Run) => Promise<void> {
  return async ({ records }, run) => {
    if (run.state === 'done') return
    const { namespace, vnet } = vnetPayload.parse(run.payload)
    const found = await records.get(vnetKind, namespace, vnet)
    const reason = found && failures[statusOf(found.doc.conditions)]
    if (found && reason !== undefined) await records.update(vnetKind, found, statedOf(found.doc, now().toISOString(), { status: 'False', reason, message: run.error?.message ?? 'the run was given up' }))
  }
}
