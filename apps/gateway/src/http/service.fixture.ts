import pino, { type Logger } from 'pino'
import { z } from 'zod'
import { addMetrics } from '../composition/metrics-route.ts'
import { nativeDialect, nativeProblem } from '../native/dialect.ts'
import { addDocsPage } from '../openapi/docs-page.ts'
import { envelope, terrariumDialect, terrariumProblem } from '../terrarium/dialect.ts'
import { simpleMessage, tumblebugDialect, tumblebugProblem } from '../tumblebug/dialect.ts'
import { problemAnswerer } from './answer-problem.ts'
import { Authentication, hashSecret } from './authentication.ts'
import { Metrics } from './metrics.ts'
import { Api, noBody, nothing } from './operation.ts'
import { Problem } from './problem.ts'
import { RateLimit } from './rate-limit.ts'
import { makeService, type Service } from './service.ts'

/** Logins of {@link frame}. */
export const writer: string = `Basic ${Buffer.from('ops:secret').toString('base64')}`
export const reader = 'Bearer viewer-token'

const bases = [['/isthmus/v1', nativeDialect], ['/tumblebug', tumblebugDialect], ['/terrarium', terrariumDialect]] as const

/** The frame around a few operations in each of the three APIs; a client's address is what it says in `x-address`. */
export async function frame(requestsPerSecond = 1_000, now: () => number = () => 0, log: Logger = pino({ level: 'silent' })): Promise<Service> {
  const metrics = new Metrics()
  const service = makeService({
    authentication: new Authentication([
      { kind: 'basic', name: 'ops', hash: await hashSecret('secret'), scopes: ['read', 'write'] },
      { kind: 'bearer', name: 'viewer', hash: await hashSecret('viewer-token'), scopes: ['read'] },
    ]),
    rateLimit: new RateLimit(requestsPerSecond, now),
    metrics,
    log,
    corsOrigin: '*',
    clientOf: (context) => context.req.header('x-address') ?? '',
    answerProblem: problemAnswerer([['/isthmus', nativeProblem], ['/tumblebug', tumblebugProblem], ['/terrarium', terrariumProblem], ['/', nativeProblem]]),
  })
  for (const [base, dialect] of bases) {
    const api = new Api(service.app, base, dialect, service.open)
    const answer = base === '/terrarium' ? envelope : simpleMessage
    const done = { success: true, message: 'done' }
    api.add({ id: `open${base}`, method: 'get', paths: ['/open'], tag: 'Frame', scope: 'open', summary: 'Open to all', params: nothing, query: nothing, body: noBody, answers: { 200: answer } }, async () => ({ status: 200, body: done }))
    api.add({ id: `probe${base}`, method: 'get', paths: ['/readyz'], tag: 'Frame', scope: 'open', summary: 'Be probed', params: nothing, query: nothing, body: noBody, answers: { 200: answer } }, async () => ({ status: 200, body: done }))
    api.add({ id: `look${base}`, method: 'get', paths: ['/thing/{id}'], tag: 'Frame', scope: 'read', summary: 'Look', params: nothing, query: nothing, body: noBody, answers: { 200: answer } }, async () => ({ status: 200, body: done }))
    api.add({ id: `change${base}`, method: 'put', paths: ['/thing/{id}'], tag: 'Frame', scope: 'write', summary: 'Change', params: nothing, query: nothing, body: z.object({ size: z.int() }), answers: { 200: answer } }, async () => ({ status: 200, body: done }))
    api.add({ id: `break${base}`, method: 'get', paths: ['/broken'], tag: 'Frame', scope: 'read', summary: 'Break', params: nothing, query: nothing, body: noBody, answers: { 200: answer } }, async () => {
      throw new Error('the password of the database is swordfish')
    })
    api.add({ id: `full${base}`, method: 'get', paths: ['/full'], tag: 'Frame', scope: 'read', summary: 'Be overloaded', params: nothing, query: nothing, body: noBody, answers: { 200: answer } }, async () => {
      throw new Problem('UNAVAILABLE', 'come back later', { retryAfter: 5 })
    })
  }
  addMetrics(service, metrics)
  addDocsPage(service.app, service.open, '0.0.0')
  return service
}
