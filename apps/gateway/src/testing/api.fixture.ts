import { OpenAPIHono } from '@hono/zod-openapi'
import type { Hono } from 'hono'
import { problemAnswerer } from '../http/answer-problem.ts'
import { Api } from '../http/operation.ts'
import { problemOf } from '../http/problem.ts'
import type { ServiceEnv } from '../http/service-env.ts'
import { tumblebugDialect, tumblebugProblem } from '../tumblebug/dialect.ts'

/** Sends a body to operations that need nothing but their API: no store, no cloud, no login. */
export function poster(add: (api: Api) => void): (path: string, body: unknown) => Promise<{ readonly status: number; readonly body: unknown }> {
  const app: OpenAPIHono<ServiceEnv> = new OpenAPIHono<ServiceEnv>()
  const answer = problemAnswerer([['/', tumblebugProblem]])
  app.onError((error, context) => answer(problemOf(error), context))
  add(new Api(app, '', tumblebugDialect, new Set()))
  return (path, body) => post(app, path, body)
}

async function post(app: Hono<ServiceEnv>, path: string, body: unknown): Promise<{ readonly status: number; readonly body: unknown }> {
  const response = await app.request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  return { status: response.status, body: await response.json() }
}
