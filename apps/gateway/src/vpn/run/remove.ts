import { stackOfGateway, stackOfLink } from '@isthmus/core'
import type { Executor, RunContext } from '../../runs/index.ts'
import { isTriedAgain, locksOf, messageOf, requireDone, stackRunOf } from '../../work/stack-work.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { freeNumbers } from '../numbers.ts'
import { linkOf } from '../vpn-plan.ts'
import { vpnKind } from '../vpn.ts'
import { beginVpnRun, changeVpn, errorInNames, statedVpn, type VpnRun } from './vpn-run.ts'

/** Removes a VPN from its clouds: its link, and each gateway that no other VPN uses; then from record. */
export function removeVpn(parts: WorkParts): Executor {
  return {
    async execute(context) {
      const run = await beginVpnRun(parts, context)
      await takeVpn(parts, context, run)
      return { vpn: run.id }
    },
  }
}

/** The work itself, for runs that remove a VPN with something else. */
export async function takeVpn(parts: WorkParts, context: RunContext, run: VpnRun): Promise<void> {
  const link = linkOf(run.vpn)
  const gateways = run.vpn.sites.map(({ uid }) => stackOfGateway(uid))
  try {
    await context.locks.withStacks(locksOf(run.order, [stackOfLink(link), ...gateways]), async () => {
      // A VPN that is ordered from now on waits for these locks, and then makes the gateway anew.
      const unused = await unusedSites(parts, run)
      requireDone(await parts.engine.destroy(run.order, [stackOfLink(link), ...unused.map(stackOfGateway)], stackRunOf(context, parts.clouds.holderOf(run.vpn.sites[0].connection))), context.signal)
      await forget(context, run, link, unused)
    })
  } catch (error) {
    context.signal.throwIfAborted()
    if (isTriedAgain(error)) throw error
    const said = await errorInNames(parts, run, error)
    await changeVpn(context, run, (vpn) => statedVpn(vpn, parts.now().toISOString(), { status: 'False', reason: 'DeletionFailed', message: messageOf(said) }))
    throw said
  }
}

/** Sites whose gateway no other VPN of the namespace uses. */
async function unusedSites({ store }: WorkParts, { namespace, vpn }: VpnRun): Promise<string[]> {
  const others = (await store.records.list(vpnKind, namespace)).filter(({ doc }) => doc.uid !== vpn.uid)
  return vpn.sites.map(({ uid }) => uid).filter((uid) => !others.some(({ doc }) => doc.sites.some((site) => site.uid === uid)))
}

async function forget(context: RunContext, { namespace, id }: VpnRun, link: string, unused: readonly string[]): Promise<void> {
  await context.transaction(async ({ records }) => {
    const found = await records.get(vpnKind, namespace, id)
    if (found) await records.remove(vpnKind, found)
    await freeNumbers(records, namespace, link, unused)
  })
}
