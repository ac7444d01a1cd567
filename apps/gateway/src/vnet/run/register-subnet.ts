import { stackOfNetwork } from '@isthmus/core'
import { z } from 'zod'
import { Problem } from '../../http/problem.ts'
import { newUid } from '../../identity/uid.ts'
import { stated, type Statement } from '../../condition/condition.ts'
import type { Executor } from '../../runs/index.ts'
import { locksOf } from '../../work/stack-work.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { text } from '../vnet-records.ts'
import { find, useOf } from './register.ts'
import { changeVnet, onVnet, vnetPayload } from './vnet-run.ts'

/** What a run that registers a subnet is about. */
export const registerSubnetPayload = vnetPayload.extend({ name: z.string(), cspId: z.string(), description: z.string() })

const available: Statement = { status: 'True', reason: 'Available' }

/** Finds a subnet that a registered network has in its cloud by now, and puts it on record. */
export function registerSubnet(parts: WorkParts): Executor {
  return onVnet(parts, async (_, context, run) => {
    const { name, cspId, description } = registerSubnetPayload.parse(context.run.payload)
    return context.locks.withStacks(locksOf(run.order, [stackOfNetwork(run.stored.doc.uid)]), async () => {
      const view = await find(parts, context, run)
      const found = view.subnets.find((subnet) => text(subnet.id) === cspId || subnet.name === cspId)
      if (!found) throw new Problem('NOT_FOUND', `cspResourceId: the subnet ${cspId} does not exist in vNet ${run.stored.id}; it has ${view.subnets.map((subnet) => text(subnet.id)).join(', ') || 'none'}`)
      const use = useOf(parts, run.stored.doc, view)
      // What a VPN added to the network is not the network's own.
      const isLent = (await parts.engine.known(run.order, [stackOfNetwork(run.stored.doc.uid)])).length > 0
      const now = parts.now().toISOString()
      await changeVnet(context, run, (vnet) => ({
        ...vnet,
        ...(isLent || (vnet.adopted && !use.adopted) ? {} : use),
        subnets: [
          ...vnet.subnets.filter((subnet) => subnet.csp.id !== text(found.id)),
          { name, uid: newUid(), cidr: found.cidr, zone: found.zone ?? '', description, csp: { id: text(found.id), name: found.name }, conditions: stated([], now, { Ready: available, Synced: available }) },
        ],
      }))
      return { subnet: name }
    })
  })
}
