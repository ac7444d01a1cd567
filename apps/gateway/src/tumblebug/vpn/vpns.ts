import { z } from 'zod'
import type { CloudCatalogue } from '../../cloud/catalogue.ts'
import { statusOf } from '../../condition/condition.ts'
import { flagOf } from '../../http/flag.ts'
import { prefer } from '../../http/headers.ts'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import { Problem } from '../../http/problem.ts'
import type { Infras } from '../../infra/infras.ts'
import type { Run, Runs } from '../../runs/index.ts'
import type { Vnets } from '../../vnet/vnets.ts'
import { vpnRefreshed } from '../../vpn/run/refresh.ts'
import type { Vpn } from '../../vpn/vpn.ts'
import type { Vpns } from '../../vpn/vpns.ts'
import { orStarted, settle } from '../../work/settle.ts'
import { simpleMessage } from '../dialect.ts'
import { oneInfra, oneVpn } from '../path-parameters.ts'
import type { VnetAnswers } from '../vnet/vnet-answers.ts'
import { healthOf, vpnInfoOf, type PingEnd } from './vpn-answers.ts'
import { healthAnswer, healthRequest, reconcileAnswer, vpnInfo, vpnRequest } from './vpn-models.ts'
import { inWordsOfRequest } from './vpn-findings.ts'
import { vpnOrderOf } from './vpn-orders.ts'

/** What the VPN operations work with. */
export interface VpnRoutes {
  readonly vpns: Vpns
  readonly vnets: Vnets
  readonly infras: Infras
  readonly runs: Runs
  readonly clouds: CloudCatalogue
  readonly answers: VnetAnswers
}

const tag = 'VPNs'
const creation = 'The VPN is checked completely before anything is made: what is wrong answers 400 with all of it. 409 for a name that exists, for two vNets that have a VPN already, and for a network that is still being registered. Tunnels are waited for up to five minutes; 200 says that both ends are made, and `status` whether all tunnels are up. When making it fails, what is there stays, `Failed` with the reason `CreationFailed`: send it again with `action=retry`, or delete it.'
/** Both eras' spellings of a path; the older calls an infra mci. */
export function bothEras(path: string): string[] {
  return [path, path.replace('/infra/', '/mci/')]
}

const base = '/ns/{nsId}/infra/{infraId}/vpn'

/** Site-to-site VPNs. They belong to the namespace: the infra in the path is a matter of form. */
export function addVpns(api: Api, routes: VpnRoutes): void {
  const { vpns, vnets, runs, clouds, answers } = routes
  const info = async (namespace: string, id: string): Promise<z.input<typeof vpnInfo>> => vpnInfoOf(await vpns.get(namespace, id), answers)

  api.add({
    id: 'listVpns', method: 'get', paths: bothEras(base), tag, scope: 'read', isLarge: true, summary: 'List VPNs',
    description: 'All of the namespace, as they are on record; no cloud is asked.',
    params: oneInfra, query: z.object({ option: z.string().optional().describe('`IdList`, which is the default, lists ids, as `vpnIdList`; `InfoList` the VPNs themselves, as `vpnInfoList`. Anything else answers 400') }), body: noBody,
    answers: { 200: z.union([z.object({ vpnIdList: z.array(z.string()) }), z.object({ vpnInfoList: z.array(vpnInfo) })]) },
  }, async ({ params, query }) => {
    const option = query.option ?? 'IdList'
    if (option !== 'IdList' && option !== 'InfoList') throw new Problem('PARAMETER_INVALID', `invalid option (${option}); use IdList or InfoList`)
    const all = await vpns.list(params.nsId)
    return { status: 200, body: option === 'IdList' ? { vpnIdList: all.map(({ id }) => id) } : { vpnInfoList: all.map((found) => vpnInfoOf(found, answers)) } }
  })

  api.add({
    id: 'createVpn', method: 'post', paths: bothEras(base), tag, scope: 'write', summary: 'Create a VPN between two vNets of any clouds',
    description: creation,
    params: oneInfra, query: z.object({ action: z.string().optional().describe('`retry`, in any case, goes on with a VPN whose creation failed: of the body only `name` is read then, and one that did not fail answers 409. Where there is none of that name, it is created. Anything else but nothing answers 400') }), body: vpnRequest, answers: { 200: vpnInfo, ...orStarted }, headers: prefer,
  }, async ({ params, query, body, context }) => {
    const action = (query.action ?? '').toLowerCase()
    if (action !== '' && action !== 'retry') throw new Problem('PARAMETER_INVALID', `invalid action (${query.action}); use retry, or none`)
    const existing = action === 'retry' && (await vpns.list(params.nsId)).some(({ id }) => id === body.name)
    const known = await vnets.list(params.nsId)
    const create = async (): Promise<Run> => {
      const order = vpnOrderOf(body, known, clouds)
      return inWordsOfRequest(order, known, clouds, vpns.create(params.nsId, order))
    }
    const settled = await settle(context, runs, () => (existing ? vpns.retry(params.nsId, body.name) : create()))
    return settled instanceof Response ? settled : { status: 200, body: await info(params.nsId, body.name) }
  })

  api.add({
    id: 'getVpn', method: 'get', paths: bothEras(`${base}/{vpnId}`), tag, scope: 'read', summary: 'Get a VPN',
    params: oneVpn, query: z.object({ refresh: z.string().optional().describe('`false` or `0` for what is on record; else, and when left out, the clouds are asked, unless a run is changing the VPN or a gateway that it uses') }), body: noBody, answers: { 200: vpnInfo, ...orStarted }, headers: prefer,
  }, async ({ params, query, context }) => {
    await vpns.get(params.nsId, params.vpnId)
    if (flagOf(query.refresh) !== false) {
      const settled = await refreshed(routes, context, params.nsId, params.vpnId)
      if (settled instanceof Response) return settled
    }
    return { status: 200, body: await info(params.nsId, params.vpnId) }
  })

  api.add({
    id: 'deleteVpn', method: 'delete', paths: bothEras(`${base}/{vpnId}`), tag, scope: 'write', summary: 'Delete a VPN',
    description: 'Deletes the link, each gateway that no other VPN uses, and what the VPN added to its vNets, such as a subnet for the gateway; vNets stay. When deleting fails, the VPN stays on record, `Failed` with the reason `DeletionFailed`: delete it again.',
    params: oneVpn, query: z.object({ option: z.string().optional().describe('`reconcile` deletes nothing in the clouds: record and clouds are compared, and a record that nothing stands behind is removed. One that is not on record is no 404 then. Anything else but nothing answers 400') }), body: noBody, answers: { 200: z.union([simpleMessage, reconcileAnswer]), ...orStarted }, headers: prefer,
  }, async ({ params, query, context }) => {
    const { nsId, vpnId } = params
    if (query.option === 'reconcile') return reconciled(routes, context, nsId, vpnId)
    if (query.option !== undefined && query.option !== '') throw new Problem('PARAMETER_INVALID', `invalid option (${query.option}); use reconcile, or none`)
    const settled = await settle(context, runs, () => vpns.remove(nsId, vpnId))
    return settled instanceof Response ? settled : { status: 200, body: { message: `successfully deleted the site-to-site VPN (${vpnId})` } }
  })

  api.add({
    id: 'checkVpnHealth', method: 'post', paths: bothEras(`${base}/{vpnId}/health`), tag, scope: 'read', summary: 'Ask whether the two ends of a VPN reach each other',
    description: 'Answered from the state of the tunnels as the clouds report it; nobody logs in anywhere.',
    params: oneVpn, query: nothing, body: healthRequest, answers: { 200: healthAnswer, ...orStarted }, headers: prefer,
  }, async ({ params, context }) => {
    await vpns.get(params.nsId, params.vpnId)
    const settled = await refreshed(routes, context, params.nsId, params.vpnId)
    if (settled instanceof Response) return settled
    const { doc } = await vpns.get(params.nsId, params.vpnId)
    return { status: 200, body: healthOf(params.vpnId, doc, await pingEnds(routes, params.nsId, params.infraId, doc), 1) }
  })
}

