import { stackOfNetwork, viewsOfFragments } from '@isthmus/core'
import { statusOf } from '../../condition/condition.ts'
import type { RunContext } from '../../runs/index.ts'
import type { Records } from '../../store/index.ts'
import { planVnet } from '../../vnet/vnet-plan.ts'
import { vnetKind } from '../../vnet/vnet.ts'
import { isTriedAgain, messageOf, requireDone, stackRunOf } from '../../work/stack-work.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import type { VpnRun } from './vpn-run.ts'

/** A vNet whose last VPN has gone, and what could not be taken back of it. */
export interface ReturnedNetwork {
  readonly uid: string
  /** Why something that VPNs added to it is still there. */
  readonly left?: string
}

/**
 * Takes what VPNs added to a vNet out of it again, such as a subnet for the gateway: a vNet that was made here gets the shape that it was
 * ordered in, and a network that was there before is left as it was found. The caller has the lock of its stack. What cannot be taken
 * out, because somebody uses it, keeps nobody from removing the VPN.
 */
export async function returnNetwork(parts: WorkParts, context: RunContext, run: VpnRun, uid: string): Promise<ReturnedNetwork> {
  const { store, engine, clouds } = parts
  const vnet = (await store.records.list(vnetKind, run.namespace)).find(({ doc }) => doc.uid === uid)?.doc
  if (!vnet) return { uid }
  const [stack, stackRun] = [stackOfNetwork(uid), stackRunOf(context, clouds.holderOf(vnet.connection))]
  try {
    const there = await engine.known(run.order, [stack])
    if (there.length === 0) return { uid }
    if (vnet.origin === 'registered') {
      requireDone(await engine.destroy(run.order, [stack], stackRun), context.signal)
      return { uid }
    }
    // What is on its way in or out of the vNet is the business of another run.
    const plan = planVnet(run.order, { ...vnet, gatewaySubnet: undefined, subnets: vnet.subnets.filter(({ csp }) => csp.id !== '') }, clouds)
    const ordered = new Set(viewsOfFragments(plan.fragments).map(({ address }) => address))
    if (!there.every(({ address }) => ordered.has(address))) requireDone(await engine.apply(run.order, plan, [stack], stackRun), context.signal)
    return { uid }
  } catch (error) {
    context.signal.throwIfAborted()
    if (isTriedAgain(error)) throw error
    return { uid, left: messageOf(error) }
  }
}

/** Puts on record what became of a vNet, unless another VPN has been ordered on it meanwhile. */
export async function keepReturned(records: Records, namespace: string, { uid, left }: ReturnedNetwork): Promise<void> {
  const found = (await records.list(vnetKind, namespace)).find(({ doc }) => doc.uid === uid)
  if (!found) return
  const { gatewaySubnet, ...ordered } = found.doc
  if (left !== undefined) await records.update(vnetKind, found, { ...found.doc, message: `What the VPN added to the vNet is still there: ${left}` })
  else if (gatewaySubnet !== undefined) await records.update(vnetKind, found, statusOf(ordered.conditions) === 'Available' ? { ...ordered, message: '' } : ordered)
}
