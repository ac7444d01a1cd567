import { z } from 'zod'
import type { CloudCatalogue } from '../../cloud/catalogue.ts'
import { flagOf } from '../../http/flag.ts'
import { holderAndPrefer } from '../../http/headers.ts'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import { Problem } from '../../http/problem.ts'
import type { NodeGroup } from '../../infra/infra.ts'
import type { Infras } from '../../infra/infras.ts'
import type { Runs } from '../../runs/index.ts'
import { defaultTemplate } from '../../template/template.ts'
import type { Vnets } from '../../vnet/vnets.ts'
import { orStarted, settle } from '../../work/settle.ts'
import { inNamespace, oneInfra } from '../path-parameters.ts'
import { deleteEach, deleteResults } from '../vnet/vnets.ts'
import type { InfraAnswers } from './infra-answers.ts'
import { infraInfo, infraRequest } from './infra-models.ts'

/** What the infra operations work with. */
export interface InfraRoutes {
  readonly infras: Infras
  readonly vnets: Vnets
  readonly runs: Runs
  readonly clouds: CloudCatalogue
  readonly answers: InfraAnswers
}

const tag = 'Infras'
const makingNodes = 'Where nodes of the namespace have no vNet yet on a connection, one is made, called `{nsId}-shared-{connectionName}`. When making it fails, the infra stays on record, `Failed`, and says why: delete it and ask again. Where clouds are real the answer is 501: the gateway makes networks and no machines.'
const ids = z.object({ output: z.array(z.string()) })

/** Sets of simulated nodes, as far as clients need them to order VPNs. `/mci/` is the older spelling of `/infra/`. */
export function addInfras(api: Api, { infras, vnets, runs, clouds, answers }: InfraRoutes): void {
  for (const [era, path, list] of [['infra', 'infra', 'infra'], ['mci', 'mci', 'mci']] as const) {
    const older = era === 'mci'
    const suffix = older ? 'Mci' : 'Infra'

    api.add({
      id: `create${suffix}`, method: 'post', paths: [`/ns/{nsId}/${path}Dynamic`], tag, scope: 'write', summary: 'Make simulated nodes, and the vNets that they share',
      description: makingNodes,
      params: inNamespace, query: nothing, body: infraRequest, answers: { 200: infraInfo, ...orStarted }, headers: holderAndPrefer,
    }, async ({ params, body, context }) => {
      const order = { name: body.name, description: body.description ?? '', template: body.vNetTemplateId || defaultTemplate.name, groups: groupsOf(body, clouds, context.var.holder) }
      const settled = await settle(context, runs, () => infras.create(params.nsId, order))
      return settled instanceof Response ? settled : { status: 200, body: answers.infra(await infras.get(params.nsId, body.name), await vnets.list(params.nsId), older) }
    })

    api.add({ id: `list${suffix}`, method: 'get', paths: [`/ns/{nsId}/${path}`], tag, scope: 'read', summary: 'List sets of nodes', params: inNamespace, query: z.object({ option: z.string().optional().describe('`id` lists ids only, as `output`; anything else, or nothing, lists the infras') }), body: noBody, answers: { 200: z.union([z.record(z.string(), z.array(infraInfo)), ids]) } },
      async ({ params, query }) => {
        const all = await infras.list(params.nsId)
        if (query.option === 'id') return { status: 200, body: { output: all.map(({ id }) => id) } }
        const known = await vnets.list(params.nsId)
        return { status: 200, body: { [list]: all.map((found) => answers.infra(found, known, older)) } }
      })

    api.add({ id: `get${suffix}`, method: 'get', paths: [`/ns/{nsId}/${path}/{infraId}`], tag, scope: 'read', summary: 'Get a set of nodes', params: oneInfra, query: z.object({ option: z.string().optional().describe('`id` lists the ids of its nodes only, as `output`; anything else, or nothing, shows all of it') }), body: noBody, answers: { 200: z.union([infraInfo, ids]) } },
      async ({ params, query }) => {
        const found = await infras.get(params.nsId, params.infraId)
        return { status: 200, body: query.option === 'id' ? { output: found.doc.nodes.map(({ name }) => name) } : answers.infra(found, await vnets.list(params.nsId), older) }
      })

    api.add({
      id: `delete${suffix}`, method: 'delete', paths: [`/ns/{nsId}/${path}/{infraId}`], tag, scope: 'write', summary: 'Forget a set of nodes',
      description: 'Its vNets stay, for other nodes may share them; delete them with `DELETE sharedResources`. One that is being made answers 409.',
      params: oneInfra, query: z.object({ option: z.string().optional().describe('`terminate` or `force`, or left out: all do the same, for nodes are simulated. Anything else answers 400') }), body: noBody, answers: { 200: ids },
    }, async ({ params, query }) => {
      if (!['', 'terminate', 'force'].includes(query.option ?? '')) throw new Problem('PARAMETER_INVALID', `invalid option (${query.option}); use terminate or force`)
      await infras.remove(params.nsId, params.infraId)
      return { status: 200, body: { output: [`[Done] The infra ${params.infraId} has been terminated`] } }
    })
  }

  api.add({
    id: 'deleteSharedResources', method: 'delete', paths: ['/ns/{nsId}/sharedResources'], tag, scope: 'write', summary: 'Delete the vNets that nodes shared',
    description: 'Those that were made for nodes, with their subnets, one after another; the answer comes when the last is done. One that nodes or a VPN still use stays. The answer is 200 in any case, and `results` says of each what became of it.',
    params: inNamespace, query: z.object({ dryRun: z.string().optional().describe('`true` only tells which would be deleted; `false`, which is the default, deletes them. Anything else answers 400') }), body: noBody, answers: { 200: deleteResults },
  }, async ({ params, query }) => {
    const isDry = flagOf(query.dryRun)
    if (query.dryRun !== undefined && isDry === undefined) throw new Problem('PARAMETER_INVALID', `query dryRun: ${query.dryRun} is neither true nor false`)
    const shared = (await vnets.list(params.nsId)).filter(({ doc }) => doc.origin === 'shared')
    if (isDry !== true) return { status: 200, body: await deleteEach(vnets, runs, params.nsId, shared) }
    const results = shared.map(({ id }) => ({ resourceType: 'vNet', resourceId: id, success: true, message: 'would be deleted' }))
    return { status: 200, body: { total: shared.length, successCount: shared.length, failedCount: 0, results, output: results.map(({ resourceId }) => `[DryRun] vNet: ${resourceId}`) } }
  })
}

