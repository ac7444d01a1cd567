import { Problem } from './problem.ts'

/** Clients that are remembered; one whose bucket is full again is forgotten. */
const mostClients = 10_000

/** Limits how often one client asks: a bucket of `perSecond` requests that refills as fast. */
export class RateLimit {
  readonly #perSecond: number
  readonly #now: () => number
  readonly #buckets = new Map<string, { tokens: number; at: number }>()

  /** @param now milliseconds */
  constructor(perSecond: number, now: () => number) {
    this.#perSecond = perSecond
    this.#now = now
  }

  /** @throws Problem RATE_LIMITED */
  take(client: string): void {
    const now = this.#now()
    const bucket = this.#buckets.get(client) ?? { tokens: this.#perSecond, at: now }
    bucket.tokens = Math.min(this.#perSecond, bucket.tokens + ((now - bucket.at) / 1000) * this.#perSecond)
    bucket.at = now
    if (bucket.tokens < 1) throw new Problem('RATE_LIMITED', 'rate limit exceeded', { retryAfter: 1 })
    bucket.tokens -= 1
    this.#buckets.set(client, bucket)
    if (this.#buckets.size > mostClients) this.#forget(now)
  }

  #forget(now: number): void {
    for (const [client, { at }] of this.#buckets) if (now - at > 1000) this.#buckets.delete(client)
  }
}
