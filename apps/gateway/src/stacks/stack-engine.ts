import type { Plan, ResourceView } from '@isthmus/core'
import type { OrderEvent, OrderResult } from '@isthmus/tofu'
import type { Store } from '../store/index.ts'

/** How stacks came out of a run. Findings hold what the proof says and what a run that was cut off may have left. */
export type StackOutcome = OrderResult

/** What one run of stacks is told, and tells. */
export interface StackRun {
  /** Id of the run, for the log. */
  readonly id?: string
  /** Ends the run: what is being made is finished, nothing more is begun, and the outcome is not ok. */
  readonly signal: AbortSignal
  /** Called for everything that happens, in order. */
  onEvent(event: OrderEvent): void
  /** Changes the records of stacks while the run belongs to this gateway, and throws when it does not any more. */
  readonly transaction?: Store['transaction']
  /** Whose credentials are used, where it is not the default holder. */
  readonly holder?: string
  /** Events of earlier attempts as they were kept, where another gateway made those. */
  readonly lastEvents?: readonly unknown[]
  /** Objects that a person found left over; they are taken into the states of their stacks before anything else is done with those. */
  readonly adopt?: readonly Adoption[]
  /** Goes on although objects may be left over that no state knows. */
  readonly acceptLeftovers?: boolean
  /** How a person goes on with an object that may be left over. */
  readonly leftoverHint?: (stack: string, leftover: { readonly address: string; readonly id?: string }) => string
}

/** An object of a cloud, and the resource of a stack that it is. */
export interface Adoption {
  readonly stack: string
  /** Such as `acme_network.north`. */
  readonly address: string
  /** As the import of its provider wants it. */
  readonly id: string
}

/**
 * Runs stacks of orders, several at a time, from several gateways. Callers make sure that nobody else works on the stacks that they
 * name, and name a gateway together with the links that are to change with it. What passes by itself, such as a database that is away or
 * a cloud that is asked too often, is thrown with `retryable: true`: the same done again goes on from what is there.
 */
export interface StackEngine {
  /**
   * Brings stacks of a plan to what it says of them, in order of dependency. What they need of others comes from the states of those.
   * Where a change of a gateway would break a link that is not named, nothing of it is done, and `rebuild` names the link.
   */
  apply(order: string, plan: Plan, stacks: readonly string[], run: StackRun): Promise<StackOutcome>
  /** Destroys stacks, links first. A name that does not exist is passed over. */
  destroy(order: string, stacks: readonly string[], run: StackRun): Promise<StackOutcome>
  /** Forgets stacks without touching what they made. A name that does not exist is passed over. */
  forget(order: string, stacks: readonly string[], run: StackRun): Promise<StackOutcome>
  /** What the clouds hold now of stacks. Throws what `isTofuError` recognises when one of them cannot be read; a name that does not exist has nothing. */
  read(order: string, stacks: readonly string[], run: StackRun): Promise<readonly ResourceView[]>
  /** What the states say of stacks; asks no cloud, and waits for no run. Throws when a state cannot be read. */
  known(order: string, stacks: readonly string[]): Promise<readonly ResourceView[]>
  /** Names of the stacks that exist, sorted. */
  stacks(order: string): Promise<readonly string[]>
}
