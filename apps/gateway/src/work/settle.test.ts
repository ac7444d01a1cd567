import { OpenAPIHono } from '@hono/zod-openapi'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { problemAnswerer } from '../http/answer-problem.ts'
import { Problem, problemOf } from '../http/problem.ts'
import type { ServiceEnv } from '../http/service-env.ts'
import { openRuns, Worker, type Runs } from '../runs/index.ts'
import type { Store } from '../store/index.ts'
import { StoreLab } from '../testing/store.fixture.ts'
import { tumblebugProblem } from '../tumblebug/dialect.ts'
import { isProblem } from '../http/problem.ts'
import { settle } from './settle.ts'

let lab: StoreLab
let store: Store
let runs: Runs
let worker: Worker
const app = new OpenAPIHono<ServiceEnv>()

/** Work that ends as its target says. */
async function work(target: string): Promise<unknown> {
  if (target === 'done') return { made: true }
  throw target === 'missing' ? new Problem('NOT_FOUND', 'vpc-1 does not exist') : target === 'refused' ? new Problem('FINDINGS', 'cidrBlock: too large') : new Problem('RUN_FAILED', 'network-a: no room')
}

beforeAll(async () => {
  lab = await StoreLab.open('SQLite')
  store = await lab.store()
  runs = await openRuns(store)
  worker = new Worker(store, runs, {
    executors: { test: { execute: async ({ run }) => work(run.target) } },
    describeError: (error) => ({ code: isProblem(error) ? error.code : 'INTERNAL', message: error instanceof Error ? error.message : '', retryable: false }),
  })
  worker.start()
  const answer = problemAnswerer([['/', tumblebugProblem]])
  app.onError((error, context) => answer(problemOf(error), context))
  app.post('/:target', async (context) => {
    const target = context.req.param('target')
    context.set('requestKey', { gateway: runs.gateways.name, key: target })
    const settled = await settle(context, runs, async () => (await store.transaction((tx) => runs.submit(tx, { kind: 'test', target, payload: {} }))).run)
    return settled instanceof Response ? settled : context.json(settled.run.result)
  })
})
afterAll(async () => {
  await worker.stop()
  await lab.close()
})

const ask = (target: string, prefer?: string) => app.request(`/${target}`, { method: 'POST', ...(prefer === undefined ? {} : { headers: { prefer } }) })

it('answers when the run has ended, which is tied to the request', async () => {
  const response = await ask('done')
  expect([response.status, await response.json()]).toEqual([200, { made: true }])
  expect(await runs.ofRequest('done')).toMatchObject({ target: 'done', state: 'done' })
  expect(await runs.ofRequest('other')).toBeUndefined()
})

it.each([['missing', 404, 'vpc-1 does not exist'], ['refused', 400, 'cidrBlock: too large'], ['broken', 500, 'network-a: no room']])('answers a run that ended as %s with %i', async (target, status, message) => {
  const response = await ask(target)
  expect([response.status, await response.json()]).toEqual([status, { message }])
})

it.each(['respond-async', 'wait=10, respond-async', 'RESPOND-ASYNC; x=y'])('names the run at once for %s', async (prefer) => {
  const target = `later-${prefer.length}`
  const response = await ask(target, prefer)
  const body: unknown = await response.json()
  expect([response.status, response.headers.get('preference-applied')]).toEqual([202, 'respond-async'])
  const run = await runs.ofRequest(target)
  expect(body).toMatchObject({ run: run?.id })
  expect(response.headers.get('location')).toBe(`/isthmus/v1/runs/${run?.id}`)
})

it('waits where the preference is another one', async () => expect((await ask('done', 'respond-asynchronously')).status).toBe(200))
