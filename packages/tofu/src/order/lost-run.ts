import { field, textField } from '../json/fields.ts'
import type { ApplyEvent, ChangeAction } from '../events/event.ts'
import { endState, type Interruption } from '../workspace/interruption.ts'
import { RunSummary } from '../workspace/run-summary.ts'

const types = ['apply_start', 'apply_complete', 'apply_errored'] as const
const actions: readonly ChangeAction[] = ['noop', 'move', 'create', 'read', 'update', 'replace', 'delete', 'import', 'remove']

/**
 * What a run on a machine that is gone had begun to change in a stack, from what a host kept of its events. Undefined when it changed
 * nothing.
 *
 * @param events order events as they were told, after a way through JSON
 */
export function lostRun(stack: string, events: readonly unknown[]): Interruption | undefined {
  const own = events.filter((event) => field(event, 'stack') === stack)
  // A second command begins only after the first has ended and been judged.
  const begin = own.findLastIndex((event) => field(event, 'type') === 'stack' && ['applying', 'destroying'].includes(textField(event, 'state') ?? ''))
  const changes = own.slice(begin + 1).flatMap((event) => (field(event, 'type') === 'resource' ? (changeOf(field(event, 'event')) ?? []) : []))
  const [first] = changes
  if (!first) return undefined
  const summary = new RunSummary('apply')
  for (const change of changes) summary.add(change)
  const { unfinished, finished } = summary
  return { command: 'apply', startedAt: first.at ?? 'an earlier time', state: endState(summary), unfinished, finished, diagnostics: [] }
}

function changeOf(value: unknown): ApplyEvent | undefined {
  const [type, action] = [types.find((item) => item === field(value, 'type')), actions.find((item) => item === field(value, 'action'))]
  const [address, id, at] = [textField(value, 'address'), textField(value, 'id'), textField(value, 'at')]
  if (!type || !action || address === undefined) return undefined
  return { type, action, address, resourceType: textField(value, 'resourceType') ?? '', message: '', ...(id === undefined ? {} : { id }), ...(at === undefined ? {} : { at }) }
}
