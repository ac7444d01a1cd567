import type { Context } from 'hono'
import { z } from 'zod'
import { isProblemCode, Problem } from '../http/problem.ts'
import type { ServiceEnv } from '../http/service-env.ts'
import type { Run, Runs } from '../runs/index.ts'

/** A client that does not want to wait says so with this header (RFC 7240). */
const respondAsync = /(?:^|,)\s*respond-async\s*(?:,|;|$)/i

const started = z.object({ message: z.string(), run: z.string() }).meta({ id: 'RunStarted', description: 'The answer to `Prefer: respond-async`: the work goes on as this run' })

/** What an operation that settles a run answers besides its own. */
export const orStarted: { readonly 202: typeof started } = { 202: started }

/**
 * Has a run submitted and waits for it, however long it takes; a client that hangs up changes nothing of it. With `Prefer: respond-async` the answer
 * is 202 and names the run at once.
 *
 * @param work submits the run that does all of what was asked: clients find the outcome by their request, also when this gateway is gone.
 * A run that does only part of it, or that somebody else asked for, is given itself
 * @returns the run when it is done, or the answer that names it
 * @throws Problem with what the run failed of: in the code of what a user can mend, else RUN_FAILED
 */
export async function settle(context: Context<ServiceEnv>, runs: Runs, work: Run | (() => Promise<Run>)): Promise<{ readonly run: Run } | Response> {
  const key = context.get('requestKey')
  const run = typeof work !== 'function' ? work : await (key ? runs.forRequest(key, work) : work())
  if (respondAsync.test(context.req.header('prefer') ?? '')) {
    return context.json({ message: `${run.kind} goes on as run ${run.id}`, run: run.id }, 202, { location: `/isthmus/v1/runs/${run.id}`, 'preference-applied': 'respond-async' })
  }
  const ended = await runs.wait(run.id)
  if (ended.state !== 'done') throw new Problem(isProblemCode(ended.error?.code) ? ended.error.code : 'RUN_FAILED', ended.error?.message ?? `run ${run.id} failed`, { extra: { run: run.id } })
  return { run: ended }
}
