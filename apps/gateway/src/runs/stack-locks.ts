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
  /** Kinds of runs that only look. */
  readonly readingKinds: readonly string[]
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

  withStacks<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
    return this.#holding(names, async (wanted) => {
      for (const name of wanted) await this.#take(name, () => true)
      this.#parts.signal.throwIfAborted()
      return work()
    })
  }

  lookAt<T>(names: readonly string[], work: () => Promise<T>): Promise<T | undefined> {
    return this.#holding(names, async (wanted) => {
      for (const name of wanted) if (!(await this.#take(name, (kind) => this.#parts.readingKinds.includes(kind)))) return undefined
      this.#parts.signal.throwIfAborted()
      return work()
    })
  }

  async #holding<T>(names: readonly string[], work: (wanted: readonly string[]) => Promise<T>): Promise<T> {
    if (this.#isUsed) throw new StoreError('LOCK_NESTED', 'name all stacks at once: a run that takes more while it has some could wait for a run that waits for it')
    this.#isUsed = true
    const wanted = [...new Set(names)].sort()
    try {
      return await work(wanted)
    } finally {
      await this.#free(wanted)
      this.#isUsed = false
    }
  }

  /** @param waitsFor whether a run of a kind that has the stack is waited for @returns whether the stack is this run's now */
  async #take(name: string, waitsFor: (kind: string) => boolean): Promise<boolean> {
    const { watch, signal, poll } = this.#parts
    const watcher = watch.watcher('unlocked')
    try {
      for (;;) {
        signal.throwIfAborted()
        const { isTaken, holder } = await this.#attempt(name)
        if (isTaken) return true
        if (holder !== undefined && !waitsFor(holder)) return false
        await watcher.next({ signal, atMost: poll })
      }
    } finally {
      watcher.close()
    }
  }

  /** @returns the kind of the run that has the stack, where it could not be taken from it */
  #attempt(name: string): Promise<{ readonly isTaken: boolean; readonly holder?: string | undefined }> {
    const { store, leases, lease } = this.#parts
    return store.database.transaction('read committed', async (transaction) => {
      const { tables } = transaction
      await leases.verify(transaction, lease)
      const taken = await tables.insertInto('stack_lock').values({ name, run_id: lease.runId, fence: lease.fence })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ run_id: lease.runId, fence: lease.fence })
          .where((is) => is.or([isAbandoned, is.and([is('stack_lock.run_id', '=', lease.runId), is('stack_lock.fence', '=', lease.fence)])])))
        .returning('name')
        .executeTakeFirst()
      if (taken) return { isTaken: true }
      const holder = await tables.selectFrom('stack_lock').innerJoin('run', 'run.id', 'stack_lock.run_id').select('run.kind').where('stack_lock.name', '=', name).executeTakeFirst()
      return { isTaken: false, holder: holder?.kind }
    })
  }

  /** What cannot be freed now, because the database is away, this run can take again, and others when it ends. */
  async #free(names: readonly string[]): Promise<void> {
    const { store, watch, lease } = this.#parts
    if (names.length === 0) return
    await store.database.engine.write.deleteFrom('stack_lock').where('name', 'in', names).where('run_id', '=', lease.runId).where('fence', '=', lease.fence).execute().catch(() => undefined)
    watch.tell('unlocked')
  }
}
