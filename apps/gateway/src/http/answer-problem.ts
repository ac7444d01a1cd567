import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Problem } from './problem.ts'
import type { ServiceEnv } from './service-env.ts'

/** How an API says that something is wrong. */
export type ProblemBody = (problem: Problem, context: Context<ServiceEnv>) => { readonly status: ContentfulStatusCode; readonly type: string; readonly body: object }

/** Answers a problem in the words of the API that the path belongs to; the last of the list speaks for all other paths. */
export function problemAnswerer(bodies: readonly (readonly [base: string, body: ProblemBody])[]): (problem: Problem, context: Context<ServiceEnv>) => Response {
  return (problem, context) => {
    const [, render] = bodies.find(([base]) => context.req.path.startsWith(base)) ?? bodies.at(-1) ?? []
    const { status, type, body } = render?.(problem, context) ?? { status: 500 as const, type: 'application/json', body: { message: problem.message } }
    const { retryAfter, extra } = problem.detail
    return context.body(JSON.stringify(body), status, {
      'content-type': type,
      ...(problem.code === 'UNAUTHORIZED' ? { 'www-authenticate': 'basic realm=Restricted' } : {}),
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
      ...(extra?.['allow'] === undefined ? {} : { allow: extra['allow'] }),
    })
  }
}
