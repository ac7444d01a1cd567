import { z } from 'zod'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import { Problem } from '../../http/problem.ts'
import { hasEnded, type Run, type Runs } from '../../runs/index.ts'
import type { RequestTracking } from '../../tracking/request-tracking.ts'
import type { TrackedRequest } from '../../tracking/tracked-request.ts'
import { vpnTarget } from '../../vpn/vpn.ts'
import { oneVpn } from '../path-parameters.ts'
import { bothEras } from './vpns.ts'

/** The envelope in which the peers pass on what the system below them answered. */
const envelope = z.object({ success: z.boolean().describe('Always true: the answer is about the request, and `details` says what became of that'), status: z.int(), message: z.string(), details: z.string().describe('`[Request status: Running]`, `Success` or `Failed` there, and in the next line what was done or went wrong') }).meta({ id: 'VpnRequestStatus' })

const words = { Handling: 'Running', Success: 'Success', Error: 'Failed' } as const

/** What a request for a VPN, or the run behind it, has come to. */
interface RequestStatus {
  readonly word: (typeof words)[keyof typeof words]
  readonly log: string
}

/** What became of a request for a VPN, by the id that its client sent along, or by the id of its run. */
export function addVpnRequests(api: Api, runs: Runs, tracking: RequestTracking): void {
  api.add({
    id: 'getVpnRequest', method: 'get', paths: bothEras('/ns/{nsId}/infra/{infraId}/vpn/{vpnId}/request/{requestId}'), tag: 'VPNs', scope: 'read', summary: 'Ask what became of a request for a VPN',
    description: 'It tells of VPNs that are gone as well. A request is remembered for an hour.',
    params: oneVpn.extend({ requestId: z.string().describe('The `x-request-id` of the request, or the id of its run') }), query: nothing, body: noBody, answers: { 200: envelope },
  }, async ({ params: { nsId, vpnId, requestId } }) => {
    const tracked = await tracking.get(requestId)
    const run = tracked ? await runs.ofRequest(tracked.key) : await runs.get(requestId)
    const status = run ? statusOfRun(run, vpnTarget(nsId, vpnId)) : tracked && statusOfRequest(tracked, nsId, vpnId)
    if (!status) throw new Problem('NOT_FOUND', `the request ${requestId} does not exist for vpn ${vpnId}`)
    return { status: 200, body: { success: true, status: 200, message: 'the status of the request', details: `[Request status: ${status.word}]\n${status.log}` } }
  })
}

function statusOfRun(run: Run, target: string): RequestStatus | undefined {
  if (run.target !== target) return undefined
  return { word: run.state === 'done' ? 'Success' : hasEnded(run) ? 'Failed' : 'Running', log: `${run.kind}: ${run.error?.message ?? run.state}` }
}

/** A request that was refused before a run was made of it. */
function statusOfRequest({ url, body, status, method, errorResponse }: TrackedRequest, namespace: string, vpn: string): RequestStatus | undefined {
  const [, path, id = String(Object(body)['name'])] = /^\/tumblebug(\/ns\/.+?)\/(?:infra|mci)\/[^/]+\/vpn(?:\/([^/?]+))?/.exec(url) ?? []
  return path === `/ns/${namespace}` && id === vpn ? { word: words[status], log: `${method} ${url}: ${errorResponse}` } : undefined
}
