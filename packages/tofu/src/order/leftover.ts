import { finding, type Finding, type ResourceView } from '@isthmus/core'
import type { Interruption } from '../workspace/interruption.ts'

/** An object that a cut-off run made, or may have made, and that the state does not hold. */
export interface Leftover {
  readonly address: string
  /** Id of the object where the run came far enough to tell. */
  readonly id?: string
}

/** A leftover with the time at which the run began that may have left it. */
export interface KeptLeftover extends Leftover {
  /** ISO 8601. */
  readonly startedAt: string
}

/**
 * What a run that was cut off may have left in a cloud without the state knowing. OpenTofu writes its state at the end and
 * every 20 seconds, so an object can be missing from it although its creation had ended.
 */
export function leftoversOf(interruption: Interruption, state: readonly ResourceView[]): Leftover[] {
  if (interruption.state !== 'cut-off') return []
  const known = new Set(state.map((view) => view.address))
  const created = [...interruption.finished, ...interruption.unfinished].filter((change) => change.action === 'create' && !known.has(change.address))
  return created.map((change) => ({ address: change.address, ...('id' in change && change.id !== undefined ? { id: change.id } : {}) }))
}

/** How a person goes on with the commands of the command line. `flags` end each of them. */
export function commandHint(stack: string, { address, id }: Leftover, flags: string): string {
  const adopt = `isthmus adopt ORDER ${stack} ${address} ${id ?? 'ID'}${flags}`
  return `${id === undefined ? 'if the cloud holds it, ' : ''}adopt it with ${adopt}. Once there is nothing left to adopt, isthmus apply ORDER --accept-leftovers${flags} goes on.`
}

/** The finding that names a leftover. @param hint how a person goes on */
export function leftoverFinding(stack: string, { address, id, startedAt }: KeptLeftover, hint: string): Finding {
  return finding('LEFTOVER_POSSIBLE', `stacks.${stack}`, {
    title: id === undefined ? `${address} may exist without being known: the run of ${startedAt} was cut off while it was made.` : `${address} exists as ${id} without being known: the run of ${startedAt} was cut off before its state was saved.`,
    hint,
    facts: { stack, address, startedAt, ...(id === undefined ? {} : { id }) },
  })
}
