import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { RunTable } from '../store/tables.ts'

/**
 * Where a run is: `ready` waits for a worker, `leased` is executed by one, `done` and `failed` have ended, and `dead` was given up after
 * its last attempt was cut off or met broken machinery.
 */
export const runStates = ['ready', 'leased', 'done', 'failed', 'dead'] as const
export type RunState = (typeof runStates)[number]

const runErrorSchema = z.object({ code: z.string(), message: z.string(), retryable: z.boolean(), detail: z.unknown().optional() })

/** Why a run failed, for the client: no secret, nothing of the inside. */
export interface RunError {
  readonly code: string
  readonly message: string
  /** Whether asking for the same again can succeed without a change by a person. */
  readonly retryable: boolean
  /** More that belongs to the code, such as findings (JSON). */
  readonly detail?: unknown
}

/** One durable piece of long work. */
export interface Run {
  readonly id: string
  /** Which executor does it. */
  readonly kind: string
  /** What it works on, such as `vnet/default/vnet01`: a target has one active run at most. */
  readonly target: string
  /** What was submitted (JSON); parse it with the executor's own schema. */
  readonly payload: unknown
  readonly state: RunState
  /** How often it was begun; a gateway that stops properly takes its attempt back. */
  readonly attempts: number
  readonly maxAttempts: number
  /** Rises with each lease: what was written with an older one is refused. */
  readonly fence: number
  /** What the executor answered (JSON), of a run that is done. */
  readonly result?: unknown
  /** The last error: of a run that failed or died, or that waits to be tried again. */
  readonly error?: RunError
  readonly createdAt: string
  readonly startedAt?: string
  readonly endedAt?: string
}

/** What happened during a run, in order. */
export interface RunEvent {
  readonly runId: string
  /** Counts the events of a run from 1 without gaps. */
  readonly seq: number
  readonly at: string
  /** As the executor said it (JSON). */
  readonly event: unknown
}

/** Whether a run will never be executed again. */
export function hasEnded(run: Pick<Run, 'state'>): boolean {
  return run.state !== 'ready' && run.state !== 'leased'
}

/** A run as its row says it. */
export function runFrom(row: Selectable<RunTable>): Run {
  return {
    id: row.id,
    kind: row.kind,
    target: row.target,
    payload: JSON.parse(row.payload),
    state: z.enum(runStates).parse(row.state),
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    fence: row.fence,
    ...(row.result === null ? {} : { result: JSON.parse(row.result) }),
    ...(row.error === null ? {} : { error: errorFrom(row.error) }),
    createdAt: timeText(row.created_at),
    ...(row.started_at === null ? {} : { startedAt: timeText(row.started_at) }),
    ...(row.ended_at === null ? {} : { endedAt: timeText(row.ended_at) }),
  }
}

/** RFC 3339, UTC. */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}

function errorFrom(text: string): RunError {
  const { code, message, retryable, detail } = runErrorSchema.parse(JSON.parse(text))
  return { code, message, retryable, ...(detail === undefined ? {} : { detail }) }
}
