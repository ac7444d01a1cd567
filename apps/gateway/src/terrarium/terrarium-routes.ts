import { z } from 'zod'
import { noBody, nothing, type Api } from '../http/operation.ts'
import { Problem } from '../http/problem.ts'
import type { Readiness } from '../readiness/readiness.ts'
import type { Stored } from '../store/index.ts'
import { envelope } from './dialect.ts'
import type { Terrarium } from './terrarium.ts'
import type { Terrariums } from './terrariums.ts'

const tag = 'Terrariums'
const oneTerrarium = z.object({ trId: z.string() })
const creation = z.object({ name: z.string().regex(/^[A-Za-z0-9_-]{1,50}$/, 'a name has up to 50 letters, digits, _ and -'), description: z.string().optional() }).meta({ id: 'TerrariumCreationRequest' })

/** A terrarium as answers show it, without an envelope. */
const info = z.object({ id: z.string(), name: z.string(), description: z.string(), enrichments: z.string().optional(), providers: z.array(z.string()).optional(), credentialProfile: z.string() }).meta({ id: 'TerrariumInfo' })

/** Readiness, and terrariums themselves. */
export function addTerrariums(api: Api, terrariums: Terrariums, readiness: Readiness, tofuVersion: string): void {
  api.add({ id: 'terrariumReadyz', method: 'get', paths: ['/readyz'], tag, scope: 'open', summary: 'Ask whether the gateway is ready', params: nothing, query: nothing, body: noBody, answers: { 200: envelope, 503: envelope } },
    async () => {
      const { ready } = await readiness.state()
      return ready ? { status: 200, body: { success: true, message: 'mc-terrarium server is ready' } } : { status: 503, body: { success: false, message: 'mc-terrarium server is NOT ready' } }
    })

  api.add({ id: 'terrariumHttpVersion', method: 'get', paths: ['/httpVersion'], tag, scope: 'open', summary: 'Ask for the version of HTTP', params: nothing, query: nothing, body: noBody, answers: { 200: envelope } },
    async () => ({ status: 200, body: { success: true, message: 'HTTP/1.1' } }))

  api.add({ id: 'tofuVersion', method: 'get', paths: ['/tofuVersion'], tag, scope: 'read', summary: 'Ask for the version of OpenTofu', params: nothing, query: nothing, body: noBody, answers: { 200: envelope } },
    async () => ({ status: 200, body: { success: true, message: `OpenTofu v${tofuVersion}` } }))

  api.add({ id: 'createTerrarium', method: 'post', paths: ['/tr'], tag, scope: 'write', summary: 'Create a terrarium', params: nothing, query: nothing, body: creation, answers: { 200: info } },
    async ({ body, context }) => ({ status: 200, body: infoOf(await terrariums.create(body.name, body.description ?? '', context.var.holder)) }))

  api.add({ id: 'listTerrariums', method: 'get', paths: ['/tr'], tag, scope: 'read', summary: 'List terrariums', params: nothing, query: nothing, body: noBody, answers: { 200: z.array(info) } },
    async () => ({ status: 200, body: (await terrariums.list()).map(infoOf) }))

  api.add({ id: 'getTerrarium', method: 'get', paths: ['/tr/{trId}'], tag, scope: 'read', summary: 'Get a terrarium', params: oneTerrarium, query: nothing, body: noBody, answers: { 200: info } },
    async ({ params }) => {
      const found = await terrariums.find(params.trId)
      if (!found) throw new Problem('NOT_FOUND', `no terrarium with the given ID (trId: ${params.trId}); not found`)
      return { status: 200, body: infoOf(found) }
    })

  api.add({ id: 'deleteTerrarium', method: 'delete', paths: ['/tr/{trId}'], tag, scope: 'write', summary: 'Delete a terrarium that holds nothing', params: oneTerrarium, query: nothing, body: noBody, answers: { 200: envelope } },
    async ({ params, context }) => {
      const found = await terrariums.find(params.trId)
      if (found && found.doc.holder !== context.var.holder) throw new Problem('FORBIDDEN', `the terrarium (${params.trId}) belongs to another credential holder`)
      await terrariums.remove(params.trId)
      return { status: 200, body: { success: true, message: `the terrarium (${params.trId}) has been deleted` } }
    })
}

function infoOf({ id, doc: { name, description, holder, purpose, sites } }: Stored<Terrarium>): z.input<typeof info> {
  return { id, name, description, credentialProfile: holder, ...(purpose === undefined ? {} : { enrichments: purpose }), ...(sites.length === 0 ? {} : { providers: sites.map(({ key }) => key) }) }
}
