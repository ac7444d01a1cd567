import { z } from 'zod'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import type { NamedValue, NamedValues } from '../../named-value/named-values.ts'
import type { Stored } from '../../store/index.ts'
import { simpleMessage } from '../dialect.ts'

const configRequest = z.object({
  name: z.string().regex(/^[A-Za-z][\w.-]{0,127}$/, 'a name begins with a letter and has up to 128 letters, digits, _ . and -')
    .describe('Name, and the id in paths: up to 128 letters, digits, `_`, `.` and `-`, the first a letter. A text of the same name is replaced'),
  value: z.string().max(10_000).default('').describe('Any text of up to 10,000 characters; empty when left out. It is kept as it is and shown to every caller, so it is no place for secrets'),
}).meta({ id: 'ConfigReq' })
const configInfo = z.object({ id: z.string(), name: z.string(), value: z.string() }).meta({ id: 'ConfigInfo' })
const params = z.object({ configId: z.string().describe('Id of a text: the name that it is kept under') })
const tag = 'Configs'

/** Texts under names. The peers configure themselves with them; here they are kept for clients and change nothing. */
export function addConfigs(api: Api, values: NamedValues): void {
  api.add({
    id: 'setConfig', method: 'post', paths: ['/config'], tag, scope: 'write', summary: 'Keep a text under a name',
    description: 'Nothing of the gateway is configured with it.',
    params: nothing, query: nothing, body: configRequest, answers: { 200: configInfo },
  }, async ({ body }) => ({ status: 200, body: infoOf(await values.set(body)) }))

  api.add({ id: 'listConfigs', method: 'get', paths: ['/config'], tag, scope: 'read', summary: 'List the texts that are kept', params: nothing, query: nothing, body: noBody, answers: { 200: z.object({ config: z.array(configInfo) }) } },
    async () => ({ status: 200, body: { config: (await values.list()).map(infoOf) } }))

  api.add({ id: 'deleteConfigs', method: 'delete', paths: ['/config'], tag, scope: 'write', summary: 'Forget all texts', params: nothing, query: nothing, body: noBody, answers: { 200: simpleMessage } },
    async () => {
      await values.removeAll()
      return { status: 200, body: { message: 'All configs have been deleted' } }
    })

  api.add({ id: 'getConfig', method: 'get', paths: ['/config/{configId}'], tag, scope: 'read', summary: 'Get a text', params, query: nothing, body: noBody, answers: { 200: configInfo } },
    async (request) => ({ status: 200, body: infoOf(await values.get(request.params.configId)) }))

  api.add({ id: 'deleteConfig', method: 'delete', paths: ['/config/{configId}'], tag, scope: 'write', summary: 'Forget a text', params, query: nothing, body: noBody, answers: { 200: simpleMessage } },
    async (request) => {
      await values.remove(request.params.configId)
      return { status: 200, body: { message: `The config ${request.params.configId} has been deleted` } }
    })
}

function infoOf({ id, doc: { name, value } }: Stored<NamedValue>): z.input<typeof configInfo> {
  return { id, name, value }
}
