import type { Run } from '../../runs/index.ts'
import type { Transaction } from '../../store/index.ts'
import { vnetKind } from '../../vnet/vnet.ts'
import { vnetEnded } from '../../vnet/run/ended.ts'
import { vpnEnded } from '../../vpn/run/ended.ts'
import { vpnKind } from '../../vpn/vpn.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { terrariumNamespace } from '../terrarium.ts'
import { terrariumPayload } from './terrarium-run.ts'

/** Leaves nothing of a terrarium on record that seems to be on its way while no run is at work on it. */
export function terrariumEnded(parts: WorkParts): (tx: Transaction, run: Run) => Promise<void> {
  return async (tx, run) => {
    const namespace = terrariumNamespace(terrariumPayload.parse(run.payload).terrarium)
    for (const { id } of await tx.records.list(vpnKind, namespace)) await vpnEnded(parts)(tx, { ...run, payload: { namespace, vpn: id } })
    for (const { id } of await tx.records.list(vnetKind, namespace)) await vnetEnded(parts)(tx, { ...run, payload: { namespace, vnet: id } })
  }
}
