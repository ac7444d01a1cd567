import type { Attributes } from '../behaviour/behaviour.ts'

/**
 * One configured provider instance. Each alias and each run of the engine has a connection of its own, and so a session of
 * its own; a configuration kept for the whole process would give all aliases the region of the last one.
 */
export class Session {
  /** Arguments of the provider block. */
  provider: Attributes = {}
  readonly #stop = new AbortController()

  /** Aborted once the engine has asked to stop: waits end, operations complete. */
  get stopped(): AbortSignal {
    return this.#stop.signal
  }

  stop(): void {
    this.#stop.abort()
  }
}
