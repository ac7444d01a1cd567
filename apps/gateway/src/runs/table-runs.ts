import { AsyncLocalStorage } from 'node:async_hooks'
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Kysely, Selectable } from 'kysely'
import { StoreError, type Store, type Transaction } from '../store/index.ts'
import { isStorableKey } from '../store/storable-key.ts'
import type { RunTable, Tables } from '../store/tables.ts'
import { Gateways } from './gateways.ts'
import { Leases } from './leases.ts'
import { hasEnded, runFrom, timeText, type Run, type RunEvent } from './run.ts'
import { RunWatch } from './run-watch.ts'
import type { EventOptions, RequestKey, RunFilter, RunRequest, Runs, Submission, WaitOptions } from './runs.ts'
import { usualTiming } from './timing.ts'

/** How often a run may be begun unless its request says otherwise: a gateway may be killed now and then, but not by this run each time. */
const usualAttempts = 10
const usualPage = 100
/** Events of one read; a few hundred kilobytes at most. */
const eventPage = 500
/** Runs that are deleted in one transaction. */
const forgetPage = 200

/** How soon a gateway hears of what others do to a run that it waits for, in milliseconds. */
export interface RunsOptions {
  readonly poll?: number
}

/**
 * Opens the runs of a store; once per opened store.
 *
 * Where the store belongs to this process alone, whoever held a lease is dead, and its runs can be claimed at once.
 */
export async function openRuns(store: Store, { poll = 250 }: RunsOptions = {}): Promise<Runs> {
  const runs = new TableRuns(store, poll)
  if (store.database.engine.isExclusive) await runs.leases.expireAll()
  await runs.gateways.join(usualTiming.lease)
  return runs
}

class TableRuns implements Runs {
  readonly gateways: Gateways
  readonly leases: Leases
  readonly watch: RunWatch
  readonly #read: Kysely<Tables>
  readonly #store: Store
  readonly #request = new AsyncLocalStorage<RequestKey>()

  constructor(store: Store, poll: number) {
    this.#store = store
    this.#read = store.database.engine.read
    this.watch = new RunWatch(store.database, poll)
    this.gateways = new Gateways(store)
    this.leases = new Leases(store, this.watch)
  }

