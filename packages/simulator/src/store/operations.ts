import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { isAttributes } from '../wire/unknown.ts'
import { readIfThere } from './files.ts'

/** What was asked of a simulated cloud. Plans, validations and repeated reads are not written down. */
export type OperationName = 'configure' | 'create' | 'update' | 'delete' | 'import' | 'data' | 'read'

/** One line of `operations.jsonl`. Holds no attribute, so no secret. */
export interface Operation {
  /** RFC 3339 time at which it ended. */
  readonly at: string
  readonly op: OperationName
  readonly type: string
  /** Id of the object, where it has one. */
  readonly id?: string
  /** `refused` by a behaviour or rule, `fault` by an injected fault. */
  readonly outcome: 'done' | 'refused' | 'fault'
  /** How long it took, in milliseconds of real time. */
  readonly milliseconds: number
}

const fileName = 'operations.jsonl'

/** Appends to the log of a home. */
export class OperationLog {
  readonly #path: string

  constructor(home: string) {
    mkdirSync(home, { recursive: true, mode: 0o700 })
    this.#path = join(home, fileName)
  }

  add(operation: Operation): void {
    appendFileSync(this.#path, `${JSON.stringify(operation)}\n`, { mode: 0o600 })
  }
}

/** The log of a home; a line that is being written is left out. */
export function readOperations(home: string): Operation[] {
  const lines = (readIfThere(join(home, fileName)) ?? '').split('\n')
  return lines.slice(0, -1).map((line): unknown => JSON.parse(line)).filter(isOperation)
}

function isOperation(value: unknown): value is Operation {
  return isAttributes(value) && typeof value['op'] === 'string' && typeof value['type'] === 'string' && typeof value['outcome'] === 'string'
}
