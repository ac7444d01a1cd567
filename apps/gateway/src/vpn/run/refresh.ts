import { statusOf } from '../../condition/condition.ts'
import type { Executor } from '../../runs/index.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import type { Vpn } from '../vpn.ts'
import { changeVpn, onVpn, readNow } from './vpn-run.ts'

/** Reads what the clouds hold of a VPN, and puts it on record. Changes nothing in the clouds. */
export function refreshVpn(parts: WorkParts): Executor {
  return onVpn(parts, async (_, context, run) => {
    const read = await readNow(parts, context, run)
    await changeVpn(context, run, (known) => stillFailed(known, read))
  })
}

const failures: readonly unknown[] = ['CreationFailed', 'DeletionFailed']

/** The VPN as it was read; one whose creation or deletion failed goes on saying why, unless everything is there all the same. */
function stillFailed(known: Vpn, read: Vpn): Vpn {
  const failed = known.conditions.some(({ type, reason }) => type === 'Ready' && failures.includes(reason))
  return failed && statusOf(read.conditions) !== 'Available' ? { ...read, conditions: known.conditions, message: known.message } : read
}
