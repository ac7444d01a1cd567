import { randomUUID } from 'node:crypto'
import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Logger } from 'pino'
import { defaultHolder } from '../cloud/catalogue.ts'
import type { Authentication } from './authentication.ts'
import type { Metrics } from './metrics.ts'
import { Problem, problemOf } from './problem.ts'
import type { RateLimit } from './rate-limit.ts'
import type { ServiceEnv } from './service-env.ts'

/** What the service needs besides its APIs. */
export interface ServiceParts {
  readonly authentication: Authentication
  readonly rateLimit: RateLimit
  readonly metrics: Metrics
  readonly log: Logger
  /** Origin that browsers may call from; `*` for any. */
  readonly corsOrigin: string
  /** Address of the client, for the rate limit. */
  readonly clientOf: (context: Context) => string
  /** Makes traces of requests, where they are asked for. */
  readonly tracing?: MiddlewareHandler
  /** Turns a problem into the answer of the API that a path belongs to. */
  readonly answerProblem: (problem: Problem, context: Context<ServiceEnv>) => Response
}

/** The frame around all APIs, and the operations that need no credentials. */
export interface Service {
  readonly app: OpenAPIHono<ServiceEnv>
  /** Filled by the APIs: `get /tumblebug/readyz`. */
  readonly open: Set<string>
}

/** What load balancers ask every few seconds. */
const probe = /\/(?:readyz|livez)$/
/** Characters of a reason in the log: what is wrong with an order may fill pages. */
const longestReason = 500

/** What a client may send as the id of its request. */
const requestIdPattern = /^[\w.:@/+-]{1,128}$/
const holderPattern = /^[a-z0-9_]{1,50}$/

/** Makes the frame: request ids, log, metrics, rate limit, preflights and authentication, in that order, before any operation. Whatever is answered, browsers may read it. */
export function makeService(parts: ServiceParts): Service {
  const app = new OpenAPIHono<ServiceEnv>()
  const open = new Set<string>()
  if (parts.tracing) app.use(parts.tracing)
  app.use(identified(parts), observed(parts), readable(parts.corsOrigin), limited(parts), preflight, authenticated(parts.authentication, open))
  app.onError((error, context) => {
    const problem = problemOf(error)
    context.set('refusal', problem.message)
    if (problem.status >= 500) context.var.log.error({ err: problem.detail.cause ?? problem }, problem.message)
    return parts.answerProblem(problem, context)
  })
  app.notFound((context) => {
    const problem = unknownRoute(app, context)
    context.set('refusal', problem.message)
    return parts.answerProblem(problem, context)
  })
  return { app, open }
}

function identified({ log }: ServiceParts): MiddlewareHandler<ServiceEnv> {
  return async (context, next) => {
    const given = context.req.header('x-request-id')
    const requestId = given !== undefined && requestIdPattern.test(given) ? given : randomUUID()
    context.set('requestId', requestId)
    context.set('log', log.child({ requestId }))
    context.header('x-request-id', requestId)
    await next()
  }
}

function observed({ metrics }: ServiceParts): MiddlewareHandler<ServiceEnv> {
  return async (context, next) => {
    const start = performance.now()
    await next()
    const seconds = (performance.now() - start) / 1000
    const [method, route, status] = [context.req.method, routePath(context, -1), context.res.status]
    metrics.requests.observe({ method, route, status }, seconds)
    const line = { method, route, status, seconds: Math.round(seconds * 1e4) / 1e4, caller: context.var.caller?.name }
    if (status >= 400) context.var.log.info({ ...line, path: context.req.path, reason: context.get('refusal')?.slice(0, longestReason) }, 'request')
    else context.var.log[probe.test(context.req.path) ? 'debug' : 'info'](line, 'request')
  }
}

function limited({ rateLimit, clientOf }: ServiceParts): MiddlewareHandler<ServiceEnv> {
  return async (context, next) => {
    rateLimit.take(clientOf(context))
    const holder = (context.req.header('x-credential-holder') || defaultHolder).toLowerCase()
    if (!holderPattern.test(holder)) throw new Problem('HEADER_INVALID', 'Invalid X-Credential-Holder header: use up to 50 letters, digits and underscores')
    context.set('holder', holder)
    await next()
  }
}

/** Lets scripts of the origin read answers, also those of the frame itself. */
function readable(origin: string): MiddlewareHandler<ServiceEnv> {
  return async (context, next) => {
    context.header('access-control-allow-origin', origin)
    context.header('access-control-expose-headers', 'x-request-id')
    await next()
  }
}

const methods = 'GET, PUT, POST, DELETE'
/** CORS as the peers answer it: the headers that a preflight asks for are allowed. */
const preflight: MiddlewareHandler<ServiceEnv> = async (context, next) => {
  if (context.req.method !== 'OPTIONS') return next()
  const headers = context.req.header('access-control-request-headers')
  return context.body(null, 204, { 'access-control-allow-methods': methods, ...(headers === undefined ? {} : { 'access-control-allow-headers': headers }), vary: 'origin, access-control-request-headers' })
}

function authenticated(authentication: Authentication, open: ReadonlySet<string>): MiddlewareHandler<ServiceEnv> {
  return async (context, next) => {
    const method = context.req.method === 'HEAD' ? 'get' : context.req.method.toLowerCase()
    if (!open.has(`${method} ${context.req.path}`)) context.set('caller', await authentication.caller(context.req.header('authorization')))
    await next()
  }
}

/** A path nobody answers, or answers with other methods only. */
function unknownRoute(app: OpenAPIHono<ServiceEnv>, context: Context): Problem {
  const { method, path } = context.req
  const allowed = ['GET', 'POST', 'PUT', 'DELETE'].filter((other) => other !== method && app.router.match(other, path)[0].some(([[, route]]) => !route.path.includes('*')))
  if (allowed.length === 0) return new Problem('NOT_FOUND', `there is no ${path}`)
  return new Problem('METHOD_NOT_ALLOWED', `${path} is not for ${method}; use ${allowed.join(' or ')}`, { extra: { allow: allowed.join(', ') } })
}
