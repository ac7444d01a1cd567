import { z } from 'zod'
import { flagOf } from '../../http/flag.ts'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import { Problem } from '../../http/problem.ts'
import type { AnswerOfRun, RequestTracking } from '../../tracking/request-tracking.ts'
import type { TrackedRequest } from '../../tracking/tracked-request.ts'
import { simpleMessage } from '../dialect.ts'

const requestDetails = z.object({
  startTime: z.string(),
  endTime: z.string(),
  status: z.enum(['Handling', 'Success', 'Error']),
  requestInfo: z.object({ method: z.string(), url: z.string(), header: z.record(z.string(), z.string()), body: z.unknown().optional() }),
  responseData: z.unknown(),
  errorResponse: z.string(),
}).meta({ id: 'RequestDetails' })

const listQuery = z.object({
  status: z.string().optional(),
  method: z.string().optional(),
  url: z.string().optional().describe('Part of the URL'),
  time: z.string().regex(/^\d{1,6}$/, 'minutes are a whole number').optional().describe('Minutes back'),
  source: z.string().optional().describe('Value of x-request-source'),
  brief: z.string().optional().describe('`true` leaves bodies and answers out'),
})

/** End of a request that has not ended, as the peers write it. */
const notYet = '0001-01-01T00:00:00Z'
const tag = 'Requests'
const params = z.object({ reqId: z.string() })

/** Requests that are remembered, for clients that lost their connection. */
export function addRequests(api: Api, tracking: RequestTracking, answerOf: AnswerOfRun): void {
  api.add({ id: 'getRequest', method: 'get', paths: ['/request/{reqId}'], tag, scope: 'read', summary: 'Get what became of a request', params, query: nothing, body: noBody, answers: { 200: requestDetails } },
    async (request) => {
      const found = await tracking.get(request.params.reqId, answerOf)
      if (!found) throw new Problem('NOT_FOUND', 'Request ID not found')
      return { status: 200, body: detailsOf(found, false) }
    })

  api.add({ id: 'listRequests', method: 'get', paths: ['/requests'], tag, scope: 'read', summary: 'List requests', params: nothing, query: listQuery, body: noBody, answers: { 200: z.object({ requests: z.array(requestDetails) }).meta({ id: 'RequestList' }) } },
    async ({ query: { time, brief, ...filter } }) => {
      const found = await tracking.list({ ...filter, minutes: time === undefined ? undefined : Number(time) }, answerOf)
      return { status: 200, body: { requests: found.map(({ request }) => detailsOf(request, flagOf(brief) === true)) } }
    })

  api.add({ id: 'deleteRequest', method: 'delete', paths: ['/request/{reqId}'], tag, scope: 'write', summary: 'Forget a request', params, query: nothing, body: noBody, answers: { 200: simpleMessage } },
    async (request) => {
      if (!(await tracking.remove(request.params.reqId))) throw new Problem('NOT_FOUND', 'Request ID not found')
      return { status: 200, body: { message: 'Request details deleted successfully' } }
    })

  api.add({ id: 'deleteRequests', method: 'delete', paths: ['/requests'], tag, scope: 'write', summary: 'Forget all requests', params: nothing, query: nothing, body: noBody, answers: { 200: simpleMessage } },
    async () => {
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
