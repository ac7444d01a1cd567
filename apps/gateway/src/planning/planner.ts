import type { Agreed, Finding, Reason } from '@isthmus/core'

/** An order with everything that is wrong with it. */
export interface RefusedOrder {
  readonly ok: false
  readonly findings: readonly Finding[]
}

/** An order that can be applied, and the numbers it gets. */
export interface CheckedOrder {
  readonly ok: true
  readonly findings: readonly Finding[]
  readonly agreed: Agreed
}

/** An order that can be applied, told in full. */
export interface ExplainedOrder {
  readonly ok: true
  readonly plan: PlanExplanation
}

/** What a plan comes to, and why, without the resources themselves. */
export interface PlanExplanation {
  readonly name: string
  /** Warnings and remarks. */
  readonly findings: Finding[]
  readonly sites: { readonly name: string; readonly cloud: string; readonly region: string; readonly cidrs: string[]; readonly asn: number; readonly reasons: Reason[] }[]
  readonly links: { readonly name: string; readonly routing: string; /** How many. */ readonly tunnels: number; readonly reasons: Reason[] }[]
  /** Stacks that would be applied, with those that come before each and the number of their resources. */
  readonly stacks: { readonly name: string; readonly after: string[]; readonly resources: number }[]
  readonly proof: { readonly proven: boolean; /** How many are proven. */ readonly tunnels: number; readonly findings: Finding[] }
}

/** Plans orders that clients send, of any size, without anybody having to wait for it. */
export interface Planner {
  /**
   * Plans a document as it would be applied.
   *
   * @param agreed numbers that the order has already
   * @throws Problem UNAVAILABLE when it takes too long, or too many wait already
   */
  check(document: unknown, agreed: Agreed | undefined): Promise<CheckedOrder | RefusedOrder>
  /** As {@link check}, with reasons, stacks, and the proof of both ends of every tunnel. */
  explain(document: unknown, agreed: Agreed | undefined): Promise<ExplainedOrder | RefusedOrder>
  /** Ends what it needs for that. */
  close(): Promise<void>
}
