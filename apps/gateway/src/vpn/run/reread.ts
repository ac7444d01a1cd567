import { stackOfLink } from '@isthmus/core'
import type { RunContext } from '../../runs/index.ts'
import { isStoreError } from '../../store/index.ts'
import type { WorkParts } from '../../work/work-parts.ts'
import { linkOf } from '../vpn-plan.ts'
import { vpnKind, vpnTarget } from '../vpn.ts'
import type { VpnRun } from './vpn-run.ts'

/**
 * Does work on a VPN, and has the other VPNs read afterwards whose links it took along, whatever it came to: such a link was made anew, or
 * is still down.
 *
 * @param work is told where to note the stacks that it works on
 */
export async function rereadingOthers<T>(parts: WorkParts, context: Pick<RunContext, 'signal' | 'transaction'>, run: VpnRun, work: (touched: Set<string>) => Promise<T>): Promise<T> {
  const touched = new Set<string>()
  try {
    return await work(touched)
  } finally {
    if (!context.signal.aborted) await reread(parts, context, run, touched)
  }
}

async function reread({ store, runs }: WorkParts, { transaction }: Pick<RunContext, 'transaction'>, { namespace, vpn }: VpnRun, touched: ReadonlySet<string>): Promise<void> {
  for (const { doc } of await store.records.list(vpnKind, namespace)) {
    if (doc.uid === vpn.uid || !touched.has(stackOfLink(linkOf(doc)))) continue
    await transaction((tx) => runs.submit(tx, { kind: 'vpn.refresh', target: vpnTarget(namespace, doc.name), payload: { namespace, vpn: doc.name } })).catch((error: unknown) => {
      // Whoever is at work on it puts on record what it finds.
      if (!isStoreError(error) || error.code !== 'RUN_ACTIVE') throw error
    })
  }
}
