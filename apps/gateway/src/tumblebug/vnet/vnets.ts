import { z } from 'zod'
import { flagOf } from '../../http/flag.ts'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import { Problem, problemOf } from '../../http/problem.ts'
import type { Run, Runs } from '../../runs/index.ts'
import type { Stored } from '../../store/index.ts'
import type { Vnet } from '../../vnet/vnet.ts'
import type { VnetOrder } from '../../vnet/vnet-records.ts'
import type { Vnets } from '../../vnet/vnets.ts'
import { orStarted, settle } from '../../work/settle.ts'
import { simpleMessage } from '../dialect.ts'
import type { VnetAnswers } from './vnet-answers.ts'
import { registerVnetRequest, vnetInfo, vnetRequest } from './vnet-models.ts'

const tag = 'vNets'
const inNamespace = z.object({ nsId: z.string() })
const oneVnet = z.object({ nsId: z.string(), vNetId: z.string() })
const base = '/ns/{nsId}/resources/vNet'

const listQuery = z.object({
  option: z.string().optional().describe('`id` lists ids only'),
  filterKey: z.string().optional().describe('Field to compare'),
  filterVal: z.string().optional().describe('Text that the field must contain'),
})

const deleteResult = z.object({ resourceType: z.string(), resourceId: z.string(), success: z.boolean(), message: z.string() })

/** Results of deleting many: the members of both generations of clients. */
export const deleteResults = z.object({ total: z.int(), successCount: z.int(), failedCount: z.int(), results: z.array(deleteResult), output: z.array(z.string()) }).meta({ id: 'ResourceDeleteResults' })

/** What the vNet operations work with. */
export interface VnetRoutes {
  readonly vnets: Vnets
  readonly runs: Runs
  readonly answers: VnetAnswers
}

/** vNets: create, list, get, delete. */
export function addVnets(api: Api, { vnets, runs, answers }: VnetRoutes): void {
  api.add({
    id: 'createVnet', method: 'post', paths: [base], tag, scope: 'write', summary: 'Create a vNet with its subnets',
    description: 'With `option=register` the body is that of registering a network that exists.',
    params: inNamespace, query: z.object({ option: z.string().optional() }), body: z.union([registerVnetRequest, vnetRequest]), answers: { 201: vnetInfo, ...orStarted },
  }, async ({ params, query, body, context }) => {
    const registering = query.option === 'register'
    if (registering !== 'cspResourceId' in body) throw new Problem('BODY_INVALID', registering ? 'cspResourceId: the id of the network in its cloud is missing' : 'cidrBlock and subnetInfoList describe a new vNet; to register an existing one add ?option=register')
    const settled = await settle(context, runs, () => ('cspResourceId' in body ? vnets.register(params.nsId, { ...body, connection: body.connectionName, cspId: body.cspResourceId }) : vnets.create(params.nsId, orderOf(body))))
    return settled instanceof Response ? settled : { status: 201, body: answers.vnet(await vnets.get(params.nsId, body.name)) }
  })

  api.add({
    id: 'listVnets', method: 'get', paths: [base], tag, scope: 'read', isLarge: true, summary: 'List vNets',
    params: inNamespace, query: listQuery, body: noBody, answers: { 200: z.union([z.object({ vNet: z.array(vnetInfo) }), z.object({ output: z.array(z.string()) })]) },
  }, async ({ params, query }) => {
    const all = filtered(await vnets.list(params.nsId), query, answers)
    return { status: 200, body: query.option === 'id' ? { output: all.map(({ id }) => id) } : { vNet: all.map((found) => answers.vnet(found)) } }
  })

  api.add({
    id: 'deleteAllVnets', method: 'delete', paths: [base], tag, scope: 'write', summary: 'Delete all vNets, or those whose id contains a text',
    params: inNamespace, query: z.object({ match: z.string().optional(), force: z.string().optional() }), body: noBody, answers: { 200: deleteResults },
  }, async ({ params, query }) => {
    const chosen = (await vnets.list(params.nsId)).filter(({ id }) => id.includes(query.match ?? ''))
    if (chosen.length === 0) throw new Problem('PARAMETER_INVALID', `There is no vNet resource in ns ${params.nsId}`)
    return { status: 200, body: await deleteEach(vnets, runs, params.nsId, chosen) }
  })

  api.add({
    id: 'getVnet', method: 'get', paths: [`${base}/{vNetId}`], tag, scope: 'read', summary: 'Get a vNet',
    params: oneVnet, query: nothing, body: noBody, answers: { 200: vnetInfo },
  }, async ({ params }) => ({ status: 200, body: answers.vnet(await vnets.get(params.nsId, params.vNetId)) }))

  api.add({
    id: 'deleteVnet', method: 'delete', paths: [`${base}/{vNetId}`], tag, scope: 'write', summary: 'Delete a vNet',
    description: '`action` is empty for a vNet without subnets, `withsubnets` or `force` to delete its subnets too, `refine` to forget it when its cloud does not hold it any more, `reconcile` to compare it with its cloud.',
    params: oneVnet, query: z.object({ action: z.string().optional(), withSubnets: z.string().optional(), force: z.string().optional() }), body: noBody, answers: { 200: simpleMessage, ...orStarted },
  }, async ({ params, query, context }) => {
    const { nsId, vNetId } = params
    const action = (query.action ?? '').toLowerCase()
    if (!['', 'withsubnets', 'force', 'refine', 'reconcile'].includes(action)) throw new Problem('PARAMETER_INVALID', `invalid action (${query.action}); use withsubnets, force, refine or reconcile`)
    if (action === 'refine' || action === 'reconcile') {
      const reconcile = (): Promise<Run> => vnets.reconcile(nsId, vNetId)
      const settled = await settle(context, runs, action === 'reconcile' ? reconcile : await reconcile())
      if (settled instanceof Response) return settled
      if (action === 'reconcile') return { status: 200, body: { message: `vNet (${vNetId}) reconciled` } }
      const pruning = await vnets.prune(nsId, vNetId)
      if (!pruning) throw new Problem('IN_USE', `cannot refine vNet (${vNetId}): its cloud still holds it`)
      const pruned = await settle(context, runs, pruning)
      return pruned instanceof Response ? pruned : { status: 200, body: { message: `the vNet info (${vNetId}) has been refined` } }
    }
    const withSubnets = action !== '' || flagOf(query.withSubnets) === true || flagOf(query.force) === true
    const settled = await settle(context, runs, () => vnets.remove(nsId, vNetId, { withSubnets }))
    return settled instanceof Response ? settled : { status: 200, body: { message: `the vNet (${vNetId}) has been deleted` } }
  })
}

