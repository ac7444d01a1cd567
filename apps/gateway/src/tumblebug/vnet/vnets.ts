import { z } from 'zod'
import type { CloudCatalogue } from '../../cloud/catalogue.ts'
import { connectionAsked } from '../../cloud/holder.ts'
import { flagOf } from '../../http/flag.ts'
import { holderAndPrefer, prefer } from '../../http/headers.ts'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import { Problem, problemOf } from '../../http/problem.ts'
import type { Run, Runs } from '../../runs/index.ts'
import type { Stored } from '../../store/index.ts'
import type { Vnet } from '../../vnet/vnet.ts'
import type { VnetOrder } from '../../vnet/vnet-records.ts'
import type { Vnets } from '../../vnet/vnets.ts'
import { orStarted, settle } from '../../work/settle.ts'
import { simpleMessage } from '../dialect.ts'
import { inNamespace, oneVnet } from '../path-parameters.ts'
import type { VnetAnswers } from './vnet-answers.ts'
import { registerVnetRequest, vnetInfo, vnetRequest } from './vnet-models.ts'

const tag = 'vNets'
const base = '/ns/{nsId}/resources/vNet'

const listQuery = z.object({
  option: z.string().optional().describe('`id` lists ids only, as `output`; anything else, or nothing, lists the vNets, as `vNet`'),
  filterKey: z.string().optional().describe('Member of a vNet to look into, in any case, such as `connectionName`. Only together with `filterVal`'),
  filterVal: z.string().optional().describe('Text that the member contains, in any case; members that are objects or lists are looked through as JSON. Only together with `filterKey`'),
})

const deleteQuery = z.object({
  action: z.string().optional().describe('In any case. Left out: deletes a vNet without subnets. `withsubnets`: deletes its subnets too. `force`: the same as `withsubnets`. `refine`: deletes nothing, but forgets a vNet that its cloud does not hold any more (409 where it does). `reconcile`: deletes nothing, but compares it with its cloud. Anything else answers 400'),
  withSubnets: z.string().optional().describe('`true` or `1` is another spelling of `action=withsubnets`; anything else is not read'),
  force: z.string().optional().describe('`true` or `1` is another spelling of `action=withsubnets`; anything else is not read'),
})

const deleteResult = z.object({ resourceType: z.string(), resourceId: z.string(), success: z.boolean(), message: z.string().describe('What was done, or why it was not') })

/** Results of deleting many: the members of both generations of clients. */
export const deleteResults = z.object({ total: z.int(), successCount: z.int(), failedCount: z.int(), results: z.array(deleteResult), output: z.array(z.string()).describe('The same as `results`, as the older generation of clients reads it: `[Done] vNet: x` or `[Failed] vNet: x (why)`') }).meta({ id: 'ResourceDeleteResults' })

/** What the vNet operations work with. */
export interface VnetRoutes {
  readonly vnets: Vnets
  readonly runs: Runs
  readonly clouds: CloudCatalogue
  readonly answers: VnetAnswers
}

