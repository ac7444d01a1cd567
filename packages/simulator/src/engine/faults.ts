import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { Attributes } from '../behaviour/behaviour.ts'
import { readIfThere, writeWhole } from '../store/files.ts'
import type { OperationName } from '../store/operations.ts'
import { canonical, isAttributes } from '../wire/unknown.ts'

/** A fault to inject, and which calls it hits. */
export interface Fault {
  /** Resource or data source type; any when left out. */
  readonly type?: string
  /** Any of create, update, delete and read when left out. */
  readonly op?: OperationName
  /** Attributes that the object must have. */
  readonly match?: Attributes
  /** The first matching call to hit, counted from 1 since the fault was set. Default 1. */
  readonly nth?: number
  /** How many calls to hit from there on. Default 1. */
  readonly times?: number
  /** What the error says. A fault with neither a message nor another effect still fails the call. */
  readonly message?: string
  readonly detail?: string
  /** The object is made or changed all the same, and the error comes with it: OpenTofu marks it as tainted. */
  readonly partial?: boolean
  /** Seconds of real time that the call takes longer. Fails nothing unless there is a message. */
  readonly latency?: number
  /** The simulator kills itself, `before` or `after` the object is made (`true` means before). */
  readonly crash?: boolean | 'before' | 'after'
  /** The call never ends. */
  readonly hang?: boolean
}

const fileName = 'faults.json'

/** Writes the faults of a home; running simulators see them at their next call, and counting starts anew. */
export function setFaults(home: string, faults: readonly Fault[]): void {
  writeWhole(join(home, fileName), `${JSON.stringify(faults, null, 2)}\n`)
}

/** The faults of a home and how often each was met. */
export class FaultBook {
  readonly #path: string
  #stamp = ''
  #faults: readonly Fault[] = []
  #met: number[] = []

  constructor(home: string) {
    this.#path = join(home, fileName)
  }

  /** The fault that hits this call, if any. Counts the call. */
  hit(op: OperationName, type: string, object: Attributes): Fault | undefined {
    this.#refresh()
    let hit: Fault | undefined
    for (const [index, fault] of this.#faults.entries()) {
      if (!matches(fault, op, type, object)) continue
      const count = (this.#met[index] ?? 0) + 1
      this.#met[index] = count
      const first = fault.nth ?? 1
      if (count >= first && count < first + (fault.times ?? 1)) hit ??= fault
    }
    return hit
  }

  #refresh(): void {
    const found = statSync(this.#path, { throwIfNoEntry: false })
    const stamp = found ? `${found.mtimeMs}:${found.ino}` : ''
    if (stamp === this.#stamp) return
    const read: unknown = JSON.parse(readIfThere(this.#path) ?? '[]')
    const list: unknown[] = Array.isArray(read) ? read : []
    this.#stamp = stamp
    this.#faults = list.filter(isFault)
    this.#met = []
  }
}

/** True where the fault ends the call with an error. */
export function failsCall(fault: Fault): boolean {
  return fault.message !== undefined || fault.partial === true || (fault.latency === undefined && !fault.crash && !fault.hang)
}

const general: ReadonlySet<OperationName> = new Set(['create', 'update', 'delete', 'read'])

function matches(fault: Fault, op: OperationName, type: string, object: Attributes): boolean {
  if (fault.type !== undefined && fault.type !== type) return false
  if (fault.op === undefined ? !general.has(op) : fault.op !== op) return false
  return Object.entries(fault.match ?? {}).every(([name, value]) => canonical(object[name]) === canonical(value))
}

const kinds: Readonly<Record<string, readonly string[]>> = {
  type: ['string'], op: ['string'], match: ['object'], nth: ['number'], times: ['number'], message: ['string'], detail: ['string'],
  partial: ['boolean'], latency: ['number'], crash: ['boolean', 'string'], hang: ['boolean'],
}

function isFault(value: unknown): value is Fault {
  return isAttributes(value) && Object.entries(value).every(([name, inner]) => kinds[name]?.includes(typeof inner))
}
