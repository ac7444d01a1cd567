import { finding, type Finding, type ResourceView } from '@isthmus/core'
import type { Interruption } from '../workspace/interruption.ts'

/** An object that a cut-off run made, or may have made, and that the state does not hold. */
interface Leftover {
  readonly address: string
  /** Id of the object where the run came far enough to tell. */
  readonly id?: string
}

/**
 * What a run that was cut off may have left in a cloud without the state knowing. OpenTofu writes its state at the end and
 * every 20 seconds, so an object can be missing from it although its creation had ended.
 */
export function leftoverFindings(stack: string, interruption: Interruption, state: readonly ResourceView[]): Finding[] {
  if (interruption.state !== 'cut-off') return []
  const known = new Set(state.map((view) => view.address))
  const begun = interruption.unfinished.map(({ address, action }) => ({ address, action }))
  const ended = interruption.finished.map(({ address, action, id }) => ({ address, action, ...(id === undefined ? {} : { id }) }))
  return [...begun, ...ended].filter((change) => change.action === 'create' && !known.has(change.address)).map((change) => leftoverFinding(stack, interruption.startedAt, change))
}

function leftoverFinding(stack: string, startedAt: string, { address, id }: Leftover): Finding {
  const adopt = `isthmus adopt ORDER ${stack} ${address} ${id ?? 'ID'}`
  return finding('LEFTOVER_POSSIBLE', `stacks.${stack}`, {
    title: id === undefined ? `${address} may exist without being known: the run of ${startedAt} was cut off while it was made.` : `${address} exists as ${id} without being known: the run of ${startedAt} was cut off before its state was saved.`,
    hint: id === undefined ? `if the cloud holds it, adopt it with ${adopt}; otherwise go on, it will be made.` : `adopt it with ${adopt}.`,
    facts: { stack, address, startedAt, ...(id === undefined ? {} : { id }) },
  })
}
