import type { NeededKey } from '@isthmus/core'
import type { KeptLeftover } from './leftover.ts'

/** What has to be known of a stack to run it again without its order, on any machine that reaches its state. Holds no secret. */
export interface StackRecord {
  readonly name: string
  /** Stacks that it needs. */
  readonly after: readonly string[]
  /** The keys that it uses: names and rules, never values. */
  readonly keys: readonly NeededKey[]
  /** Beginnings of names of variables that hold credentials and settings of its clouds. */
  readonly passEnvironment: readonly string[]
  /** The stack itself, in OpenTofu's JSON syntax. */
  readonly text: string
  /** Values of its inputs. */
  readonly bindings: Readonly<Record<string, unknown>>
  /** Id of the run that changed something last. Where another machine did, what this one wrote down of its runs is out of date. */
  readonly lastRun?: string
  /** What runs that were cut off may have left and no state knows, until it is adopted or a person says that it is not there. */
  readonly leftovers?: readonly KeptLeftover[]
}

/** Keeps the records of the stacks of one order. Whoever writes a record has its stack for itself. An error of theirs that passes by itself says so with `retryable: true`. */
export interface StackRecords {
  /** Names of all stacks, in any order. */
  list(): Promise<readonly string[]>
  /** The record of a stack; undefined when there is none. */
  read(name: string): Promise<StackRecord | undefined>
  /** Keeps a record in the place of an earlier one. Durable when it returns. */
  write(record: StackRecord): Promise<void>
  /** Forgets a stack that is gone; harmless when it is forgotten already. */
  remove(name: string): Promise<void>
}