/** Groups of nodes from any generation's spelling; the cloud and region are the first two parts of the spec's id. */
function groupsOf({ nodeGroups, subGroups, vm }: z.output<typeof infraRequest>, clouds: CloudCatalogue, holder: string): NodeGroup[] {
  const [key, wanted] = Object.entries({ nodeGroups, subGroups, vm }).find(([, groups]) => groups !== undefined && groups.length > 0) ?? []
  if (!wanted) throw new Problem('BODY_INVALID', 'nodeGroups: at least one group of nodes is needed, such as {"specId": "cloud+region+small", "imageId": "any"}')
  const groups = wanted.map((group, index): NodeGroup => {
    const spec = group.specId ?? group.commonSpec ?? ''
    const [cloud = '', region = ''] = spec.split('+')
    const connection = clouds.connections(holder).find((item) => item.cloud === cloud.toLowerCase() && item.region === region)
    if (!connection) throw new Problem('BODY_INVALID', `${key}[${index}].${group.specId === undefined && group.commonSpec !== undefined ? 'commonSpec' : 'specId'}: no connection of ${holder} is for ${JSON.stringify(spec)}; it begins with a cloud and a region, such as cloud+region+small`)
    return { name: group.name ?? `${connection.cloud}-${connection.region}-${index + 1}`, connection: connection.name, spec, image: group.imageId ?? group.commonImage ?? '', size: group.nodeGroupSize ?? group.subGroupSize ?? 1 }
  })
  // Nodes are called after their group.
  const again = groups.findIndex(({ name }, index) => groups.findIndex((group) => group.name === name) < index)
  if (again >= 0) throw new Problem('BODY_INVALID', `${key}[${again}].name: another group is called ${groups[again]?.name} already; give it a name of its own`)
  return groups
}
