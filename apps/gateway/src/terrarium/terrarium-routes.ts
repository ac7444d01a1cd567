import { z } from 'zod'
import { holder } from '../http/headers.ts'
import { noBody, nothing, type Api } from '../http/operation.ts'
import { Problem } from '../http/problem.ts'
import type { Readiness } from '../readiness/readiness.ts'
import type { TofuSearch } from '../stacks/index.ts'
import type { Stored } from '../store/index.ts'
import { envelope } from './dialect.ts'
import { oneTerrarium } from './path-parameters.ts'
import type { Terrarium } from './terrarium.ts'
import type { Terrariums } from './terrariums.ts'

const tag = 'Terrariums'
const creation = z.object({
  name: z.string().regex(/^[A-Za-z0-9_-]{1,50}$/, 'a name has up to 50 letters, digits, _ and -').describe('Name of the terrarium, and its id in paths: 1 to 50 letters, digits, `_` and `-`. Unique: one that exists answers 409'),
  description: z.string().optional().describe('Any text, for people. Empty when left out'),
}).meta({ id: 'TerrariumCreationRequest' })

/** A terrarium as answers show it, without an envelope. */
const info = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  enrichments: z.string().optional().describe('Purpose, such as `vpn/site-to-site`; not there while it has none'),
  providers: z.array(z.string()).optional().describe('Keys of the two ends; not there until they are named'),
  credentialProfile: z.string().describe('Credential holder who made it'),
}).meta({ id: 'TerrariumInfo' })

/** Readiness, and terrariums themselves. */
export function addTerrariums(api: Api, terrariums: Terrariums, readiness: Readiness, tofu: TofuSearch): void {
  api.add({ id: 'terrariumReadyz', method: 'get', paths: ['/readyz'], tag, scope: 'open', summary: 'Ask whether the gateway is ready', params: nothing, query: nothing, body: noBody, answers: { 200: envelope, 503: envelope } },
    async () => {
      const { ready, problems } = await readiness.state()
      return ready ? { status: 200, body: { success: true, message: 'mc-terrarium server is ready' } } : { status: 503, body: { success: false, message: `mc-terrarium server is NOT ready: ${problems.join('; ')}` } }
    })

  api.add({ id: 'terrariumHttpVersion', method: 'get', paths: ['/httpVersion'], tag, scope: 'open', summary: 'Ask for the version of HTTP', params: nothing, query: nothing, body: noBody, answers: { 200: envelope } },
    async () => ({ status: 200, body: { success: true, message: 'HTTP/1.1' } }))

  api.add({ id: 'tofuVersion', method: 'get', paths: ['/tofuVersion'], tag, scope: 'read', summary: 'Ask for the version of OpenTofu', params: nothing, query: nothing, body: noBody, answers: { 200: envelope } },
    async () => {
      const { found, problem } = tofu
      if (!found) throw new Problem('UNAVAILABLE', problem ?? 'OpenTofu was not found', { retryAfter: 5 })
      return { status: 200, body: { success: true, message: `OpenTofu v${found.version}` } }
    })

  api.add({
    id: 'createTerrarium', method: 'post', paths: ['/tr'], tag, scope: 'write', summary: 'Create a terrarium',
    description: 'Makes nothing in a cloud. It belongs to the credential holder who asks; one that is not known answers 400.',
    params: nothing, headers: holder, query: nothing, body: creation, answers: { 200: info },
  }, async ({ body, context }) => ({ status: 200, body: infoOf(await terrariums.create(body.name, body.description ?? '', context.var.holder)) }))

  api.add({
    id: 'listTerrariums', method: 'get', paths: ['/tr'], tag, scope: 'read', summary: 'List terrariums',
    description: 'Those of all credential holders.',
    params: nothing, query: nothing, body: noBody, answers: { 200: z.array(info) },
  }, async () => ({ status: 200, body: (await terrariums.list()).map(infoOf) }))

  api.add({
    id: 'getTerrarium', method: 'get', paths: ['/tr/{trId}'], tag, scope: 'read', summary: 'Get a terrarium',
    description: 'Whoever made it. One that does not exist answers 400, as with the peer.',
    params: oneTerrarium, query: nothing, body: noBody, answers: { 200: info },
  }, async ({ params }) => {
    const found = await terrariums.find(params.trId)
    if (!found) throw new Problem('NOT_FOUND', `no terrarium with the given ID (trId: ${params.trId}); not found`)
    return { status: 200, body: infoOf(found) }
  })

  api.add({
    id: 'deleteTerrarium', method: 'delete', paths: ['/tr/{trId}'], tag, scope: 'write', summary: 'Delete a terrarium that holds nothing',
    description: 'One that still has a VPN answers 409, one that does not exist 400, and that of another credential holder 403.',
    params: oneTerrarium, headers: holder, query: nothing, body: noBody, answers: { 200: envelope },
  }, async ({ params, context }) => {
    const found = await terrariums.find(params.trId)
    if (found && found.doc.holder !== context.var.holder) throw new Problem('FORBIDDEN', `the terrarium (${params.trId}) belongs to another credential holder`)
    await terrariums.remove(params.trId)
    return { status: 200, body: { success: true, message: `the terrarium (${params.trId}) has been deleted` } }
  })
}

function infoOf({ id, doc: { name, description, holder, purpose, sites } }: Stored<Terrarium>): z.input<typeof info> {
  return { id, name, description, credentialProfile: holder, ...(purpose === undefined ? {} : { enrichments: purpose }), ...(sites.length === 0 ? {} : { providers: sites.map(({ key }) => key) }) }
}
