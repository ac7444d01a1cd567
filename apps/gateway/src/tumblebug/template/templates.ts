import { parseCidr } from '@isthmus/core'
import { z } from 'zod'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import { Problem } from '../../http/problem.ts'
import { nameSchema } from '../../identity/name.ts'
import type { Stored } from '../../store/index.ts'
import type { Template } from '../../template/template.ts'
import type { Templates } from '../../template/templates.ts'
import { orStarted, settle } from '../../work/settle.ts'
import { simpleMessage } from '../dialect.ts'
import { vnetInfo, vnetRequest } from '../vnet/vnet-models.ts'
import { orderOf, type VnetRoutes } from '../vnet/vnets.ts'

/** Clients in Go write an empty text for what nobody set. */
const policyBlock = z.string()
  .overwrite((text) => (['', 'auto'].includes(text.toLowerCase()) ? 'auto' : text))
  .refine((text) => text === 'auto' || parseCidr(text).ok, 'give auto, or a block such as 10.0.0.0/16')

const vnetPolicy = z.object({
  cidrBlock: policyBlock.default('auto').describe('`auto`, or a block'),
  subnetCount: z.int().min(1).max(256).default(1),
  multiZone: z.boolean().default(false),
  dedicated: z.boolean().default(false),
}).meta({ id: 'VNetPolicy' })

const templateRequest = z.object({ name: nameSchema, description: z.string().optional(), vNetPolicy: vnetPolicy.optional(), vNetReq: vnetRequest.optional() }).meta({ id: 'VNetTemplateReq' })
const templateInfo = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  resourceType: z.literal('vNet'),
  source: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  vNetPolicy: vnetPolicy.optional(),
  vNetReq: vnetRequest.optional(),
}).meta({ id: 'VNetTemplateInfo' })
const applyRequest = z.object({ name: nameSchema, description: z.string().optional() }).meta({ id: 'VNetTemplateApplyReq' })

const tag = 'vNet templates'
const inNamespace = z.object({ nsId: z.string() })
const oneTemplate = z.object({ nsId: z.string(), templateId: z.string() })
const base = '/ns/{nsId}/template/vNet'

/** Templates of vNets, and vNets made from them. */
export function addTemplates(api: Api, templates: Templates, { vnets, runs, answers }: VnetRoutes): void {
  api.add({ id: 'createVnetTemplate', method: 'post', paths: [base], tag, scope: 'write', summary: 'Create a template', params: inNamespace, query: nothing, body: templateRequest, answers: { 200: templateInfo } },
    async ({ params, body }) => ({ status: 200, body: infoOf(await templates.create(params.nsId, templateOf(body))) }))

  api.add({ id: 'listVnetTemplates', method: 'get', paths: [base], tag, scope: 'read', summary: 'List templates', params: inNamespace, query: z.object({ filterKeyword: z.string().optional() }), body: noBody, answers: { 200: z.object({ templates: z.array(templateInfo) }) } },
    async ({ params, query }) => ({ status: 200, body: { templates: (await templates.list(params.nsId, query.filterKeyword)).map(infoOf) } }))

  api.add({ id: 'deleteVnetTemplates', method: 'delete', paths: [base], tag, scope: 'write', summary: 'Delete all templates', params: inNamespace, query: nothing, body: noBody, answers: { 200: simpleMessage } },
    async ({ params }) => {
      await templates.removeAll(params.nsId)
      return { status: 200, body: { message: `All vNet templates of ${params.nsId} have been deleted` } }
    })

  api.add({ id: 'getVnetTemplate', method: 'get', paths: [`${base}/{templateId}`], tag, scope: 'read', summary: 'Get a template', params: oneTemplate, query: nothing, body: noBody, answers: { 200: templateInfo } },
    async ({ params }) => ({ status: 200, body: infoOf(await templates.get(params.nsId, params.templateId)) }))

  api.add({ id: 'updateVnetTemplate', method: 'put', paths: [`${base}/{templateId}`], tag, scope: 'write', summary: 'Change a template', params: oneTemplate, query: nothing, body: templateRequest, answers: { 200: templateInfo } },
    async ({ params, body }) => ({ status: 200, body: infoOf(await templates.update(params.nsId, params.templateId, templateOf(body))) }))

  api.add({ id: 'deleteVnetTemplate', method: 'delete', paths: [`${base}/{templateId}`], tag, scope: 'write', summary: 'Delete a template', params: oneTemplate, query: nothing, body: noBody, answers: { 200: simpleMessage } },
    async ({ params }) => {
      await templates.remove(params.nsId, params.templateId)
      return { status: 200, body: { message: `The vNet template ${params.templateId} has been deleted` } }
    })

  api.add({ id: 'applyVnetTemplate', method: 'post', paths: ['/ns/{nsId}/resources/vNet/template/{templateId}'], tag, scope: 'write', summary: 'Make a vNet from a template', params: oneTemplate, query: nothing, body: applyRequest, answers: { 200: vnetInfo, ...orStarted } },
    async ({ params, body, context }) => {
      const { vnet } = (await templates.get(params.nsId, params.templateId)).doc
      if (!vnet) throw new Problem('PARAMETER_INVALID', `the vNet template ${params.templateId} holds a policy; only one that holds a vNetReq can be applied by itself`)
      const settled = await settle(context, runs, () => vnets.create(params.nsId, { ...vnet, name: body.name, description: body.description ?? vnet.description }))
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
