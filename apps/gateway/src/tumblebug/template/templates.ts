import { parseCidr } from '@isthmus/core'
import { z } from 'zod'
import { connectionAsked } from '../../cloud/holder.ts'
import { holderAndPrefer } from '../../http/headers.ts'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import { Problem } from '../../http/problem.ts'
import type { Stored } from '../../store/index.ts'
import type { Template } from '../../template/template.ts'
import type { Templates } from '../../template/templates.ts'
import { orStarted, settle } from '../../work/settle.ts'
import { simpleMessage } from '../dialect.ts'
import { inNamespace, oneTemplate } from '../path-parameters.ts'
import { descriptionField, nameForm, nameOf } from '../request-fields.ts'
import { vnetInfo, vnetRequest } from '../vnet/vnet-models.ts'
import { orderOf, type VnetRoutes } from '../vnet/vnets.ts'

/** Clients in Go write an empty text for what nobody set. */
const policyBlock = z.string()
  .overwrite((text) => (['', 'auto'].includes(text.toLowerCase()) ? 'auto' : text))
  .refine((text) => text === 'auto' || parseCidr(text).ok, 'give auto, or a block such as 10.0.0.0/16')

const vnetPolicy = z.object({
  cidrBlock: policyBlock.default('auto').describe('`auto`, also when empty or left out: the first /16 of 10.0.0.0/8 that is free in the namespace. Or a block such as `10.5.0.0/16`, which only one vNet can have: a second one by the same template is refused'),
  subnetCount: z.int().min(1).max(256).default(1).describe('Subnets, 1 to 256; 1 when left out. They are of one size: a quarter of the block, or smaller where there are more than four'),
  multiZone: z.boolean().default(false).describe('Whether the subnets are spread over all zones of the region, where subnets of the cloud are in zones; else all are in the first zone. `false` when left out'),
  dedicated: z.boolean().default(false).describe('Kept and shown, and not read: nodes of a namespace on one connection always share a vNet'),
}).meta({ id: 'VNetPolicy', description: 'How vNets are made that nodes of an infra need' })

const templateRequest = z.object({
  name: nameOf('template').describe(`Name of the template, and its id in paths. Unique among those of the namespace. Not read by a change, for the id stays. ${nameForm}`),
  description: descriptionField,
  vNetPolicy: vnetPolicy.optional(),
  vNetReq: vnetRequest.optional(),
}).meta({ id: 'VNetTemplateReq' })
const templateInfo = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  resourceType: z.literal('vNet').describe('What it is a template of'),
  source: z.string().describe('`system` in the namespace of that name, else `user`'),
  createdAt: z.string(),
  updatedAt: z.string(),
  vNetPolicy: vnetPolicy.optional(),
  vNetReq: vnetRequest.optional(),
}).meta({ id: 'VNetTemplateInfo' })
const applyRequest = z.object({ name: nameOf('vNet'), description: z.string().optional().describe('Any text, for people. That of the template when left out') }).meta({ id: 'VNetTemplateApplyReq' })

const tag = 'vNet templates'
const base = '/ns/{nsId}/template/vNet'

