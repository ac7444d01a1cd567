import { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { problemAnswerer } from '../http/answer-problem.ts'
import { Problem, problemOf } from '../http/problem.ts'
import type { ServiceEnv } from '../http/service-env.ts'
import { globalScope } from '../namespace/namespace.ts'
import { openRuns, type Runs } from '../runs/index.ts'
import type { Store } from '../store/index.ts'
import { StoreLab } from '../testing/store.fixture.ts'
import { tumblebugProblem } from '../tumblebug/dialect.ts'
import { RequestTracking } from './request-tracking.ts'
import { trackedRequestKind } from './tracked-request.ts'

const minute = 60_000
let lab: StoreLab
let store: Store
let runs: Runs
let time: number
let tracking: RequestTracking
let app: OpenAPIHono<ServiceEnv>

beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
})
afterAll(() => lab.close())

beforeEach(async () => {
  store = await lab.store()
  runs = await openRuns(store)
  time = Date.parse('2026-11-24T12:00:00Z')
  tracking = new RequestTracking(store, runs, () => new Date(time))
  app = new OpenAPIHono<ServiceEnv>()
  const answer = problemAnswerer([['/', tumblebugProblem]])
  app.onError((error, context) => answer(problemOf(error), context))
  app.use(async (context, next) => {
    context.set('requestId', context.req.header('x-request-id') ?? 'none')
    await next()
  })
  app.use(tracking.middleware((method) => method === 'GET'))
  app.post('/ok', async (context) => {
    context.set('body', await context.req.json())
    return context.json({ made: true, token: 'hush' })
  })
  app.post('/bad', () => {
    throw new Problem('PARAMETER_INVALID', 'that is wrong')
  })
  app.get('/ok', (context) => context.json({}))
})

const post = (path: string, id: string, headers: Record<string, string> = {}) =>
  app.request(path, { method: 'POST', headers: { 'x-request-id': id, 'content-type': 'application/json', authorization: 'Basic hush', ...headers }, body: JSON.stringify({ name: 'a', password: 'hush' }) })

it('remembers what was asked and answered, and no secret of it', async () => {
  await post('/ok', 'r1', { 'x-request-source': 'ui' })
  const request = await tracking.get('r1')
  expect(request).toMatchObject({ status: 'Success', method: 'POST', url: '/ok', body: { name: 'a' }, responseData: { made: true }, errorResponse: '', header: { 'x-request-source': 'ui' } })
  expect(JSON.stringify(request)).not.toContain('hush')
  await post('/bad', 'r2')
  expect(await tracking.get('r2')).toMatchObject({ status: 'Error', responseData: null, errorResponse: 'that is wrong' })
  expect(await tracking.get('r3')).toBeUndefined()
})

it('remembers the whole URL, and the id that a client did not choose', async () => {
  await app.request('/ok?action=retry', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  expect(await tracking.get('none')).toMatchObject({ url: '/ok?action=retry', header: { 'x-request-id': 'none' } })
  expect(await tracking.list({ url: 'OK?ACTION' })).toHaveLength(1)
})

it('takes each id once, and forgets on demand', async () => {
  expect((await post('/ok', 'r1')).status).toBe(200)
  const again = await post('/ok', 'r1')
  expect([again.status, await again.json()]).toEqual([409, { message: expect.stringContaining('x-request-id r1 was used already') }])
  expect([await tracking.remove('r1'), await tracking.remove('r1')]).toEqual([true, false])
  expect((await post('/ok', 'r1')).status).toBe(200)
  await tracking.removeAll()
  expect(await tracking.list({})).toEqual([])
})

it('does not remember what it is told to skip', async () => {
  await app.request('/ok', { headers: { 'x-request-id': 'r1' } })
  expect(await tracking.list({})).toEqual([])
})

it('lists by what is asked, the newest first', async () => {
  for (const [index, [path, source]] of ([['/ok', 'ui'], ['/bad', 'ui'], ['/ok', 'cli']] as const).entries()) {
    time += minute
    await post(path, `r${index}`, { 'x-request-source': source })
  }
  const ids = async (filter: Parameters<RequestTracking['list']>[0]) => (await tracking.list(filter)).map(({ id }) => id)
  expect(await ids({})).toEqual(['r2', 'r1', 'r0'])
  expect(await ids({ status: 'success' })).toEqual(['r2', 'r0'])
  expect(await ids({ source: 'ui' })).toEqual(['r1', 'r0'])
  expect(await ids({ url: 'ba', method: 'post' })).toEqual(['r1'])
  expect(await ids({ minutes: 1 })).toEqual(['r2', 'r1'])
})

const ids = async (): Promise<string[]> => (await tracking.list({})).map(({ id }) => id)

it('forgets after an hour, and not what is still being handled', async () => {
  time = Date.now()
  await post('/ok', 'old')
  const going = { startTime: new Date(time).toISOString(), status: 'Handling' as const, method: 'POST', url: '/ok', header: {}, body: null, gateway: runs.gateways.name, key: 'k', responseData: null, errorResponse: '' }
  await store.records.insert(trackedRequestKind, globalScope, 'going', going)
  time += 61 * minute
  await post('/ok', 'new')
  await expect.poll(ids).toEqual(['new', 'going'])
})

it('keeps the newest thousand, whether or not a minute has passed', async () => {
  const ended = { startTime: new Date(time).toISOString(), endTime: new Date(time).toISOString(), status: 'Success' as const, method: 'POST', url: '/ok', header: {}, body: null, gateway: '', key: 'k', responseData: null, errorResponse: '' }
  await store.transaction(async ({ records }) => {
    for (let index = 0; index < 1_050; index += 1) await records.insert(trackedRequestKind, globalScope, `old${index}`, ended)
  })
  for (let index = 0; index < 101; index += 1) await post('/ok', `new${index}`)
  await expect.poll(async () => (await store.records.keys(trackedRequestKind)).length, { timeout: 60_000 }).toBeLessThanOrEqual(1_001)
  expect((await ids()).filter((id) => id.startsWith('new'))).toHaveLength(101)
}, 120_000)

it('keeps no long answer, and lists no more than fits', async () => {
  app.post('/long', (context) => context.json({ text: 'x'.repeat(100_001) }))
  expect((await (await post('/long', 'long')).text()).length).toBeGreaterThan(100_000)
  expect(await tracking.get('long')).toMatchObject({ responseData: '[100012 characters are not kept]' })
  const large = { startTime: new Date(time).toISOString(), status: 'Success' as const, method: 'POST', url: '/large', header: {}, body: 'x'.repeat(90_000), gateway: '', key: 'k', responseData: null, errorResponse: '' }
  for (let index = 0; index < 120; index += 1) await store.records.insert(trackedRequestKind, globalScope, `large${index}`, large)
  const listed = await tracking.list({ url: '/large' })
  expect(listed).toHaveLength(120)
  expect(listed.filter(({ request }) => request.body === large.body)).toHaveLength(111)
  expect(await tracking.get('large0')).toMatchObject({ body: large.body })
})
