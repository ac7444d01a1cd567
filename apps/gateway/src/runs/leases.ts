import { sql, type Selectable, type SqlBool, type RawBuilder } from 'kysely'
import { StoreError, type Store, type Transaction } from '../store/index.ts'
import type { DatabaseTransaction } from '../store/database.ts'
import type { RunTable } from '../store/tables.ts'
import { runFrom, type Run, type RunError, type RunState } from './run.ts'
import type { RunWatch } from './run-watch.ts'

/** The right to execute a run, for a while. */
export interface Lease {
  readonly runId: string
  readonly fence: number
}

/** Who claims which runs. */
export interface Claim {
  /** Name of the worker, never used again by another one. */
  readonly owner: string
  readonly kinds: readonly string[]
  readonly limit: number
  /** Runs that this worker still executes, having lost their lease. */
  readonly except: readonly string[]
  /** Milliseconds. */
  readonly duration: number
}

/** How a run ended. */
export type Ending = { readonly state: 'done'; readonly result: unknown } | { readonly state: 'failed' | 'dead'; readonly error: RunError }

/** Puts records right in the transaction that ends a run. */
export type OnEnd = (transaction: Transaction, run: Run) => Promise<void>

/** Leases of runs: who may execute what, until when. Each change names the fence that it was given, and is refused with an older one. */
export class Leases {
  readonly #store: Store
  readonly #watch: RunWatch

  constructor(store: Store, watch: RunWatch) {
    this.#store = store
    this.#watch = watch
  }