/** Templates of vNets, and vNets made from them. */
export function addTemplates(api: Api, templates: Templates, { vnets, runs, clouds, answers }: VnetRoutes): void {
  api.add({
    id: 'createVnetTemplate', method: 'post', paths: [base], tag, scope: 'write', summary: 'Create a template',
    description: 'Of one vNet (`vNetReq`), to be made again under other names, so that its own `name` is not used; or of how vNets for nodes are made (`vNetPolicy`), which `vNetTemplateId` of an infra names. Both or neither answers 400. Whether a cloud takes the vNet is checked when one is made of it.',
    params: inNamespace, query: nothing, body: templateRequest, answers: { 200: templateInfo },
  }, async ({ params, body }) => ({ status: 200, body: infoOf(await templates.create(params.nsId, templateOf(body))) }))

  api.add({ id: 'listVnetTemplates', method: 'get', paths: [base], tag, scope: 'read', summary: 'List templates', params: inNamespace, query: z.object({ filterKeyword: z.string().optional().describe('Text that the name or the description contains, in any case; all templates when left out') }), body: noBody, answers: { 200: z.object({ templates: z.array(templateInfo) }) } },
    async ({ params, query }) => ({ status: 200, body: { templates: (await templates.list(params.nsId, query.filterKeyword)).map(infoOf) } }))

  api.add({
    id: 'deleteVnetTemplates', method: 'delete', paths: [base], tag, scope: 'write', summary: 'Delete all templates',
    description: 'What was made from them stays.',
    params: inNamespace, query: nothing, body: noBody, answers: { 200: simpleMessage },
  }, async ({ params }) => {
    await templates.removeAll(params.nsId)
    return { status: 200, body: { message: `All vNet templates of ${params.nsId} have been deleted` } }
  })

  api.add({ id: 'getVnetTemplate', method: 'get', paths: [`${base}/{templateId}`], tag, scope: 'read', summary: 'Get a template', params: oneTemplate, query: nothing, body: noBody, answers: { 200: templateInfo } },
    async ({ params }) => ({ status: 200, body: infoOf(await templates.get(params.nsId, params.templateId)) }))

  api.add({
    id: 'updateVnetTemplate', method: 'put', paths: [`${base}/{templateId}`], tag, scope: 'write', summary: 'Change a template',
    description: 'Puts all of the body in the place of what was there; what the body leaves out is gone. What was made from it stays as it is.',
    params: oneTemplate, query: nothing, body: templateRequest, answers: { 200: templateInfo },
  }, async ({ params, body }) => ({ status: 200, body: infoOf(await templates.update(params.nsId, params.templateId, templateOf(body))) }))

  api.add({
    id: 'deleteVnetTemplate', method: 'delete', paths: [`${base}/{templateId}`], tag, scope: 'write', summary: 'Delete a template',
    description: 'What was made from it stays.',
    params: oneTemplate, query: nothing, body: noBody, answers: { 200: simpleMessage },
  }, async ({ params }) => {
    await templates.remove(params.nsId, params.templateId)
    return { status: 200, body: { message: `The vNet template ${params.templateId} has been deleted` } }
  })

  api.add({
    id: 'applyVnetTemplate', method: 'post', paths: ['/ns/{nsId}/resources/vNet/template/{templateId}'], tag, scope: 'write', summary: 'Make a vNet from a template',
    description: 'As creating the vNet that the template holds, under another name. One that holds a policy answers 400: it is for the nodes of an infra.',
    params: oneTemplate, query: nothing, body: applyRequest, answers: { 200: vnetInfo, ...orStarted }, headers: holderAndPrefer,
  }, async ({ params, body, context }) => {
    const { vnet } = (await templates.get(params.nsId, params.templateId)).doc
    if (!vnet) throw new Problem('PARAMETER_INVALID', `the vNet template ${params.templateId} holds a policy; only one that holds a vNetReq can be applied by itself`)
    const connection = connectionAsked(vnet.connection, context.var.holder, clouds)
    const settled = await settle(context, runs, () => vnets.create(params.nsId, { ...vnet, connection, name: body.name, description: body.description ?? vnet.description }))
    return settled instanceof Response ? settled : { status: 200, body: answers.vnet(await vnets.get(params.nsId, body.name)) }
  })
}

function templateOf({ name, description = '', vNetPolicy, vNetReq }: z.output<typeof templateRequest>): Template {
  if ((vNetPolicy === undefined) === (vNetReq === undefined)) throw new Problem('BODY_INVALID', 'give exactly one of vNetPolicy and vNetReq')
  const vnet = vNetReq && orderOf(vNetReq)
  return {
    name,
    description,
    ...(vNetPolicy ? { policy: vNetPolicy } : {}),
    ...(vnet ? { vnet: { name: vnet.name, connection: vnet.connection, cidr: vnet.cidr ?? '', description: vnet.description ?? '', subnets: vnet.subnets.map((subnet) => ({ name: subnet.name, cidr: subnet.cidr, zone: subnet.zone ?? '', description: subnet.description ?? '' })) } } : {}),
  }
}

function infoOf({ scope, id, createdAt, updatedAt, doc: { name, description, policy, vnet } }: Stored<Template>): z.input<typeof templateInfo> {
  return {
    id,
    name,
    description,
    resourceType: 'vNet',
    source: scope === 'system' ? 'system' : 'user',
    createdAt,
    updatedAt,
    ...(policy ? { vNetPolicy: policy } : {}),
    ...(vnet ? { vNetReq: { name: vnet.name, connectionName: vnet.connection, cidrBlock: vnet.cidr, description: vnet.description, subnetInfoList: vnet.subnets.map(({ cidr, ...subnet }) => ({ ...subnet, ipv4_CIDR: cidr })) } } : {}),
  }
}
