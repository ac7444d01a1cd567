import { OpenAPIHono } from '@hono/zod-openapi'
import { expect, it } from 'vitest'
import { problemAnswerer } from '../http/answer-problem.ts'
import { Problem, problemOf } from '../http/problem.ts'
import type { ServiceEnv } from '../http/service-env.ts'
import { StoreError } from '../store/index.ts'
import { findingModel, nativeProblem } from './dialect.ts'

const finding = { code: 'CIDR_OVERLAP', severity: 'error', path: 'sites.a', title: 'a overlaps b.', why: 'w', hint: 'h', docs: 'd' } as const

async function answerTo(error: unknown): Promise<{ readonly status: number; readonly type: string | null; readonly body: unknown }> {
  const app = new OpenAPIHono<ServiceEnv>()
  const answer = problemAnswerer([['/', nativeProblem]])
  app.onError((thrown, context) => answer(problemOf(thrown), context))
  app.get('/', (context) => {
    context.set('requestId', 'r1')
    throw error
  })
  const response = await app.request('/')
  return { status: response.status, type: response.headers.get('content-type'), body: await response.json() }
}

it.each([
  [new Problem('NOT_FOUND', 'the order a does not exist'), 404, 'not-found', 'the order a does not exist'],
  [new Problem('FINDINGS', 'wrong', { findings: [finding] }), 422, 'findings', 'wrong'],
  [new Problem('RUN_FAILED', 'no room', { extra: { run: 'run1' } }), 500, 'run-failed', 'no room'],
  [new StoreError('RUN_ACTIVE', 'run x (order.apply) is working on order/a', { runId: 'x' }), 409, 'conflict', 'run x (order.apply) is working on order/a; send this again when GET /isthmus/v1/runs/x says that it has ended'],
  [new StoreError('STORE_CONTENDED', 'too many'), 503, 'unavailable', 'too many'],
  [new Error('the password is hush'), 500, 'internal', 'Internal Server Error'],
])('answers %s as problem details', async (error, status, type, detail) => {
  const answer = await answerTo(error)
  expect([answer.status, answer.type]).toEqual([status, 'application/problem+json'])
  expect(answer.body).toMatchObject({ type: `urn:isthmus:problem:${type}`, status, detail, instance: 'urn:isthmus:request:r1' })
})

it('gives findings whole, and the run that failed or is in the way', async () => {
  expect((await answerTo(new Problem('FINDINGS', 'wrong', { findings: [finding] }))).body).toMatchObject({ findings: [findingModel.parse(finding)] })
  for (const error of [new Problem('RUN_FAILED', 'no room', { extra: { run: 'run1' } }), new StoreError('RUN_ACTIVE', 'busy', { runId: 'run1' })]) expect((await answerTo(error)).body).toMatchObject({ run: 'run1' })
})