  /** Runs that are due, or whose holder let the lease lapse, each with a new fence. Stack locks of the old holder are free. */
  async claim({ owner, kinds, limit, except, duration }: Claim): Promise<readonly Run[]> {
    const { read, now } = this.#store.database.engine
    if (kinds.length === 0 || limit < 1) return []
    const due = await read.selectFrom('run').select('id').where('kind', 'in', kinds).where(isClaimable(now)).limit(1 + except.length).execute()
    if (due.every((row) => except.includes(row.id))) return []
    const rows = await this.#store.database.transaction('read committed', async ({ tables, locksRows }) => {
      let free = tables.selectFrom('run').select('id').where('kind', 'in', kinds).where(isClaimable(now)).orderBy('due_at').orderBy('id').limit(limit)
      if (except.length > 0) free = free.where('id', 'not in', except)
      const claimed = await tables.with('free', () => (locksRows ? free.forUpdate().skipLocked() : free))
        .updateTable('run')
        .set((is) => ({
          state: 'leased', owner, lease_until: sql<number>`${now} + ${sql.lit(duration)}`,
          attempts: is('attempts', '+', 1), fence: is('fence', '+', 1), started_at: is.fn.coalesce('started_at', now),
        }))
        .where('id', 'in', (is) => is.selectFrom('free').select('id'))
        .returningAll()
        .execute()
      if (claimed.length > 0) await tables.deleteFrom('stack_lock').where('run_id', 'in', claimed.map((row) => row.id)).execute()
      return claimed
    })
    if (rows.length > 0) this.#watch.tell('unlocked')
    return rows.map((row) => runFrom(row))
  }

  /** Holds leases for another while. Answers those that are still held; the others are lost. */
  async renew(owner: string, leases: readonly Lease[], duration: number): Promise<readonly Lease[]> {
    const { write, now } = this.#store.database.engine
    if (leases.length === 0) return []
    const rows = await write.updateTable('run')
      .set({ lease_until: sql<number>`${now} + ${sql.lit(duration)}` })
      .where('id', 'in', leases.map((lease) => lease.runId)).where('owner', '=', owner).where('state', '=', 'leased')
      .returning(['id', 'fence'])
      .execute()
    return leases.filter((lease) => rows.some((row) => row.id === lease.runId && row.fence === lease.fence))
  }

  /** Throws `RUN_LOST` unless the lease is held, and keeps it from being claimed until the transaction ends. */
  async verify({ tables, locksRows }: DatabaseTransaction, lease: Lease): Promise<void> {
    const held = tables.selectFrom('run').select('id').where('id', '=', lease.runId).where('fence', '=', lease.fence).where('state', '=', 'leased')
    if (!(await (locksRows ? held.forUpdate() : held).executeTakeFirst())) throw lost(lease)
  }

  /** Adds events of a run, which are JSON texts. */
  async addEvents(lease: Lease, events: readonly string[]): Promise<void> {
    await this.#store.database.transaction('read committed', async ({ tables, now }) => {
      const row = await tables.updateTable('run').set((is) => ({ last_seq: is('last_seq', '+', events.length) }))
        .where('id', '=', lease.runId).where('fence', '=', lease.fence).where('state', '=', 'leased').returning('last_seq').executeTakeFirst()
      if (!row) throw lost(lease)
      const first = row.last_seq - events.length + 1
      await tables.insertInto('run_event').values(events.map((event, index) => ({ run_id: lease.runId, seq: first + index, at: now, event }))).execute()
    })
    this.#watch.tell(`run ${lease.runId}`)
  }

  /** Events of a run so far, oldest first, as they were emitted. */
  async eventsOf(runId: string): Promise<readonly unknown[]> {
    return this.#store.database.transaction('read committed', async ({ tables }) => {
      const rows = await tables.selectFrom('run_event').select('event').where('run_id', '=', runId).orderBy('seq').execute()
      return rows.map(({ event }): unknown => JSON.parse(event))
    })
  }

  /** Ends a run, and does what belongs to its end in the same transaction. */
  end(lease: Lease, ending: Ending, onEnd?: OnEnd): Promise<Run> {
    return this.#store.transaction(async (transaction) => {
      const { now } = transaction.database
      const outcome = ending.state === 'done' ? { result: JSON.stringify(ending.result ?? null), error: null } : { error: JSON.stringify(ending.error) }
      const row = await this.#release(transaction, lease, { state: ending.state, ended_at: now, ...outcome })
      const run = runFrom(row)
      await onEnd?.(transaction, run)
      return run
    })
  }

  /** Lets a run be claimed again after a while, because broken machinery was in its way. */
  async retryLater(lease: Lease, error: RunError, delay: number): Promise<void> {
    await this.#store.transaction((transaction) => this.#release(transaction, lease, {
      state: 'ready', due_at: sql<number>`${transaction.database.now} + ${sql.lit(Math.round(delay))}`, error: JSON.stringify(error),
    }))
  }

  /** Lets a run be claimed again at once, as if this attempt had not been made. */
  async handBack(lease: Lease): Promise<void> {
    await this.#store.transaction((transaction) => this.#release(transaction, lease, { state: 'ready', due_at: transaction.database.now, attempts: sql<number>`attempts - 1` }))
  }

  /** Runs that were cut off at their last attempt, with a new fence: whoever gets them must end them. */
  async takeExhausted(owner: string, kinds: readonly string[], duration: number): Promise<readonly Run[]> {
    const { read, write, now } = this.#store.database.engine
    if (kinds.length === 0) return []
    const isExhausted = sql<SqlBool>`state = 'leased' and lease_until < ${now} and attempts >= max_attempts`
    const some = await read.selectFrom('run').select('id').where('kind', 'in', kinds).where(isExhausted).limit(1).executeTakeFirst()
    if (!some) return []
    const rows = await write.updateTable('run')
      .set((is) => ({ owner, lease_until: sql<number>`${now} + ${sql.lit(duration)}`, fence: is('fence', '+', 1) }))
      .where('kind', 'in', kinds).where(isExhausted).returningAll().execute()
    return rows.map((row) => runFrom(row))
  }

  /** Lets every lease lapse: for a store whose other users are known to be dead. */
  async expireAll(): Promise<void> {
    await this.#store.database.engine.write.updateTable('run').set({ lease_until: 0 }).where('state', '=', 'leased').execute()
  }

  async #release(transaction: Transaction, lease: Lease, change: Change): Promise<Selectable<RunTable>> {
    const { tables } = transaction.database
    const row = await tables.updateTable('run').set({ ...change, owner: null, lease_until: null })
      .where('id', '=', lease.runId).where('fence', '=', lease.fence).where('state', '=', 'leased').returningAll().executeTakeFirst()
    if (!row) throw lost(lease)
    await tables.deleteFrom('stack_lock').where('run_id', '=', lease.runId).execute()
    transaction.afterCommit(() => {
      this.#watch.tell(`run ${lease.runId}`)
      this.#watch.tell('unlocked')
      if (row.state === 'ready') this.#watch.tell('ready')
    })
    return row
  }
}

interface Change {
  readonly state: RunState
  readonly attempts?: RawBuilder<number>
  readonly due_at?: RawBuilder<number>
  readonly ended_at?: RawBuilder<number>
  readonly result?: string
  readonly error?: string | null
}

function isClaimable(now: RawBuilder<number>): RawBuilder<SqlBool> {
  return sql<SqlBool>`((state = 'ready' and due_at <= ${now}) or (state = 'leased' and lease_until < ${now} and attempts < max_attempts))`
}

function lost({ runId, fence }: Lease): StoreError {
  return new StoreError('RUN_LOST', `the lease of run ${runId} with fence ${fence} went to somebody else`)
}
