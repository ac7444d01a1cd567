import type { AnyProvider, Finding } from '@isthmus/core'
import type { TofuBinary } from '../binary/tofu-binary.ts'
import type { Interruption } from '../workspace/interruption.ts'
import type { ChangeCounts } from '../workspace/plan-result.ts'
import type { TofuEvent } from '../events/event.ts'
import type { Environment } from '../process/environment.ts'

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
  /** Most stacks at work at a time; 4 when left out. */
  readonly parallel?: number
  /**
   * Go on with stacks in which a run that was cut off may have left objects that no state knows. They are held back when left
   * out, because making such an object once more is refused by some clouds and doubles it in others.
   */
  readonly acceptLeftovers?: boolean
  readonly onEvent?: (event: OrderEvent) => void
  readonly signal?: AbortSignal
  readonly log?: (line: string) => void
}

/** What happens while an order is worked on. */
export type OrderEvent =
  | { readonly type: 'stack'; readonly stack: string; readonly state: StackState; readonly changes?: ChangeCounts; readonly error?: string }
  | { readonly type: 'resource'; readonly stack: string; readonly event: TofuEvent }
  | { readonly type: 'adopted'; readonly stack: string; readonly address: string; readonly id: string }
  | { readonly type: 'interrupted'; readonly stack: string; readonly interruption: Interruption }

/** Where a stack is in its life. */
export type StackState = 'planning' | 'proving' | 'applying' | 'unchanged' | 'applied' | 'destroying' | 'destroyed' | 'waiting' | 'skipped' | 'failed'

/** How a stack came out of a run. */
export interface StackResult {
  readonly stack: string
  readonly outcome: 'applied' | 'unchanged' | 'destroyed' | 'failed' | 'skipped'
  readonly changes?: ChangeCounts
  /** What went wrong, without secrets. */
  readonly error?: string
}

/** What a run of an order comes to. */
export interface OrderResult {
  readonly ok: boolean
  readonly stacks: readonly StackResult[]
  /** What the proof and earlier, cut-off runs have to say. */
  readonly findings: readonly Finding[]
}
