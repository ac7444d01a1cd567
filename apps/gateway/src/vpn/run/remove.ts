import { stackOfGateway, stackOfLink } from '@isthmus/core'
import type { Executor, RunContext } from '../../runs/index.ts'
import { recordingFailure } from '../../work/recording-failure.ts'
import { requireDone, stackRunOf } from '../../work/stack-work.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { freeNumbers } from '../numbers.ts'
import { linkOf } from '../vpn-plan.ts'
import { vpnKind } from '../vpn.ts'
import { keepReturned, returnNetwork, type ReturnedNetwork } from './return-network.ts'
import { beginAgain, changeVpn, locksOfVpn, onVpn, saidOf, statedVpn, type VpnRun } from './vpn-run.ts'

/** Removes a VPN from its clouds: its link, and each gateway that no other VPN uses, with what that needed of its vNet; then from record. */
export function removeVpn(parts: WorkParts): Executor {
  return onVpn(parts, takeVpn)
}

/** The work itself, for runs that remove a VPN with something else. */
export function takeVpn(parts: WorkParts, context: RunContext, run: VpnRun): Promise<void> {
  const link = linkOf(run.vpn)
  return recordingFailure(context, {
    work: async () => {
      await beginAgain(parts, context, run, 'Deleting')
      await context.locks.withStacks(locksOfVpn(run), async () => {
        // A VPN that is ordered from now on waits for these locks, and then makes the gateway anew.
        const unused = await unusedSites(parts, run)
        requireDone(await parts.engine.destroy(run.order, [stackOfLink(link), ...unused.map(stackOfGateway)], stackRunOf(context, parts.clouds.holderOf(run.vpn.sites[0].connection))), context.signal)
        const returned: ReturnedNetwork[] = []
        for (const uid of unused) returned.push(await returnNetwork(parts, context, run, uid))
        await forget(context, run, link, returned)
      })
    },
    said: saidOf(parts, run),
    record: (message) => changeVpn(context, run, (vpn) => statedVpn(vpn, parts.now().toISOString(), { status: 'False', reason: 'DeletionFailed', message })),
  })
}

/** Sites whose gateway no other VPN of the namespace uses. */
async function unusedSites({ store }: WorkParts, { namespace, vpn }: VpnRun): Promise<string[]> {
  const others = (await store.records.list(vpnKind, namespace)).filter(({ doc }) => doc.uid !== vpn.uid)
  return vpn.sites.map(({ uid }) => uid).filter((uid) => !others.some(({ doc }) => doc.sites.some((site) => site.uid === uid)))
}

async function forget(context: RunContext, { namespace, id }: VpnRun, link: string, returned: readonly ReturnedNetwork[]): Promise<void> {
  await context.transaction(async ({ records }) => {
    const found = await records.get(vpnKind, namespace, id)
    if (found) await records.remove(vpnKind, found)
    await freeNumbers(records, namespace, link, returned.map(({ uid }) => uid))
    const left = await records.list(vpnKind, namespace)
    for (const network of returned) if (!left.some(({ doc }) => doc.sites.some(({ uid }) => uid === network.uid))) await keepReturned(records, namespace, network)
  })
}
