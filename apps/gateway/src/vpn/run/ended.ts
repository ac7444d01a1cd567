import { statusOf } from '../../condition/condition.ts'
import type { Run } from '../../runs/index.ts'
import type { Transaction } from '../../store/index.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { vpnKind } from '../vpn.ts'
import { statedVpn, vpnPayload } from './vpn-run.ts'

/** Leaves no VPN on record that seems to be on its way while no run is at work on it: one that was given up says so. */
export function vpnEnded({ now }: WorkParts): (tx: Transaction, run: Run) => Promise<void> {
  return async ({ records }, run) => {
    if (run.state === 'done') return
    const { namespace, vpn } = vpnPayload.parse(run.payload)
    const found = await records.get(vpnKind, namespace, vpn)
    const status = found && statusOf(found.doc.conditions)
    if (!found || (status !== 'Creating' && status !== 'Deleting')) return
    const reason = status === 'Creating' ? 'CreationFailed' : 'DeletionFailed'
    await records.update(vpnKind, found, statedVpn(found.doc, now().toISOString(), { status: 'False', reason, message: run.error?.message ?? 'the run was given up' }))
  }
}
