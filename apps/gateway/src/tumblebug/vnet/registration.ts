import { z } from 'zod'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import { Problem } from '../../http/problem.ts'
import { nameSchema } from '../../identity/name.ts'
import { getSubnet } from '../../vnet/vnets.ts'
import { orStarted, settle } from '../../work/settle.ts'
import { simpleMessage } from '../dialect.ts'
import { registerVnetRequest, subnetInfo, vnetInfo } from './vnet-models.ts'
import type { VnetRoutes } from './vnets.ts'

const registerSubnetRequest = z.object({
  name: nameSchema,
  connectionName: z.string().min(1, 'the name of a connection is missing'),
  cspResourceId: z.string().min(1, 'the id of the subnet in its cloud is missing'),
  zone: z.string().optional(),
  description: z.string().optional(),
}).meta({ id: 'RegisterSubnetReq' })

const tag = 'Registration'
const ofVnet = z.object({ nsId: z.string(), vNetId: z.string() })

/** Networks that a cloud holds already: put on record, and forgotten again without touching them. */
export function addRegistration(api: Api, { vnets, runs, answers }: VnetRoutes): void {
  api.add({ id: 'registerVnet', method: 'post', paths: ['/ns/{nsId}/registerCspResource/vNet'], tag, scope: 'write', summary: 'Register a network that a cloud holds', description: '`cspResourceId` is the id as the cloud shows it, and as `cspResourceId` of a vNet shows it; a refusal says what ids of the cloud look like.', params: z.object({ nsId: z.string() }), query: nothing, body: registerVnetRequest, answers: { 201: vnetInfo, ...orStarted } },
    async ({ params, body, context }) => {
      const settled = await settle(context, runs, () => vnets.register(params.nsId, { ...body, connection: body.connectionName, cspId: body.cspResourceId }))
      return settled instanceof Response ? settled : { status: 201, body: answers.vnet(await vnets.get(params.nsId, body.name)) }
    })

  api.add({ id: 'registerSubnet', method: 'post', paths: ['/ns/{nsId}/registerCspResource/vNet/{vNetId}/subnet'], tag, scope: 'write', summary: 'Register a subnet of a registered network', params: ofVnet, query: nothing, body: registerSubnetRequest, answers: { 201: subnetInfo, ...orStarted } },
    async ({ params, body, context }) => {
      const settled = await settle(context, runs, () => vnets.registerSubnet(params.nsId, params.vNetId, { ...body, connection: body.connectionName, cspId: body.cspResourceId }))
      if (settled instanceof Response) return settled
      const { doc } = await vnets.get(params.nsId, params.vNetId)
      return { status: 201, body: answers.subnet(doc, getSubnet(doc, body.name)) }
    })

  api.add({
    id: 'deregisterVnet', method: 'delete', paths: ['/ns/{nsId}/deregisterResource/vNet/{vNetId}', '/ns/{nsId}/deregisterCspResource/vNet/{vNetId}'], tag, scope: 'write', summary: 'Forget a vNet without touching its cloud',
    params: ofVnet, query: z.object({ withSubnets: z.enum(['true', 'false']).optional() }), body: noBody, answers: { 200: simpleMessage, ...orStarted },
  }, async ({ params, query, context }) => {
    const settled = await settle(context, runs, () => vnets.deregister(params.nsId, params.vNetId, { withSubnets: query.withSubnets === 'true' }))
    return settled instanceof Response ? settled : { status: 200, body: { message: `the vnet (${params.vNetId}) has been deregistered` } }
  })

  api.add({
    id: 'deregisterSubnet', method: 'delete', paths: ['/ns/{nsId}/deregisterResource/vNet/{vNetId}/subnet/{subnetId}', '/ns/{nsId}/deregisterCspResource/vNet/{vNetId}/subnet/{subnetId}'], tag, scope: 'write', summary: 'Forget a subnet of a registered network',
    params: z.object({ nsId: z.string(), vNetId: z.string(), subnetId: z.string() }), query: nothing, body: noBody, answers: { 200: simpleMessage },
  }, async ({ params }) => {
    const { doc } = await vnets.get(params.nsId, params.vNetId)
    if (doc.origin !== 'registered') throw new Problem('IN_USE', `vNet ${params.vNetId} was made here; delete its subnet ${params.subnetId} instead`)
    await vnets.forgetSubnet(params.nsId, params.vNetId, params.subnetId)
    return { status: 200, body: { message: `the subnet (${params.subnetId}) has been deregistered` } }
  })
}
