import { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Api } from '../../http/operation.ts'
import type { ServiceEnv } from '../../http/service-env.ts'
import { globalScope } from '../../namespace/namespace.ts'
import { openRuns } from '../../runs/index.ts'
import { StoreLab } from '../../testing/store.fixture.ts'
import { RequestTracking } from '../../tracking/request-tracking.ts'
import { trackedRequestKind } from '../../tracking/tracked-request.ts'
import { tumblebugDialect } from '../dialect.ts'
import { addRequests } from './requests.ts'

let lab: StoreLab
const app: OpenAPIHono<ServiceEnv> = new OpenAPIHono<ServiceEnv>()

beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  const store = await lab.store()
  const runs = await openRuns(store)
  const header = { 'content-type': 'application/json', 'x-request-id': 'r1', 'x-request-source': 'ui' }
  await store.transaction(({ records }) => records.insert(trackedRequestKind, globalScope, 'r1', { gateway: runs.gateways.name, key: 'k', startTime: '2026-11-24T12:00:00Z', status: 'Handling', method: 'POST', url: '/tumblebug/ns', header, body: null, responseData: null, errorResponse: '' }))
  addRequests(new Api(app, '', tumblebugDialect, new Set()), new RequestTracking(store, runs, () => new Date('2026-11-24T12:00:00Z')), async () => undefined)
})
afterAll(() => lab.close())

const ask = async (path: string): Promise<unknown> => (await app.request(path)).json()

it('tells of a request that is being handled as the peers do, headers and all', async () => {
  expect(await ask('/request/r1')).toEqual({
    startTime: '2026-11-24T12:00:00Z',
    endTime: '0001-01-01T00:00:00Z',
    status: 'Handling',
    requestInfo: { method: 'POST', url: '/tumblebug/ns', header: { 'Content-Type': 'application/json', 'X-Request-Id': 'r1', 'X-Request-Source': 'ui' } },
    responseData: null,
    errorResponse: '',
  })
})

it.each(['', '?status=&method=&url=&time=&source=&brief=&savefile=', '?status=handling&method=post&url=NS&source=ui'])('lists it when asked with %j', async (query) => {
  expect(await ask(`/requests${query}`)).toEqual({ requests: [await ask('/request/r1')] })
})
