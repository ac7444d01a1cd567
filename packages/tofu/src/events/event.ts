import type { Diagnostic } from './diagnostic.ts'

/** What every event has. */
interface EventBase {
  /** ISO 8601; missing for text that is no event. */
  readonly at?: string
  /** One line for people. */
  readonly message: string
}

/** What OpenTofu does or would do with a resource. `remove` forgets it without destroying it. */
export type ChangeAction = 'noop' | 'move' | 'create' | 'read' | 'update' | 'replace' | 'delete' | 'import' | 'remove'

/** First event of every command: the engine's version. */
export interface VersionEvent extends EventBase {
  readonly type: 'version'
  readonly tofu: string
  /** Version of the event format. */
  readonly format: string
}

/** Something worth saying that has no further structure. */
export interface LogEvent extends EventBase {
  readonly type: 'log'
}

/** An error or a warning. */
export interface DiagnosticEvent extends EventBase {
  readonly type: 'diagnostic'
  readonly diagnostic: Diagnostic
}

/** A change that the plan contains, or one that happened behind OpenTofu's back. */
export interface ChangeEvent extends EventBase {
  readonly type: 'planned_change' | 'resource_drift'
  readonly address: string
  readonly resourceType: string
  readonly action: ChangeAction
  /** Why the resource is replaced or deleted, such as `cannot_update` or `tainted`. */
  readonly reason?: string
  /** Address before a move. */
  readonly previousAddress?: string
}

/** Numbers at the end of a plan, and at the end of an apply that succeeded. */
export interface ChangeSummaryEvent extends EventBase {
  readonly type: 'change_summary'
  readonly operation: 'plan' | 'apply' | 'destroy'
  readonly add: number
  readonly change: number
  readonly remove: number
  readonly import: number
  readonly forget: number
}

/** Outputs of the stack. A sensitive one has no value here. */
export interface OutputsEvent extends EventBase {
  readonly type: 'outputs'
  readonly outputs: Readonly<Record<string, { readonly sensitive: boolean; readonly value?: unknown }>>
}

/** The life of one change during an apply. */
export interface ApplyEvent extends EventBase {
  readonly type: 'apply_start' | 'apply_progress' | 'apply_complete' | 'apply_errored'
  readonly address: string
  readonly resourceType: string
  readonly action: ChangeAction
  /** Seconds since its start; missing at the start. */
  readonly elapsed?: number
  /** Id of the object, where it has one already. */
  readonly id?: string
}

/** OpenTofu reads a resource from its cloud. */
export interface RefreshEvent extends EventBase {
  readonly type: 'refresh_start' | 'refresh_complete'
  readonly address: string
  readonly resourceType: string
  readonly id?: string
}

/** A provisioner at work; our own stacks have none. */
export interface ProvisionEvent extends EventBase {
  readonly type: 'provision_start' | 'provision_progress' | 'provision_complete' | 'provision_errored'
  readonly address: string
  readonly provisioner: string
  readonly output?: string
}

/** An event of a type that this version of Isthmus does not know. */
export interface OtherEvent extends EventBase {
  readonly type: 'other'
  /** The type as OpenTofu names it. */
  readonly name: string
}

/** A line that is no event at all. `message` holds its beginning. */
export interface TextEvent extends EventBase {
  readonly type: 'text'
}

/** One line of OpenTofu's machine-readable output (`-json`, format 1.2). */
export type TofuEvent =
  | VersionEvent | LogEvent | DiagnosticEvent | ChangeEvent | ChangeSummaryEvent | OutputsEvent
  | ApplyEvent | RefreshEvent | ProvisionEvent | OtherEvent | TextEvent
