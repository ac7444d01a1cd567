/** Where the state of one stack is kept: in a file beside the stack, or in a schema of its own of a PostgreSQL database. */
export type StateStorage = { readonly kind: 'files' } | { readonly kind: 'postgres'; readonly url: string; readonly schema: string }

/** Where the states of orders are kept. */
export type OrderState = { readonly kind: 'files' } | PostgresState

/** A PostgreSQL database that keeps the states of orders. Who brings it along talks to it, so that this package needs no driver; an error that passes by itself says so with `retryable: true`. */
export interface PostgresState {
  readonly kind: 'postgres'
  /** `postgresql://…`. Reaches OpenTofu in the environment only. */
  readonly url: string
  /** Makes the database ready for many OpenTofus at a time; called before each use, so it should remember. */
  prepare(): Promise<void>
  /**
   * Refuses from now on what is written to the state in a schema by a session without a lock: OpenTofu goes on with a new one when it loses
   * the one that had the lock, and writes over what another machine has written meanwhile.
   */
  guard(schema: string): Promise<void>
  /** Drops the schema of a stack that is gone, with all that is in it. A schema that is not there is no error. */
  drop(schema: string): Promise<void>
}