  async submit({ database, afterCommit }: Transaction, request: RunRequest): Promise<Submission> {
    const { kind, target, idempotencyKey, maxAttempts = usualAttempts } = request
    if (!isStorableKey(target) || (idempotencyKey !== undefined && !isStorableKey(idempotencyKey))) {
      throw new StoreError('RECORD_INVALID', 'the target and the idempotency key of a run are at most 800 bytes without control characters')
    }
    const payload = JSON.stringify(request.payload ?? null)
    const asked = this.#request.getStore()
    if (asked) await this.gateways.verify(database, asked.gateway)
    const row = await database.tables.insertInto('run')
      .values({
        id: randomUUID(), kind, target, payload, state: 'ready', attempts: 0, max_attempts: maxAttempts, fence: 0, due_at: database.now,
        idempotency_key: idempotencyKey ?? null, last_seq: 0, created_at: database.now, request: asked?.key ?? null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returningAll()
      .executeTakeFirst()
    if (!row) return this.#inTheWay(database.tables, request, payload)
    afterCommit(() => this.watch.tell('ready'))
    return { run: runFrom(row), isNew: true }
  }

  forRequest<T>(request: RequestKey, work: () => Promise<T>): Promise<T> {
    return this.#request.run(request, work)
  }

  async ofRequest(key: string): Promise<Run | undefined> {
    return found(await this.#read.selectFrom('run').selectAll().where('request', '=', key).orderBy('created_at', 'desc').limit(1).executeTakeFirst())
  }

  async get(id: string): Promise<Run | undefined> {
    if (!isStorableKey(id)) return undefined
    return found(await this.#read.selectFrom('run').selectAll().where('id', '=', id).executeTakeFirst())
  }

  async active(target: string): Promise<Run | undefined> {
    if (!isStorableKey(target)) return undefined
    return found(await activeRun(this.#read, target))
  }

  async withKey(idempotencyKey: string): Promise<Run | undefined> {
    if (!isStorableKey(idempotencyKey)) return undefined
    return found(await keyedRun(this.#read, idempotencyKey))
  }

  async list({ target, kind, state, limit = usualPage, before }: RunFilter = {}): Promise<readonly Run[]> {
    if (![target, kind, before].every((text) => text === undefined || isStorableKey(text))) return []
    let query = this.#read.selectFrom('run').selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc').limit(limit)
    if (target !== undefined) query = query.where('target', '=', target)
    if (kind !== undefined) query = query.where('kind', '=', kind)
    if (state !== undefined) query = query.where('state', '=', state)
    if (before !== undefined) {
      const last = await this.#read.selectFrom('run').select(['created_at', 'id']).where('id', '=', before).executeTakeFirst()
      if (!last) return []
      query = query.where((is) => is.or([is('created_at', '<', last.created_at), is.and([is('created_at', '=', last.created_at), is('id', '<', last.id)])]))
    }
    return (await query.execute()).map((row) => runFrom(row))
  }

  async wait(id: string, { signal }: WaitOptions = {}): Promise<Run> {
    const watcher = this.watch.runWatcher(id)
    try {
      for (;;) {
        signal?.throwIfAborted()
        const run = await this.#existing(id)
        if (hasEnded(run)) return run
        await watcher.next({ signal })
      }
    } finally {
      watcher.close()
    }
  }

  async *events(id: string, { after = 0, signal }: EventOptions = {}): AsyncGenerator<RunEvent, void, undefined> {
    const watcher = this.watch.runWatcher(id)
    try {
      let last = after
      for (;;) {
        if (signal?.aborted) return
        // Read before the events: a run ends after its last event.
        const run = await this.#existing(id)
        const rows = await this.#read.selectFrom('run_event').selectAll().where('run_id', '=', id).where('seq', '>', last).orderBy('seq').limit(eventPage).execute()
        for (const { seq, at, event } of rows) {
          if (signal?.aborted) return
          yield { runId: id, seq, at: timeText(at), event: JSON.parse(event) }
          last = seq
        }
        if (rows.length === eventPage) continue
        if (hasEnded(run)) return
        await watcher.next({ signal })
      }
    } finally {
      watcher.close()
    }
  }

  async forget(endedBefore: Date, kinds?: readonly string[]): Promise<number> {
    let forgotten = 0
    for (;;) {
      const page = await this.#store.database.transaction('read committed', async ({ tables }) => {
        let old = tables.selectFrom('run').select('id').where('ended_at', '<', endedBefore.getTime()).limit(forgetPage)
        if (kinds) old = old.where('kind', 'in', kinds)
        const ids = (await old.execute()).map((row) => row.id)
        if (ids.length === 0) return 0
        await tables.deleteFrom('run_event').where('run_id', 'in', ids).execute()
        await tables.deleteFrom('run').where('id', 'in', ids).execute()
        return ids.length
      })
      forgotten += page
      if (page < forgetPage) return forgotten
    }
  }

  async #existing(id: string): Promise<Run> {
    const run = await this.get(id)
    if (!run) throw new StoreError('RUN_NOT_FOUND', `run ${id} does not exist`)
    return run
  }

  async #inTheWay(tables: Kysely<Tables>, { kind, target, idempotencyKey }: RunRequest, payload: string): Promise<Submission> {
    const keyed = idempotencyKey === undefined ? undefined : found(await keyedRun(tables, idempotencyKey))
    if (keyed) {
      if (keyed.kind === kind && keyed.target === target && isDeepStrictEqual(keyed.payload, JSON.parse(payload))) return { run: keyed, isNew: false }
      throw new StoreError('RUN_KEY_REUSED', `the idempotency key belongs to run ${keyed.id}, which was another request`, { runId: keyed.id })
    }
    const active = await activeRun(tables, target)
    if (active) throw new StoreError('RUN_ACTIVE', `run ${active.id} (${active.kind}) is working on ${target}`, { runId: active.id })
    throw new StoreError('STORE_CONTENDED', `the run in the way of ${target} has just ended`)
  }
}

function found(row: Selectable<RunTable> | undefined): Run | undefined {
  return row && runFrom(row)
}

function activeRun(tables: Kysely<Tables>, target: string): Promise<Selectable<RunTable> | undefined> {
  return tables.selectFrom('run').selectAll().where('target', '=', target).where('state', 'in', ['ready', 'leased']).executeTakeFirst()
}

function keyedRun(tables: Kysely<Tables>, key: string): Promise<Selectable<RunTable> | undefined> {
  return tables.selectFrom('run').selectAll().where('idempotency_key', '=', key).executeTakeFirst()
}
