import { z } from 'zod'
import { flagOf } from '../../http/flag.ts'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import { Problem } from '../../http/problem.ts'
import type { AnswerOfRun, RequestTracking } from '../../tracking/request-tracking.ts'
import type { TrackedRequest } from '../../tracking/tracked-request.ts'
import { simpleMessage } from '../dialect.ts'

const requestDetails = z.object({
  startTime: z.string().describe('RFC 3339, UTC'),
  endTime: z.string().describe('RFC 3339, UTC; `0001-01-01T00:00:00Z` while it is handled'),
  status: z.enum(['Handling', 'Success', 'Error']).describe('`Handling` until its run has ended, also where the answer was 202'),
  requestInfo: z.object({ method: z.string(), url: z.string(), header: z.record(z.string(), z.string()).describe('Those that help to understand the request; `Authorization` is redacted'), body: z.unknown().optional().describe('Without secrets. Not there when it was empty, and not kept beyond 100,000 characters') }),
  responseData: z.unknown().describe('What was answered, or would have been had the client not hung up, without secrets; `null` for an error. Not kept beyond 100,000 characters'),
  errorResponse: z.string().describe('The message of the error; empty when there was none'),
}).meta({ id: 'RequestDetails' })

const listQuery = z.object({
  status: z.string().optional().describe('Only those that are `Handling`, `Success` or `Error`, in any case'),
  method: z.string().optional().describe('Only those of this method, in any case'),
  url: z.string().optional().describe('Only those whose path and query contain this text, in any case'),
  time: z.string().regex(/^\d{1,6}$/, 'minutes are a whole number').optional().describe('Only those that began in the last so many minutes, a whole number; all that are remembered when left out'),
  source: z.string().optional().describe('Only those sent with exactly this `x-request-source`'),
  brief: z.string().optional().describe('`true` or `1` leaves bodies and answers out'),
})

/** End of a request that has not ended, as the peers write it. */
const notYet = '0001-01-01T00:00:00Z'
const tag = 'Requests'
const params = z.object({ reqId: z.string().describe('The `x-request-id` that was sent, or that the answer named') })

/** Requests that are remembered, for clients that lost their connection. */
export function addRequests(api: Api, tracking: RequestTracking, answerOf: AnswerOfRun): void {
  api.add({
    id: 'getRequest', method: 'get', paths: ['/request/{reqId}'], tag, scope: 'read', summary: 'Get what became of a request',
    description: 'Requests that change something are remembered: for an hour after they end, and the newest thousand of them. All others answer 404.',
    params, query: nothing, body: noBody, answers: { 200: requestDetails },
  }, async (request) => {
    const found = await tracking.get(request.params.reqId, answerOf)
    if (!found) throw new Problem('NOT_FOUND', 'Request ID not found')
    return { status: 200, body: detailsOf(found, false) }
  })

  api.add({
    id: 'listRequests', method: 'get', paths: ['/requests'], tag, scope: 'read', summary: 'List requests',
    description: 'Those that are remembered, the newest first. Where all bodies and answers of a list have more than 10,000,000 characters, the last ones are left out of it.',
    params: nothing, query: listQuery, body: noBody, answers: { 200: z.object({ requests: z.array(requestDetails) }).meta({ id: 'RequestList' }) },
  }, async ({ query: { time, brief, ...filter } }) => {
    const found = await tracking.list({ ...filter, minutes: time === undefined ? undefined : Number(time) }, answerOf)
    return { status: 200, body: { requests: found.map(({ request }) => detailsOf(request, flagOf(brief) === true)) } }
  })

  api.add({
    id: 'deleteRequest', method: 'delete', paths: ['/request/{reqId}'], tag, scope: 'write', summary: 'Forget a request',
    description: 'Its work goes on, and its id can be used again.',
    params, query: nothing, body: noBody, answers: { 200: simpleMessage },
  }, async (request) => {
    if (!(await tracking.remove(request.params.reqId))) throw new Problem('NOT_FOUND', 'Request ID not found')
    return { status: 200, body: { message: 'Request details deleted successfully' } }
  })

  api.add({
    id: 'deleteRequests', method: 'delete', paths: ['/requests'], tag, scope: 'write', summary: 'Forget all requests',
    description: 'Their work goes on.',
    params: nothing, query: nothing, body: noBody, answers: { 200: simpleMessage },
  }, async () => {
    await tracking.removeAll()
    return { status: 200, body: { message: 'All requests details deleted successfully' } }
  })
}

function detailsOf({ startTime, endTime, status, method, url, header, body, responseData, errorResponse }: TrackedRequest, brief: boolean): z.input<typeof requestDetails> {
  const requestInfo = { method, url, header: Object.fromEntries(Object.entries(header).map(([key, value]) => [canonical(key), value])), ...(brief || body === null ? {} : { body }) }
  return { startTime, endTime: endTime ?? notYet, status, requestInfo, responseData: brief ? null : responseData, errorResponse }
}

/** The name of a header as the peers spell it: `X-Request-Id`. */
function canonical(name: string): string {
  return name.replaceAll(/(?:^|-)[a-z]/g, (start) => start.toUpperCase())
}