/** Asks the clouds, unless a run changes the VPN or what it uses: what is on record is then the newest there is. @returns whether they were asked */
async function refreshed({ vpns, runs }: VpnRoutes, context: Parameters<typeof settle>[0], namespace: string, id: string): Promise<Response | { readonly isRead: boolean }> {
  const run = await vpns.refresh(namespace, id)
  if (!run) return { isRead: false }
  const settled = await settle(context, runs, run)
  return settled instanceof Response ? settled : vpnRefreshed.parse(settled.run.result)
}

async function reconciled(routes: VpnRoutes, context: Parameters<typeof settle>[0], namespace: string, id: string): Promise<Response | { readonly status: 200; readonly body: z.input<typeof reconcileAnswer> }> {
  const found = (await routes.vpns.list(namespace)).find((vpn) => vpn.id === id)
  if (!found) return { status: 200, body: { vpnId: id, metadataStatus: 'NotFound', cspResourceStatus: 'Skipped', action: 'NoActionNeeded', message: `does not exist, vpn: ${id}` } }
  const before = statusOf(found.doc.conditions)
  const settled = await refreshed(routes, context, namespace, id)
  if (settled instanceof Response) return settled
  const { doc } = await routes.vpns.get(namespace, id)
  const after = statusOf(doc.conditions)
  if (!settled.isRead) return { status: 200, body: { vpnId: id, metadataStatus: 'Found', cspResourceStatus: 'Skipped', action: 'NoActionNeeded', message: `${id} is ${after}; a run is changing it or a gateway that it uses, so the clouds were not asked` } }
  if (doc.tunnels.length === 0 && doc.sites.every(({ resources }) => resources.length === 0)) {
    const removed = await settle(context, routes.runs, await routes.vpns.remove(namespace, id))
    if (removed instanceof Response) return removed
    return { status: 200, body: { vpnId: id, metadataStatus: 'Found', cspResourceStatus: 'NotFound', action: 'MetadataRemoved', message: `the clouds hold nothing of ${id}; its record was removed` } }
  }
  const restored = before !== after && after === 'Available'
  return { status: 200, body: { vpnId: id, metadataStatus: 'Found', cspResourceStatus: 'Exists', action: restored ? 'StatusRestored' : 'NoActionNeeded', message: doc.message || `${id} is ${after}` } }
}

async function pingEnds({ infras, clouds }: VpnRoutes, namespace: string, infra: string, vpn: Vpn): Promise<[PingEnd, PingEnd]> {
  const nodes = (await infras.find(namespace, infra))?.doc.nodes ?? []
  const endOf = (site: Vpn['sites'][0]): PingEnd => {
    const found = nodes.find(({ vnet }) => vnet === site.vnet)
    return { nodeId: found?.name ?? site.vnet, privateIp: found?.privateIp ?? '', csp: clouds.connection(site.connection)?.cloud ?? '' }
  }
  return [endOf(vpn.sites[0]), endOf(vpn.sites[1])]
}
