import { z } from 'zod'
import { statusOf } from '../../condition/condition.ts'
import type { Executor } from '../../runs/index.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import type { Vpn } from '../vpn.ts'
import { changeVpn, locksOfVpn, onVpn, readNow } from './vpn-run.ts'

/** What a refresh came to: whether the clouds were asked. They are not while another run changes one of the VPN's stacks. */
export const vpnRefreshed = z.object({ isRead: z.boolean() })

/** Reads what the clouds hold of a VPN, and puts it on record. Changes nothing in the clouds, and waits for nobody who does. */
export function refreshVpn(parts: WorkParts): Executor {
  return onVpn(parts, async (_, context, run): Promise<z.infer<typeof vpnRefreshed>> => {
    const isRead = await context.locks.lookAt(locksOfVpn(run), async () => {
      const read = await readNow(parts, context, run)
      await changeVpn(context, run, (known) => withReason(known, read(known)))
      return true
    })
    return { isRead: isRead === true }
  })
}

const failures: readonly unknown[] = ['CreationFailed', 'DeletionFailed']

/** The VPN as it was read; one that is on its way goes on saying so, and one whose creation or deletion failed says why, unless everything is there all the same. */
function withReason(known: Vpn, read: Vpn): Vpn {
  const isOnItsWay = ['Creating', 'Deleting'].includes(statusOf(known.conditions))
  const failed = known.conditions.some(({ type, reason }) => type === 'Ready' && failures.includes(reason))
  return isOnItsWay || (failed && statusOf(read.conditions) !== 'Available') ? { ...read, conditions: known.conditions, message: known.message } : read
}
