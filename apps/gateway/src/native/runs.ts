import { streamSSE } from 'hono/streaming'
import { z } from 'zod'
import { idempotencyKey } from '../http/headers.ts'
import { noBody, nothing, type Api } from '../http/operation.ts'
import { Problem } from '../http/problem.ts'
import { runStates, type Runs } from '../runs/index.ts'
import type { Store } from '../store/index.ts'
import { retryChoice, retryRun } from '../work/retry.ts'
import { accepted, acceptedAs, runModel, runOf, stateWords } from './run-models.ts'

const tag = 'Runs'
const oneRun = z.object({ runId: z.string().describe('Id of a run, as the answer that began it says it') })

const listQuery = z.object({
  target: z.string().optional().describe('Only runs of exactly this target, such as `order/demo` or `vpn/default/link`'),
  kind: z.string().optional().describe('Only runs of exactly this kind, such as `order.apply` or `vpn.remove`'),
  state: z.enum(runStates).optional().describe(`Only runs in this state. ${stateWords}`),
  limit: z.coerce.number().int().min(1).max(1000).default(100).describe('At most so many: 1 to 1000, 100 when left out'),
  before: z.string().optional().describe('Only runs that are older than this one. The id of the last run of a page gives the next page; a page that is not full is the last one'),
})

/** One event of the stream, as the fields that server-sent events have. */
const streamed = z.object({
  id: z.string().optional(),
  event: z.enum(['event', 'end', 'error']),
  data: z.string().describe('JSON: what happened and when (`event`), the run (`end`), or a message (`error`)'),
}).meta({ id: 'RunStreamEvent' })

/** Proxies close connections on which nothing is said. */
const heartbeat = 15_000

/** Runs: list, get, follow, and do again. @param stopping aborted when the gateway stops, which ends all streams */
export function addRuns(api: Api, { store, runs }: { readonly store: Store; readonly runs: Runs }, stopping: AbortSignal): void {
  api.add({
    id: 'listRuns', method: 'get', paths: ['/runs'], tag, scope: 'read', summary: 'List runs, the newest first',
    description: 'Ended runs are forgotten after 30 days, those that only read after one day. A `before` that is forgotten answers 400.',
    params: nothing, query: listQuery, body: noBody, answers: { 200: z.object({ runs: z.array(runModel) }) },
  }, async ({ query: { target, kind, state, limit, before } }) => {
    if (before !== undefined && !(await runs.get(before))) throw new Problem('PARAMETER_INVALID', `before: the run ${before} does not exist; begin with the first page again`)
    const found = await runs.list({ limit, ...(target === undefined ? {} : { target }), ...(kind === undefined ? {} : { kind }), ...(state === undefined ? {} : { state }), ...(before === undefined ? {} : { before }) })
    return { status: 200, body: { runs: found.map(runOf) } }
  })

  api.add({ id: 'getRun', method: 'get', paths: ['/runs/{runId}'], tag, scope: 'read', summary: 'Get a run', params: oneRun, query: nothing, body: noBody, answers: { 200: runModel } },
    async ({ params }) => ({ status: 200, body: runOf(await existing(runs, params.runId)) }))

  api.add({
    id: 'retryRun', method: 'post', paths: ['/runs/{runId}/retry'], tag, scope: 'write', summary: 'Do again what a run failed of',
    description: 'A run that was cut off may have left objects that no state knows; its findings (`LEFTOVER_POSSIBLE`) name them. What is there is adopted by its id; once nothing is left, `acceptLeftovers` lets the work go on. Only the newest run of a target that failed can be done again, else 409.',
    params: oneRun, headers: idempotencyKey, query: nothing, body: retryChoice.meta({ id: 'Retry' }), answers: { 202: accepted },
  }, async ({ params, body, context }) => acceptedAs(await retryRun({ store, runs }, params.runId, body, context.req.header('idempotency-key'))))

  api.add({
    id: 'followRun', method: 'get', paths: ['/runs/{runId}/events'], tag, scope: 'read', summary: 'Follow a run as server-sent events',
    description: 'Each event has the number of its place as id. The last event is `end` and holds the run.',
    params: oneRun, headers: z.object({ 'Last-Event-ID': z.string().optional().describe('Number of the last event that is known already; the stream begins behind it. From the first event on when left out or no whole number') }), query: nothing, body: noBody, answers: { 200: streamed }, mediaType: 'text/event-stream',
  }, async ({ params, context }) => {
    const run = await existing(runs, params.runId)
    const after = Number(context.req.header('last-event-id') ?? '0')
    return streamSSE(context, async (stream) => {
      const gone = new AbortController()
      stream.onAbort(() => gone.abort())
      const signal = AbortSignal.any([gone.signal, stopping])
      const beat = setInterval(() => void stream.write(': still here\n\n'), heartbeat)
      try {
        for await (const { seq, at, event } of runs.events(run.id, { after: Number.isSafeInteger(after) ? after : 0, signal })) await stream.writeSSE({ id: String(seq), event: 'event', data: JSON.stringify({ at, event }) })
        if (!signal.aborted) await stream.writeSSE({ event: 'end', data: JSON.stringify(runOf(await existing(runs, run.id))) })
      } catch (error) {
        // The status was sent long ago, so what went wrong can only be said in the stream.
        context.var.log.error({ err: error }, 'event stream')
        await stream.writeSSE({ event: 'error', data: JSON.stringify({ message: 'the stream broke; connect again with Last-Event-ID' }) })
      } finally {
        clearInterval(beat)
      }
    })
  })
}

async function existing(runs: Runs, id: string): Promise<NonNullable<Awaited<ReturnType<Runs['get']>>>> {
  const found = await runs.get(id)
  if (!found) throw new Problem('NOT_FOUND', `the run ${id} does not exist`)
  return found
}