/** Deletes vNets with their subnets, one after another; one that cannot be deleted keeps no other from it. */
export async function deleteEach(vnets: Vnets, runs: Runs, namespace: string, chosen: readonly Stored<Vnet>[]): Promise<z.input<typeof deleteResults>> {
  const results = []
  for (const { id } of chosen) results.push({ resourceType: 'vNet', resourceId: id, ...(await deleteOne(vnets, runs, namespace, id)) })
  const successCount = results.filter(({ success }) => success).length
  return {
    total: results.length,
    successCount,
    failedCount: results.length - successCount,
    results,
    output: results.map(({ resourceId, success, message }) => (success ? `[Done] vNet: ${resourceId}` : `[Failed] vNet: ${resourceId} (${message})`)),
  }
}

async function deleteOne(vnets: Vnets, runs: Runs, namespace: string, id: string): Promise<{ readonly success: boolean; readonly message: string }> {
  try {
    const ended = await runs.wait((await vnets.remove(namespace, id, { withSubnets: true })).id)
    return ended.state === 'done' ? { success: true, message: `the vNet (${id}) has been deleted` } : { success: false, message: ended.error?.message ?? 'the run failed' }
  } catch (error) {
    return { success: false, message: problemOf(error).message }
  }
}

/** An order for a vNet from the body that asks for it. */
export function orderOf({ name, connectionName, cidrBlock, subnetInfoList, description }: z.output<typeof vnetRequest>): VnetOrder {
  return { name, connection: connectionName, cidr: cidrBlock, description, subnets: subnetInfoList.map(({ ipv4_CIDR, ...subnet }) => ({ ...subnet, cidr: ipv4_CIDR })) }
}

/** vNets one of whose fields, named as answers name it, contains a text. */
function filtered(all: readonly Stored<Vnet>[], { filterKey, filterVal }: z.output<typeof listQuery>, answers: VnetAnswers): readonly Stored<Vnet>[] {
  if (!filterKey || !filterVal) return all
  const wanted = filterVal.toLowerCase()
  return all.filter((found) => Object.entries(answers.vnet(found)).some(([key, value]) => key.toLowerCase() === filterKey.toLowerCase() && JSON.stringify(value).toLowerCase().includes(wanted)))
}
