import { finding, type Finding, type ResourceView } from '@isthmus/core'
import type { Interruption } from '../workspace/interruption.ts'

/**
 * What a run that was cut off may have left in a cloud without the state knowing: objects whose making began, whose end
 * nobody saw, and which the state does not hold.
 */
export function leftoverFindings(stack: string, interruption: Interruption, state: readonly ResourceView[]): Finding[] {
  if (interruption.state !== 'cut-off') return []
  const known = new Set(state.map((view) => view.address))
  return interruption.unfinished
    .filter((change) => change.action === 'create' && !known.has(change.address))
    .map(({ address, startedAt }) =>
      finding('LEFTOVER_POSSIBLE', `stacks.${stack}`, {
        title: `${address} may exist without being known: its creation began ${startedAt} and was cut off.`,
        hint: `if the cloud holds it, adopt it with isthmus adopt ORDER ${stack} ${address} ID; otherwise go on, it will be made.`,
        facts: { stack, address, startedAt },
      }),
    )
}
