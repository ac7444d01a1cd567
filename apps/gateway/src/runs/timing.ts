/** How a worker spends its time, in milliseconds. */
export interface RunTiming {
  /** How long a run belongs to a worker that gives no sign of life. */
  readonly lease: number
  /** How often it gives one. */
  readonly heartbeat: number
  /** How often it looks for runs that other gateways submitted or let lapse; those of its own gateway it hears of at once. */
  readonly poll: number
  /** How long events are gathered before they are written together. */
  readonly gather: number
  /** How long a run waits after its first meeting with broken machinery; twice as long each time, at most {@link longestBackoff}. */
  readonly backoff: number
}

/** Three heartbeats fit into a lease, so that one may get lost; a run of a dead gateway goes on after five seconds. */
export const usualTiming: RunTiming = { lease: 5_000, heartbeat: 1_500, poll: 500, gather: 100, backoff: 1_000 }

export const longestBackoff = 60_000

/** Delay before the next attempt: doubled each time, and spread so that many do not come at once. */
export function backoffAfter(attempts: number, first: number): number {
  return Math.min(longestBackoff, first * 2 ** (attempts - 1)) * (0.5 + Math.random() / 2)
}
