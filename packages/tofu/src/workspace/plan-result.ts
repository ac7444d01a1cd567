import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { field, listField, textField } from '../json/fields.ts'
import type { Diagnostic } from '../events/diagnostic.ts'

/** How many resources a plan touches, by what it does with them. */
export interface ChangeCounts {
  readonly create: number
  readonly update: number
  readonly delete: number
  readonly replace: number
  readonly noop: number
}

/** One resource of a plan. */
export interface ResourceChange {
  /** Full address, such as `acme_network.north`. */
  readonly address: string
  readonly type: string
  /** As OpenTofu names them: `["no-op"]`, `["create"]`, `["update"]`, `["delete"]`, `["delete", "create"]`, `["create", "delete"]`. */
  readonly actions: readonly string[]
  /** Why it is replaced or deleted, such as `replace_because_cannot_update`. */
  readonly reason?: string
}

/** A plan file and what was in it. */
export interface SavedPlan {
  /** Path of the encrypted plan file. */
  readonly file: string
  /** SHA-256 of the plan file: `apply` refuses any other file. */
  readonly digest: string
}

/** A plan that was saved. */
export interface PlanResult extends SavedPlan {
  readonly changes: ChangeCounts
  /** Every managed resource, also those that stay as they are. */
  readonly resourceChanges: readonly ResourceChange[]
  /** False when an apply would do nothing. Changes of outputs count. */
  readonly hasChanges: boolean
  /** Warnings; errors are thrown. */
  readonly diagnostics: readonly Diagnostic[]
}

/** Reads the changes of managed resources out of `tofu show -json` of a plan. */
export function resourceChangesOf(document: unknown): ResourceChange[] {
  return listField(document, 'resource_changes').flatMap((item) => {
    if (field(item, 'mode') !== 'managed') return []
    const reason = textField(item, 'action_reason')
    return [{
      address: textField(item, 'address') ?? '',
      type: textField(item, 'type') ?? '',
      actions: listField(item, 'change', 'actions').filter((action) => typeof action === 'string'),
      ...(reason !== undefined ? { reason } : {}),
    }]
  })
}

/** Counts changes by kind. */
export function countChanges(changes: readonly ResourceChange[]): ChangeCounts {
  const counts = { create: 0, update: 0, delete: 0, replace: 0, noop: 0 }
  for (const { actions } of changes) {
    const [only] = actions
    if (actions.length === 2) counts.replace += 1
    else if (only === 'create' || only === 'update' || only === 'delete') counts[only] += 1
    else counts.noop += 1
  }
  return counts
}

/** SHA-256 of a file, in hex. */
export async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex')
}