/** vNets: create, list, get, delete. */
export function addVnets(api: Api, { vnets, runs, clouds, answers }: VnetRoutes): void {
  api.add({
    id: 'createVnet', method: 'post', paths: [base], tag, scope: 'write', summary: 'Create a vNet with its subnets',
    description: 'The vNet is checked completely before anything is made: what is wrong answers 400 with all of it, a name that exists 409. When making it fails, what was made already is taken back and nothing is left on record; what cannot be taken back stays, `Failed`, and says why. With `option=register` the body is that of registering a network that exists.',
    params: inNamespace, query: z.object({ option: z.string().optional().describe('`register` puts a network on record that its cloud holds already; anything else, or nothing, creates one') }), body: z.union([registerVnetRequest, vnetRequest]), answers: { 201: vnetInfo, ...orStarted }, headers: holderAndPrefer,
  }, async ({ params, query, body, context }) => {
    const registering = query.option === 'register'
    if (registering !== 'cspResourceId' in body) throw new Problem('BODY_INVALID', registering ? 'cspResourceId: the id of the network in its cloud is missing' : 'cidrBlock and subnetInfoList describe a new vNet; to register an existing one add ?option=register')
    const connection = connectionAsked(body.connectionName, context.var.holder, clouds)
    const settled = await settle(context, runs, () => ('cspResourceId' in body ? vnets.register(params.nsId, { ...body, connection, cspId: body.cspResourceId }) : vnets.create(params.nsId, { ...orderOf(body), connection })))
    return settled instanceof Response ? settled : { status: 201, body: answers.vnet(await vnets.get(params.nsId, body.name)) }
  })

  api.add({
    id: 'listVnets', method: 'get', paths: [base], tag, scope: 'read', isLarge: true, summary: 'List vNets',
    description: 'As they are on record; no cloud is asked.',
    params: inNamespace, query: listQuery, body: noBody, answers: { 200: z.union([z.object({ vNet: z.array(vnetInfo) }), z.object({ output: z.array(z.string()) })]) },
  }, async ({ params, query }) => {
    const all = filtered(await vnets.list(params.nsId), query, answers)
    return { status: 200, body: query.option === 'id' ? { output: all.map(({ id }) => id) } : { vNet: all.map((found) => answers.vnet(found)) } }
  })

  api.add({
    id: 'deleteAllVnets', method: 'delete', paths: [base], tag, scope: 'write', summary: 'Delete all vNets, or those whose id contains a text',
    description: 'Deletes them with their subnets, one after another, and answers when the last is done. One that cannot be deleted keeps no other from it: the answer is 200, and `results` says of each what became of it. 400 where there is none. Registered networks are forgotten, and their clouds keep them.',
    params: inNamespace, query: z.object({ match: z.string().optional().describe('Text that the id contains, in the same case; all vNets when left out'), force: z.string().optional().describe('Not read: subnets are deleted with their vNet in any case') }), body: noBody, answers: { 200: deleteResults },
  }, async ({ params, query }) => {
    const chosen = (await vnets.list(params.nsId)).filter(({ id }) => id.includes(query.match ?? ''))
    if (chosen.length === 0) throw new Problem('PARAMETER_INVALID', `There is no vNet resource in ns ${params.nsId}`)
    return { status: 200, body: await deleteEach(vnets, runs, params.nsId, chosen) }
  })

  api.add({
    id: 'getVnet', method: 'get', paths: [`${base}/{vNetId}`], tag, scope: 'read', summary: 'Get a vNet',
    description: 'As it is on record; no cloud is asked. `PUT …/{vNetId}/reconcile` compares it with its cloud.',
    params: oneVnet, query: nothing, body: noBody, answers: { 200: vnetInfo },
  }, async ({ params }) => ({ status: 200, body: answers.vnet(await vnets.get(params.nsId, params.vNetId)) }))

  api.add({
    id: 'deleteVnet', method: 'delete', paths: [`${base}/{vNetId}`], tag, scope: 'write', summary: 'Delete a vNet',
    description: 'Refused with 409 while a VPN ends at it, nodes are on it, or it has subnets that nobody said may go with it. A registered network is forgotten, and its cloud keeps it. When deleting fails, the vNet stays on record, `Failed` with the reason `DeletionFailed`; delete it again, or restore it.',
    params: oneVnet, query: deleteQuery, body: noBody, answers: { 200: simpleMessage, ...orStarted }, headers: prefer,
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
    const { doc } = await vnets.get(nsId, vNetId)
    const settled = await settle(context, runs, () => vnets.remove(nsId, vNetId, { withSubnets }))
    return settled instanceof Response ? settled : { status: 200, body: { message: goneText(doc) } }
  })
}

/** Deletes vNets with their subnets, one after another; one that cannot be deleted keeps no other from it. */
export async function deleteEach(vnets: Vnets, runs: Runs, namespace: string, chosen: readonly Stored<Vnet>[]): Promise<z.input<typeof deleteResults>> {
  const results = []
  for (const { id, doc } of chosen) results.push({ resourceType: 'vNet', resourceId: id, ...(await deleteOne(vnets, runs, namespace, doc)) })
  const successCount = results.filter(({ success }) => success).length
  return {
    total: results.length,
    successCount,
    failedCount: results.length - successCount,
    results,
    output: results.map(({ resourceId, success, message }) => (success ? `[Done] vNet: ${resourceId}` : `[Failed] vNet: ${resourceId} (${message})`)),
  }
}

async function deleteOne(vnets: Vnets, runs: Runs, namespace: string, vnet: Vnet): Promise<{ readonly success: boolean; readonly message: string }> {
  try {
    const ended = await runs.wait((await vnets.remove(namespace, vnet.name, { withSubnets: true })).id)
    return ended.state === 'done' ? { success: true, message: goneText(vnet) } : { success: false, message: ended.error?.message ?? 'the run failed' }
  } catch (error) {
    return { success: false, message: problemOf(error).message }
  }
}

/** What became of a vNet that was deleted. */
function goneText({ name, origin }: Vnet): string {
  return origin === 'registered' ? `the vNet (${name}) has been deregistered; its cloud keeps it` : `the vNet (${name}) has been deleted`
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
