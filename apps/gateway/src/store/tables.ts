/** Columns named `…_at`, `…_until` hold milliseconds since 1970 by the database's clock; documents, payloads and errors are JSON text. */
export interface Tables {
  record: RecordTable
  run: RunTable
  run_event: RunEventTable
  gateway: GatewayTable
  stack_lock: StackLockTable
}

export interface RecordTable {
  kind: string
  scope: string
  id: string
  doc: string
  version: number
  created_at: number
  updated_at: number
}

export interface RunTable {
  id: string
  kind: string
  target: string
  payload: string
  state: string
  attempts: number
  max_attempts: number
  fence: number
  owner: string | null
  lease_until: number | null
  due_at: number
  idempotency_key: string | null
  result: string | null
  error: string | null
  last_seq: number
  created_at: number
  started_at: number | null
  ended_at: number | null
  /** Key of the request that the run does the work of. */
  request: string | null
}

export interface RunEventTable {
  run_id: string
  seq: number
  at: number
  event: string
}

/** A gateway that is there, until its lease lapses. */
export interface GatewayTable {
  name: string
  lease_until: number
}

export interface StackLockTable {
  name: string
  run_id: string
  fence: number
}
