import { z } from 'zod'
import { connectionAsked } from '../../cloud/holder.ts'
import { holderAndPrefer, prefer } from '../../http/headers.ts'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import { Problem } from '../../http/problem.ts'
import { nameSchema } from '../../identity/name.ts'
import { getSubnet } from '../../vnet/vnets.ts'
import { orStarted, settle } from '../../work/settle.ts'
import { simpleMessage } from '../dialect.ts'
import { inNamespace, oneSubnet, oneVnet } from '../path-parameters.ts'
import { descriptionField, nameForm } from '../request-fields.ts'
import { registerVnetRequest, subnetInfo, vnetInfo } from './vnet-models.ts'
import type { VnetRoutes } from './vnets.ts'

const registerSubnetRequest = z.object({
  name: nameSchema.describe(`Name of the subnet, and its id in paths. Unique in its vNet. ${nameForm}`),
  connectionName: z.string().min(1, 'the name of a connection is missing').describe('Connection of the vNet'),
  cspResourceId: z.string().min(1, 'the id of the subnet in its cloud is missing').describe('Id of the subnet as its cloud shows it, or its name there. One that is on record under another name is put under this one'),
  zone: z.string().optional().describe('Not read: the zone is the one that the cloud tells'),
  description: descriptionField,
}).meta({ id: 'RegisterSubnetReq' })

const tag = 'Registration'

/** Networks that a cloud holds already: put on record, and forgotten again without touching them. */
export function addRegistration(api: Api, { vnets, runs, clouds, answers }: VnetRoutes): void {
  api.add({
    id: 'registerVnet', method: 'post', paths: ['/ns/{nsId}/registerCspResource/vNet'], tag, scope: 'write', summary: 'Register a network that a cloud holds',
    description: 'Looks the network up and puts it on record with the subnets that it has, under their names in the cloud. Nothing is made or changed there. A network that no VPN can use is registered all the same, and `systemMessage` says what it lacks. One that the namespace has on record answers 409, under whatever name. Where it cannot be found, nothing is left on record.',
    params: inNamespace, query: nothing, body: registerVnetRequest, answers: { 201: vnetInfo, ...orStarted }, headers: holderAndPrefer,
  }, async ({ params, body, context }) => {
    const connection = connectionAsked(body.connectionName, context.var.holder, clouds)
    const settled = await settle(context, runs, () => vnets.register(params.nsId, { ...body, connection, cspId: body.cspResourceId }))
    return settled instanceof Response ? settled : { status: 201, body: answers.vnet(await vnets.get(params.nsId, body.name)) }
  })

  api.add({
    id: 'registerSubnet', method: 'post', paths: ['/ns/{nsId}/registerCspResource/vNet/{vNetId}/subnet'], tag, scope: 'write', summary: 'Register a subnet of a registered network',
    description: 'For a subnet that was made in the cloud after its network was registered. A vNet that was made here answers 409: add the subnet instead.',
    params: oneVnet, query: nothing, body: registerSubnetRequest, answers: { 201: subnetInfo, ...orStarted }, headers: prefer,
  }, async ({ params, body, context }) => {
    const settled = await settle(context, runs, () => vnets.registerSubnet(params.nsId, params.vNetId, { ...body, connection: body.connectionName, cspId: body.cspResourceId }))
    if (settled instanceof Response) return settled
    const { doc } = await vnets.get(params.nsId, params.vNetId)
    return { status: 201, body: answers.subnet(doc, getSubnet(doc, body.name)) }
  })

  api.add({
    id: 'deregisterVnet', method: 'delete', paths: ['/ns/{nsId}/deregisterResource/vNet/{vNetId}', '/ns/{nsId}/deregisterCspResource/vNet/{vNetId}'], tag, scope: 'write', summary: 'Forget a vNet without touching its cloud',
    description: 'Also one that was made here: its cloud keeps it, and it can be registered again. Refused with 409 while a VPN ends at it.',
    params: oneVnet, query: z.object({ withSubnets: z.enum(['true', 'false']).optional().describe('`true` forgets the subnets as well; `false`, which is the default, answers 409 while there are any') }), body: noBody, answers: { 200: simpleMessage, ...orStarted }, headers: prefer,
  }, async ({ params, query, context }) => {
    const settled = await settle(context, runs, () => vnets.deregister(params.nsId, params.vNetId, { withSubnets: query.withSubnets === 'true' }))
    return settled instanceof Response ? settled : { status: 200, body: { message: `the vnet (${params.vNetId}) has been deregistered` } }
  })

  api.add({
    id: 'deregisterSubnet', method: 'delete', paths: ['/ns/{nsId}/deregisterResource/vNet/{vNetId}/subnet/{subnetId}', '/ns/{nsId}/deregisterCspResource/vNet/{vNetId}/subnet/{subnetId}'], tag, scope: 'write', summary: 'Forget a subnet of a registered network',
    description: 'Its cloud keeps it. A subnet of a vNet that was made here answers 409: delete it instead.',
    params: oneSubnet, query: nothing, body: noBody, answers: { 200: simpleMessage },
  }, async ({ params }) => {
    const { doc } = await vnets.get(params.nsId, params.vNetId)
    if (doc.origin !== 'registered') throw new Problem('IN_USE', `vNet ${params.vNetId} was made here; delete its subnet ${params.subnetId} instead`)
    await vnets.forgetSubnet(params.nsId, params.vNetId, params.subnetId)
    return { status: 200, body: { message: `the subnet (${params.subnetId}) has been deregistered` } }
  })
}
