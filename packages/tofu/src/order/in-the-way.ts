import { variableOfOutput } from '@isthmus/core'
import { listField, objectField } from '../json/fields.ts'
import type { StackRecord } from './stack-record.ts'

/** A stack of which something is to go. */
export interface Shrinking {
  readonly name: string
  /** True where something is replaced, and not only removed. */
  readonly replaces: boolean
  /** Names of its outputs whose values change. */
  readonly outputs: ReadonlySet<string>
}

/**
 * Stacks that have to be gone before another loses something, each behind those that use it: no cloud lets go of what is in use.
 *
 * Of a network's users these are all that were given a value that changes; whether a gateway was, its variables tell. Of a gateway's
 * links these are all where something of it is replaced. Links are quickly made anew, so one that is to change anyway goes too.
 *
 * @param records the stacks that exist
 * @param changes whether a stack is to become another than it is
 */
export function inTheWay({ name, replaces, outputs }: Shrinking, records: readonly StackRecord[], changes: (record: StackRecord) => boolean): string[] {
  const variables = [...outputs].map((output) => variableOfOutput(name, output))
  const isLink = (record: StackRecord): boolean => record.name.startsWith('link-')
  const users = records.filter((record) => record.after.includes(name)).filter((record) => (
    variables.some((variable) => Object.hasOwn(record.bindings, variable)) || (isLink(record) && (changes(record) || (replaces && name.startsWith('gateway-'))))
  ))
  const gateways = new Set(users.filter((record) => !isLink(record)).map((record) => record.name))
  const links = records.filter((record) => isLink(record) && (users.includes(record) || record.after.some((owner) => gateways.has(owner))))
  return [...links.map((record) => record.name), ...gateways]
}

/** Names of the outputs that a plan changes, from `tofu show -json`. */
export function changedOutputs(planned: unknown): Set<string> {
  const changes = Object.entries(objectField(planned, 'output_changes'))
  return new Set(changes.filter(([, change]) => listField(change, 'actions').some((action) => action !== 'no-op')).map(([name]) => name))
}
