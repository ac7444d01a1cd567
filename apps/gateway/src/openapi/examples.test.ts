import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { GatewayLab, textAt } from '../../test/lab/gateway-lab.fixture.ts'

const example = z.object({ value: z.unknown() })
const operation = z.object({
  operationId: z.string(),
  tags: z.array(z.string()),
  parameters: z.array(z.object({ name: z.string(), in: z.string(), example: z.string().optional() })).default([]),
  requestBody: z.object({ content: z.object({ 'application/json': z.object({ examples: z.record(z.string(), example).default({}) }) }) }).optional(),
})
const document = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)), tags: z.array(z.object({ name: z.string() })) })

interface Try {
  readonly method: string
  readonly path: string
  readonly bodies: readonly unknown[]
}

let lab: GatewayLab
let tags: readonly string[]
let operations: ReadonlyMap<string, Try>
let tagsInUse: ReadonlySet<string>

beforeAll(async () => {
  lab = await GatewayLab.open()
  const { paths, tags: told } = document.parse(await (await fetch(`${lab.url}/openapi.json`)).json())
  const all = Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, item]) => ({ path, method, ...item })))
  tags = told.map(({ name }) => name)
  tagsInUse = new Set(all.flatMap((item) => item.tags))
  operations = new Map(all.map(({ operationId, path, method, parameters, requestBody }) => {
    const values = new Map(parameters.map(({ name, example: value }) => [name, value ?? '']))
    const bodies = Object.values(requestBody?.content['application/json'].examples ?? {}).map(({ value }) => value)
    return [operationId, { method: method.toUpperCase(), path: path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values.get(name) ?? ''), bodies: requestBody ? bodies : [undefined] }]
  }))
}, 60_000)
afterAll(() => lab.close())

/** Sends all bodies of an operation as the page shows them. */
async function send(id: string): Promise<unknown[]> {
  const { method, path, bodies } = operations.get(id) ?? { method: '', path: '', bodies: [] }
  const answers = []
  for (const body of bodies) answers.push(await lab.done(method, path, { body }))
  return answers
}

it('every group of operations is described, and no other', () => {
  expect([...tags].sort()).toEqual([...tagsInUse].sort())
})

it('every operation with a body has an example of it', () => {
  expect([...operations].filter(([, { bodies }]) => bodies.length === 0).map(([id]) => id)).toEqual([])
})

/** Requests that build on each other, in an order in which all of them succeed. */
const story = [
  'createVnet', 'createSubnet', 'checkResource', 'createVpn', 'getVpn', 'checkVpnHealth', 'deleteVpn', 'deleteSubnet',
  'createVnetTemplate', 'updateVnetTemplate', 'applyVnetTemplate', 'deleteVnetTemplate', 'createInfra', 'getInfra', 'deleteInfra', 'createMci',
]
const single = ['createNs', 'updateNs', 'designNet', 'validateNet', 'designVnet', 'setConfig', 'getConfig', 'getConnection', 'getCredentialHolder', 'listRegions', 'getRegion', 'planOrder', 'getFacts']

describe('examples can be sent as they are', () => {
  it.concurrent('from the first vNet to the last node', async () => {
    for (const id of story) expect(await send(id), id).not.toEqual([])
  })

  it.concurrent('from an order to its end', async () => {
    expect(await send('validateOrder')).toEqual([expect.objectContaining({ ok: true })])
    for (const id of ['applyOrder', 'refreshOrder', 'destroyOrder']) {
      const [answer] = await send(id)
      const events = await lab.done('GET', `/isthmus/v1/runs/${textAt(answer, 'run', 'id')}/events`)
      expect(events).toContain('"state":"done"')
    }
  })

  it.each(single)('%s', async (id) => {
    expect(await send(id)).not.toEqual([])
  })
})

/** What a body of each kind is followed by, so that the terrarium is free for the next. */
const kinds = [['awsToSiteInit', 'awsToSiteEmptyout'], ['siteToSiteInit', 'siteToSiteEmptyout'], ['vpnGcpAwsInfracode', 'vpnGcpAwsDeleteEnv'], ['vpnGcpAzureInfracode', 'vpnGcpAzureDeleteEnv']] as const

it('examples that name networks of a cloud are accepted', async () => {
  await send('createTerrarium')
  for (const [naming, end] of kinds) {
    expect(await send(naming), naming).not.toEqual([])
    await send(end)
  }
  expect(operations.get('awsToSiteCreate')?.bodies).toEqual(operations.get('awsToSiteInit')?.bodies)
  expect(operations.get('siteToSiteCreate')?.bodies).toEqual(operations.get('siteToSiteInit')?.bodies)
})
