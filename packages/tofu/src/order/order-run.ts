import type { OpenStacks } from './open-stacks.ts'
import type { OrderOptions } from './options.ts'
import type { HeldStacks } from './recovery.ts'
import type { RunReport } from './run-report.ts'

/** What the parts of one run of an order share. */
export interface OrderRun {
  readonly stacks: OpenStacks
  readonly report: RunReport
  readonly held: HeldStacks
  readonly options: OrderOptions
}

/** Most stacks at work at a time unless somebody says otherwise. */
export const defaultParallel = 4

/** What OpenTofu's commands need to know of a run: when to stop. */
export function stopOf({ signal }: Pick<OrderOptions, 'signal'>): { readonly signal?: AbortSignal } {
  return signal ? { signal } : {}
}
