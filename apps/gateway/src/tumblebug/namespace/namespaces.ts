import { z } from 'zod'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import { nameSchema } from '../../identity/name.ts'
import type { Namespace } from '../../namespace/namespace.ts'
import type { Namespaces } from '../../namespace/namespaces.ts'
import type { Stored } from '../../store/index.ts'
import { simpleMessage } from '../dialect.ts'
import { inNamespace } from '../path-parameters.ts'
import { nameForm } from '../request-fields.ts'

const namespaceRequest = z.object({
  name: nameSchema.describe(`Name of the namespace, and its id from then on: another name given later changes the name only. ${nameForm}`),
  description: z.string().optional().describe('Any text, for people. Left out, it is empty in a new namespace and stays as it is in an old one'),
}).meta({ id: 'NsReq' })
const namespaceInfo = z.object({ resourceType: z.literal(''), id: z.string().describe('What paths call it; never changes'), name: z.string(), description: z.string() }).meta({ id: 'NsInfo' })
const list = z.union([z.object({ ns: z.array(namespaceInfo) }), z.object({ output: z.array(z.string()) })]).meta({ id: 'NsList' })
const tag = 'Namespaces'

/** Namespaces: create, list, get, change, delete, and ask whether one is there. */
export function addNamespaces(api: Api, namespaces: Namespaces): void {
  api.add({
    id: 'createNs', method: 'post', paths: ['/ns'], tag, scope: 'write', summary: 'Create a namespace',
    description: 'A name that exists already answers 409.',
    params: nothing, query: nothing, body: namespaceRequest, answers: { 200: namespaceInfo },
  }, async ({ body }) => ({ status: 200, body: infoOf(await namespaces.create(body)) }))

  api.add({ id: 'listNs', method: 'get', paths: ['/ns'], tag, scope: 'read', summary: 'List namespaces', params: nothing, query: z.object({ option: z.string().optional().describe('`id` lists ids only, as `output`; anything else, or nothing, lists the namespaces, as `ns`') }), body: noBody, answers: { 200: list } },
    async ({ query }) => {
      const all = await namespaces.list()
      return { status: 200, body: query.option === 'id' ? { output: all.map(({ id }) => id) } : { ns: all.map(infoOf) } }
    })

  api.add({
    id: 'deleteAllNs', method: 'delete', paths: ['/ns'], tag, scope: 'write', summary: 'Delete all namespaces',
    description: 'All of them go, or none where one of them still holds a vNet or an infra (409). Templates go with their namespace.',
    params: nothing, query: nothing, body: noBody, answers: { 200: simpleMessage },
  }, async () => {
    await namespaces.removeAll()
    return { status: 200, body: { message: 'All namespaces has been deleted' } }
  })

  api.add({ id: 'getNs', method: 'get', paths: ['/ns/{nsId}'], tag, scope: 'read', summary: 'Get a namespace', params: inNamespace, query: nothing, body: noBody, answers: { 200: namespaceInfo } },
    async (request) => ({ status: 200, body: infoOf(await namespaces.get(request.params.nsId)) }))

  api.add({
    id: 'updateNs', method: 'put', paths: ['/ns/{nsId}'], tag, scope: 'write', summary: 'Change a namespace',
    description: 'Changes the name that is shown and the description. The id, which paths use, stays.',
    params: inNamespace, query: nothing, body: namespaceRequest, answers: { 200: namespaceInfo },
  }, async (request) => ({ status: 200, body: infoOf(await namespaces.update(request.params.nsId, request.body)) }))

  api.add({
    id: 'deleteNs', method: 'delete', paths: ['/ns/{nsId}'], tag, scope: 'write', summary: 'Delete a namespace',
    description: 'One that still holds a vNet or an infra answers 409 and stays. Its templates go with it.',
    params: inNamespace, query: nothing, body: noBody, answers: { 200: simpleMessage },
  }, async (request) => {
    await namespaces.remove(request.params.nsId)
    return { status: 200, body: { message: `The ns ${request.params.nsId} has been deleted` } }
  })

  api.add({
    id: 'checkNs', method: 'get', paths: ['/checkNs/{nsId}'], tag, scope: 'read', summary: 'Ask whether a namespace is there',
    description: 'Answers `true` or `false`, and no object. One that does not exist is `false`, not 404.',
    params: inNamespace, query: nothing, body: noBody, answers: { 200: z.boolean() },
  }, async (request) => ({ status: 200, body: (await namespaces.find(request.params.nsId)) !== undefined }))
}

function infoOf({ id, doc }: Stored<Namespace>): z.input<typeof namespaceInfo> {
  return { resourceType: '', id, name: doc.name, description: doc.description }
}
