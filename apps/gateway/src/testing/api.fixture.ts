import { OpenAPIHono } from '@hono/zod-openapi'
import { problemAnswerer } from '../http/answer-problem.ts'
import { Api } from '../http/operation.ts'
import { problemOf } from '../http/problem.ts'
import type { ServiceEnv } from '../http/service-env.ts'
import { tumblebugDialect, tumblebugProblem } from '../tumblebug/dialect.ts'

interface Reply {
  readonly status: number
  readonly body: unknown
}

/** Sends a body to operations that need nothing but their API: no store, no cloud, no login. */
export function poster(add: (api: Api) => void): (path: string, body: unknown) => Promise<Reply> {
  const send = sender(add)
  return (path, body) => send('POST', path, body)
}

/** Sends requests to operations without what is around them: no login, no limits. */
export function sender(add: (api: Api) => void): (method: string, path: string, body?: unknown) => Promise<Reply> {
  const app: OpenAPIHono<ServiceEnv> = new OpenAPIHono<ServiceEnv>()
  const answer = problemAnswerer([['/', tumblebugProblem]])
  app.onError((error, context) => answer(problemOf(error), context))
  add(new Api(app, '', tumblebugDialect, new Set()))
  return async (method, path, body) => {
    const response = await app.request(path, { method, ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) })
    return { status: response.status, body: await response.json() }
  }
}
