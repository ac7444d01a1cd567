import { z } from 'zod'
import { prefer } from '../../http/headers.ts'
import { noBody, nothing, type Api } from '../../http/operation.ts'
import { problemOf } from '../../http/problem.ts'
import type { Run } from '../../runs/index.ts'
import { orStarted, settle } from '../../work/settle.ts'
import { simpleMessage } from '../dialect.ts'
import { inNamespace, oneVnet } from '../path-parameters.ts'
import type { VnetRoutes } from './vnets.ts'

const result = z.object({ resourceType: z.string(), resourceId: z.string(), success: z.boolean(), message: z.string().describe('What was done, or why it was not') })
const reconcileResults = z.object({ total: z.int(), successCount: z.int(), failedCount: z.int(), results: z.array(result), elapsed: z.string().describe('Minutes and seconds, such as `1m 5s`'), elapsedSeconds: z.number() }).meta({ id: 'ResourceReconcileResults' })
const pruneResults = z.object({ totalPruned: z.int(), successCount: z.int(), failedCount: z.int(), results: z.array(result) }).meta({ id: 'ResourcePruneResults' })

const tag = 'Reconciliation'
const base = '/ns/{nsId}/resources/vNet'
const concurrency = z.object({ maxConcurrent: z.string().regex(/^(?:[1-9]|1\d|20)$/, 'a whole number from 1 to 20 is wanted').default('5').describe('How many are compared at a time: 1 to 20, 5 when left out') })

/** Comparing records with clouds, and putting them right. */
export function addReconciliation(api: Api, { vnets, runs }: VnetRoutes): void {
  api.add({
    id: 'reconcileVnets', method: 'put', paths: [`${base}/reconcile`], tag, scope: 'write', summary: 'Compare all vNets with their clouds',
    description: 'As comparing each of them, and answers when the last is done. The answer is 200 also where some could not be compared; `results` says of each what became of it.',
    params: inNamespace, query: concurrency, body: noBody, answers: { 200: reconcileResults },
  }, async ({ params, query }) => {
    const start = performance.now()
    const waiting = (await vnets.list(params.nsId)).map(({ id }) => id)
    const results: z.input<typeof result>[] = []
    const next = async (): Promise<void> => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
        const vnet = id
        const reconciled = await outcome('reconciled', async () => runs.wait((await vnets.reconcile(params.nsId, vnet)).id))
        if (reconciled) results.push({ resourceType: 'vNet', resourceId: vnet, ...reconciled })
      }
    }
    await Promise.all(Array.from({ length: Number(query.maxConcurrent) }, next))
    const elapsedSeconds = Math.round((performance.now() - start) / 10) / 100
    results.sort((a, b) => (a.resourceId < b.resourceId ? -1 : 1))
    return { status: 200, body: { ...counted(results), results, elapsed: `${Math.floor(elapsedSeconds / 60)}m ${Math.round(elapsedSeconds % 60)}s`, elapsedSeconds } }
  })

  api.add({
    id: 'reconcileVnet', method: 'put', paths: [`${base}/{vNetId}/reconcile`], tag, scope: 'write', summary: 'Compare a vNet with its cloud',
    description: 'Changes nothing in the cloud. A vNet or subnet that is gone there becomes `Failed` with the reason `CspResourceMissing`: `prune` forgets such a vNet, `action=refine` such a subnet. One that is there again becomes `Available`. One whose creation or deletion failed stays `Failed`, unless it was made for nodes; `restore` lifts a failed deletion. Refused with 409 while a run is changing it, or something that uses it, such as a VPN.',
    params: oneVnet, query: nothing, body: noBody, answers: { 200: simpleMessage, ...orStarted }, headers: prefer,
  }, async ({ params, context }) => {
    const settled = await settle(context, runs, () => vnets.reconcile(params.nsId, params.vNetId))
    return settled instanceof Response ? settled : { status: 200, body: { message: `vNet (${params.vNetId}) reconciled` } }
  })

  api.add({
    id: 'pruneVnets', method: 'post', paths: [`${base}/reconcile/prune`], tag, scope: 'write', summary: 'Forget vNets that their clouds do not hold any more',
    description: 'Those whose last comparison came to `CspResourceMissing`; no cloud is asked, so compare them first. One that a VPN ends at stays, and `results` says so.',
    params: inNamespace, query: nothing, body: noBody, answers: { 200: pruneResults },
  }, async ({ params }) => {
    const results: z.input<typeof result>[] = []
    for (const { id } of await vnets.list(params.nsId)) {
      const pruned = await outcome(`the vNet info (${id}) has been removed`, async () => {
        const run = await vnets.prune(params.nsId, id)
        return run && runs.wait(run.id)
      })
      if (pruned) results.push({ resourceType: 'vNet', resourceId: id, ...pruned })
    }
    const { total, successCount, failedCount } = counted(results)
    return { status: 200, body: { totalPruned: total, successCount, failedCount, results } }
  })

  api.add({
    id: 'restoreVnet', method: 'put', paths: [`${base}/{vNetId}/restore`], tag, scope: 'write', summary: 'Put a vNet right whose deletion failed',
    description: 'Says that it is `Available` again, with the reason `Restored`; no cloud is asked. A vNet whose deletion did not fail answers 400.',
    params: oneVnet, query: nothing, body: noBody, answers: { 200: simpleMessage },
  }, async ({ params }) => {
    await vnets.restore(params.nsId, params.vNetId)
    return { status: 200, body: { message: `vNet (${params.vNetId}) restored` } }
  })
}

/** How a run came out; undefined where there was nothing to do, also because the vNet went since it was listed. */
async function outcome(done: string, work: () => Promise<Run | undefined>): Promise<{ readonly success: boolean; readonly message: string } | undefined> {
  try {
    const run = await work()
    if (!run) return undefined
    return run.state === 'done' ? { success: true, message: done } : { success: false, message: run.error?.message ?? 'the run failed' }
  } catch (error) {
    const { code, message } = problemOf(error)
    return code === 'NOT_FOUND' ? undefined : { success: false, message }
  }
}

function counted(results: readonly { readonly success: boolean }[]): { readonly total: number; readonly successCount: number; readonly failedCount: number } {
  const successCount = results.filter(({ success }) => success).length
  return { total: results.length, successCount, failedCount: results.length - successCount }
}
