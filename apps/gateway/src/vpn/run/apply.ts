import { setTimeout as pause } from 'node:timers/promises'
import { stackOfLink } from '@isthmus/core'
import { statusOf } from '../../condition/condition.ts'
import type { Executor, RunContext } from '../../runs/index.ts'
import type { StackOutcome } from '../../stacks/index.ts'
import { recordingFailure } from '../../work/recording-failure.ts'
import { onStacks, stackRunOf } from '../../work/stack-work.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { keepLinkNumbers } from '../numbers.ts'
import { harmless, stacksOf } from '../vpn-plan.ts'
import { rereadingOthers } from './reread.ts'
import { beginAgain, changeVpn, locksOfVpn, onVpn, planOf, readNow, saidOf, statedVpn, type VpnRun } from './vpn-run.ts'

/** How tunnels are waited for once both ends are made: IKE and BGP take a minute or two in the slower clouds. */
const patience = { milliseconds: 300_000, between: 5_000 }

/** Makes a VPN: what the gateways at its ends lack, and the link; then waits until its tunnels are up. */
export function applyVpn(parts: WorkParts): Executor {
  return onVpn(parts, async (_, context, run) => ({ status: await bringVpn(parts, context, run) }))
}

/** The work itself, for runs that make a VPN with something else. @returns what the VPN is in the end */
export function bringVpn(parts: WorkParts, context: RunContext, run: VpnRun): Promise<string> {
  return recordingFailure(context, {
    work: () => rereadingOthers(parts, context, run, async (touched) => {
      await beginAgain(parts, context, run, 'Creating')
      await onStacks(context, run.order, stacksOf(run.vpn), (stacks) => {
        for (const stack of stacks) touched.add(stack)
        return applyOn(parts, context, run, stacks)
      })
      return settled(parts, context, run)
    }),
    said: saidOf(parts, run),
    record: (why) => {
      const message = `${why} What is there stays until the VPN is deleted, or its creation is retried.`
      return changeVpn(context, run, (vpn) => statedVpn(vpn, parts.now().toISOString(), { status: 'False', reason: 'CreationFailed', message }))
    },
  })
}

/** Plans under the locks, so that what other VPNs ask of the gateways is in it, and applies what the locks are for. */
async function applyOn(parts: WorkParts, context: RunContext, run: VpnRun, stacks: readonly string[]): Promise<StackOutcome> {
  const { plan, shrunk } = harmless(await planOf(parts.store.records, run, parts))
  if (shrunk.some((stack) => !stacks.includes(stack))) return { ok: false, stacks: [], findings: [], rebuild: shrunk }
  const stackRun = stackRunOf(context, parts.clouds.holderOf(run.vpn.sites[0].connection))
  // Room is made before it is used; the numbers still say that it was not, should the run be cut off here.
  const made = shrunk.length > 0 ? await parts.engine.apply(run.order, plan, shrunk, stackRun) : undefined
  if (made && (!made.ok || made.rebuild.length > 0)) return made
  const links = plan.deals.map(({ link }) => link).filter((link) => stacks.includes(stackOfLink(link)))
  await context.transaction(({ records }) => keepLinkNumbers(records, run.namespace, plan.agreed, links))
  return parts.engine.apply(run.order, plan, stacks, stackRun)
}

/** Reads the VPN until its tunnels are up or patience ends, and keeps what was read last. */
async function settled(parts: WorkParts, context: RunContext, run: VpnRun): Promise<string> {
  for (const end = Date.now() + patience.milliseconds; ;) {
    const outcome = await context.locks.withStacks(locksOfVpn(run), async () => {
      const read = await readNow(parts, context, run)
      const status = statusOf(read(run.vpn).conditions)
      if (status !== 'Available' && Date.now() < end) return undefined
      await changeVpn(context, run, read)
      return status
    })
    if (outcome !== undefined) return outcome
    await pause(patience.between, undefined, { signal: context.signal })
  }
}
