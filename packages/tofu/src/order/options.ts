import type { AnyProvider, Finding } from '@isthmus/core'
import type { TofuBinary } from '../binary/tofu-binary.ts'
import type { Diagnostic } from '../events/diagnostic.ts'
import type { Interruption } from '../workspace/interruption.ts'
import type { ChangeCounts } from '../workspace/plan-result.ts'
import type { TofuEvent } from '../events/event.ts'
import type { Environment } from '../process/environment.ts'
import type { OrderState } from '../state/state-storage.ts'
import type { Leftover } from './leftover.ts'
import type { StackRecords } from './stack-record.ts'

/** What working on an order needs. */
export interface OrderOptions {
  /** Folder that keeps everything about orders: one folder per order in it. */
  readonly home: string
  readonly binary: TofuBinary
  /** Master secret; keys and state encryption are derived from it. */
  readonly master: Uint8Array
  readonly providers: readonly AnyProvider[]
  /** Variables for OpenTofu, such as those that point it to simulated clouds. */
  readonly environment: Environment
  /** True when no real cloud may be reached: credentials are then kept from OpenTofu. */
  readonly simulated: boolean
  /** Credentials and settings of clouds besides this process's own; each stack gets those of its clouds. */
  readonly credentials?: Environment
  /** Whose credentials those are, where they are of another account than this process's own: then they are all there are, and nothing of this process or its user fills a gap in them. */
  readonly holder?: string
  /** Where the states are kept; in files when left out. They are encrypted wherever they are. */
  readonly state?: OrderState
  /** Keeps the records of this order's stacks; in the folders of the stacks when left out. States in a database need records in one. */
  readonly records?: StackRecords
  /** Most stacks at work at a time; 4 when left out. */
  readonly parallel?: number
  /**
   * Go on with stacks in which a run that was cut off may have left objects that no state knows. They are held back when left
   * out, because making such an object once more is refused by some clouds and doubles it in others.
   */
  readonly acceptLeftovers?: boolean
  /**
   * Events of a run that ended with the machine it was on, as `onEvent` told them and JSON keeps them. From these is known what
   * that run may have left; of runs on this machine it is known without.
   */
  readonly lastEvents?: readonly unknown[]
  /** How a person goes on with an object that may be left over, for the hint of its finding; the commands of the command line when left out. */
  readonly leftoverHint?: (stack: string, leftover: Leftover) => string
  readonly onEvent?: (event: OrderEvent) => void
  readonly signal?: AbortSignal
  readonly log?: (line: string, stack: string) => void
}

/** What of a plan is applied. */
export interface ApplyChoice {
  /** Names of the stacks that may be touched; the whole order, with the removal of what the plan lacks, when left out. */
  readonly only?: readonly string[]
  /** False when the host keeps the numbers that the plan gives out. */
  readonly keepNumbers?: boolean
}

/** What happens while an order is worked on. */
export type OrderEvent =
  | { readonly type: 'stack'; readonly stack: string; readonly state: StackState; readonly changes?: ChangeCounts; readonly error?: string }
  | { readonly type: 'resource'; readonly stack: string; readonly event: TofuEvent }
  | { readonly type: 'adopted'; readonly stack: string; readonly address: string; readonly id: string }
  | { readonly type: 'interrupted'; readonly stack: string; readonly interruption: Interruption }

/** Where a stack is in its life. */
export type StackState = 'planning' | 'proving' | 'applying' | 'unchanged' | 'applied' | 'destroying' | 'destroyed' | 'forgotten' | 'waiting' | 'skipped' | 'failed'

/** How a stack came out of a run. */
export interface StackResult {
  readonly stack: string
  readonly outcome: 'applied' | 'unchanged' | 'destroyed' | 'forgotten' | 'failed' | 'skipped'
  readonly changes?: ChangeCounts
  /** What went wrong, without secrets. */
  readonly error?: string
  /** What the engine and the providers said of it. */
  readonly errors?: readonly Diagnostic[]
}

/** What a run of an order comes to. */
export interface OrderResult {
  readonly ok: boolean
  readonly stacks: readonly StackResult[]
  /** What the proof and earlier, cut-off runs have to say. */
  readonly findings: readonly Finding[]
  /** Stacks that were not to be touched and use what would have to go of another, such as the links of a gateway: they have to be made anew with it. */
  readonly rebuild: readonly string[]
}
