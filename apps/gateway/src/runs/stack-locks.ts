import { sql, type SqlBool } from 'kysely'
import { StoreError, type Store } from '../store/index.ts'
import type { RunLocks } from './executor.ts'
import type { Lease, Leases } from './leases.ts'
import type { RunWatch } from './run-watch.ts'

/** What locks of one execution are made of. */
export interface StackLockParts {
  readonly store: Store
  readonly leases: Leases
  readonly watch: RunWatch
  readonly lease: Lease
  readonly signal: AbortSignal
  /** How often somebody who waits looks whether another gateway has freed the stack. */
  readonly poll: number
}

/** The holder's run is not leased any more, or with a newer fence: nobody has the stack. */
const isAbandoned = sql<SqlBool>`not exists (select 1 from run where run.id = stack_lock.run_id and run.fence = stack_lock.fence and run.state = 'leased')`

/** Stack locks of one execution of a run. */
export class StackLocks implements RunLocks {
  readonly #parts: StackLockParts
  #isUsed = false

  constructor(parts: StackLockParts) {
    this.#parts = parts
  }

  async withStacks<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    if (this.#isUsed) throw new StoreError('LOCK_NESTED', 'name all stacks at once: a run that takes more while it has some could wait for a run that waits for it')
    this.#isUsed = true
    const wanted = [...new Set(names)].sort()
    try {
      for (const name of wanted) await this.#take(name)
      this.#parts.signal.throwIfAborted()
      return await work()
    } finally {
      this.#isUsed = false
      await this.#free(wanted)
    }
  }

  async #take(name: string): Promise<void> {
    const { watch, signal, poll } = this.#parts
    const watcher = watch.watcher('unlocked')
    try {
      for (;;) {
        signal.throwIfAborted()
        if (await this.#attempt(name)) return
        await watcher.next({ signal, atMost: poll })
      }
    } finally {
      watcher.close()
    }
  }

  #attempt(name: string): Promise<boolean> {
    const { store, leases, lease } = this.#parts
    return store.database.transaction('read committed', async (transaction) => {
      await leases.verify(transaction, lease)
      const taken = await transaction.tables.insertInto('stack_lock').values({ name, run_id: lease.runId, fence: lease.fence })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ run_id: lease.runId, fence: lease.fence }).where(isAbandoned))
        .returning('name')
        .executeTakeFirst()
      return taken !== undefined
    })
  }

  /** What cannot be freed now, because the database is away, is free when the run ends. */
  async #free(names: readonly string[]): Promise<void> {
    const { store, watch, lease } = this.#parts
    if (names.length === 0) return
    await store.database.engine.write.deleteFrom('stack_lock').where('name', 'in', names).where('run_id', '=', lease.runId).where('fence', '=', lease.fence).execute().catch(() => undefined)
    watch.tell('unlocked')
  }
}
