import { z } from 'zod'
import { prefer } from '../../http/headers.ts'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import { Problem } from '../../http/problem.ts'
import { getSubnet } from '../../vnet/vnets.ts'
import { orStarted, settle } from '../../work/settle.ts'
import { simpleMessage } from '../dialect.ts'
import { oneSubnet, oneVnet } from '../path-parameters.ts'
import { subnetInfo, subnetRequest } from './vnet-models.ts'
import type { VnetRoutes } from './vnets.ts'

const tag = 'Subnets'
const base = '/ns/{nsId}/resources/vNet/{vNetId}/subnet'

/** Subnets of a vNet: list, add, get, remove. */
export function addSubnets(api: Api, { vnets, runs, answers }: VnetRoutes): void {
  api.add({ id: 'listSubnets', method: 'get', paths: [base], tag, scope: 'read', summary: 'List the subnets of a vNet', params: oneVnet, query: nothing, body: noBody, answers: { 200: z.object({ subnetInfoList: z.array(subnetInfo) }) } },
    async ({ params }) => {
      const { doc } = await vnets.get(params.nsId, params.vNetId)
      return { status: 200, body: { subnetInfoList: doc.subnets.map((subnet) => answers.subnet(doc, subnet)) } }
    })

  api.add({
    id: 'createSubnet', method: 'post', paths: [base], tag, scope: 'write', summary: 'Add a subnet to a vNet',
    description: 'Refused with 409 where the name exists, and for a registered vNet, whose subnets are made in its cloud and registered. When making it fails, it is taken back and nothing of it is left on record. VPNs that end at the vNet learn of its block.',
    params: oneVnet, query: nothing, body: subnetRequest, answers: { 201: subnetInfo, ...orStarted }, headers: prefer,
  }, async ({ params, body: { ipv4_CIDR, ...order }, context }) => {
    const settled = await settle(context, runs, () => vnets.addSubnet(params.nsId, params.vNetId, { ...order, cidr: ipv4_CIDR }))
    if (settled instanceof Response) return settled
    const { doc } = await vnets.get(params.nsId, params.vNetId)
    return { status: 201, body: answers.subnet(doc, getSubnet(doc, order.name)) }
  })

  api.add({ id: 'getSubnet', method: 'get', paths: [`${base}/{subnetId}`], tag, scope: 'read', summary: 'Get a subnet', params: oneSubnet, query: nothing, body: noBody, answers: { 200: subnetInfo } },
    async ({ params }) => {
      const { doc } = await vnets.get(params.nsId, params.vNetId)
      return { status: 200, body: answers.subnet(doc, getSubnet(doc, params.subnetId)) }
    })

  api.add({
    id: 'deleteSubnet', method: 'delete', paths: [`${base}/{subnetId}`], tag, scope: 'write', summary: 'Remove a subnet',
    description: 'Refused with 409 while nodes are in it, for the last subnet of a vNet that a VPN ends at, and for a subnet of a registered vNet, which is deregistered. When deleting fails, the subnet stays on record, `Failed` with the reason `DeletionFailed`.',
    params: oneSubnet, query: z.object({ action: z.string().optional().describe('In any case. Left out, or `force`: deletes the subnet; both do the same. `refine`: deletes nothing, but forgets a subnet that its cloud does not hold any more (409 where it does). Anything else answers 400') }), body: noBody, answers: { 200: simpleMessage, ...orStarted }, headers: prefer,
  }, async ({ params: { nsId, vNetId, subnetId }, query, context }) => {
    const action = (query.action ?? '').toLowerCase()
    if (!['', 'force', 'refine'].includes(action)) throw new Problem('PARAMETER_INVALID', `invalid action (${query.action}); use force or refine`)
    if (action === 'refine') {
      getSubnet((await vnets.get(nsId, vNetId)).doc, subnetId)
      const compared = await settle(context, runs, await vnets.reconcile(nsId, vNetId))
      if (compared instanceof Response) return compared
      const { conditions } = getSubnet((await vnets.get(nsId, vNetId)).doc, subnetId)
      if (!conditions.some(({ type, reason }) => type === 'Synced' && reason === 'CspResourceMissing')) throw new Problem('IN_USE', `cannot refine subnet (${subnetId}): its cloud still holds it`)
    }
    const settled = await settle(context, runs, () => vnets.removeSubnet(nsId, vNetId, subnetId))
    return settled instanceof Response ? settled : { status: 200, body: { message: action === 'refine' ? `the subnet info (${subnetId}) has been refined` : `the subnet (${subnetId}) has been deleted` } }
  })
}
