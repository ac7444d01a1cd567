import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { StoreError, type Store } from '../store/index.ts'
import type { DatabaseTransaction } from '../store/database.ts'

/** Milliseconds after which a gateway is forgotten that nobody asks for. */
const keptFor = 24 * 60 * 60 * 1000

/**
 * Which gateways are there. One that gave no sign of life for a lease is taken off the list by whoever asks for it; should it come to
 * life again it gets another name, and what it had begun under the old one it may not go on with.
 */
export class Gateways {
  readonly #store: Store
  #name: string = randomUUID()

  constructor(store: Store) {
    this.#store = store
  }

  /** Name of this gateway, never used again by another one. */
  get name(): string {
    return this.#name
  }

  /** Puts this gateway on the list. Where the store belongs to one process, no other gateway is there, and no sign of life is needed. @param lease milliseconds */
  async join(lease: number): Promise<void> {
    const { write, now, isExclusive } = this.#store.database.engine
    const [name, others] = [randomUUID(), write.deleteFrom('gateway')]
    await (isExclusive ? others : others.where('lease_until', '<', sql<number>`${now} - ${sql.lit(keptFor)}`)).execute()
    await write.insertInto('gateway').values({ name, lease_until: isExclusive ? Number.MAX_SAFE_INTEGER : sql<number>`${now} + ${sql.lit(lease)}` }).execute()
    this.#name = name
  }

  /** Gives a sign of life. @param lease milliseconds */
  async beat(lease: number): Promise<void> {
    const { write, now, isExclusive } = this.#store.database.engine
    if (isExclusive) return
    const { numUpdatedRows } = await write.updateTable('gateway').set({ lease_until: sql<number>`${now} + ${sql.lit(lease)}` }).where('name', '=', this.#name).executeTakeFirst()
    if (numUpdatedRows === 0n) await this.join(lease)
  }

  /** Takes this gateway off the list. */
  async leave(): Promise<void> {
    await this.#store.database.engine.write.deleteFrom('gateway').where('name', '=', this.#name).execute()
  }

  /** Whether a gateway is gone, for ever. */
  async isGone(name: string): Promise<boolean> {
    const { read, write, now, isExclusive } = this.#store.database.engine
    if (!isExclusive) await write.deleteFrom('gateway').where('name', '=', name).where('lease_until', '<', now).execute()
    return !(await read.selectFrom('gateway').select('name').where('name', '=', name).executeTakeFirst())
  }

  /** Keeps a gateway on the list until the transaction ends. Throws `STORE_UNAVAILABLE` where it is not there any more. */
  async verify({ tables, locksRows }: DatabaseTransaction, name: string): Promise<void> {
    const listed = tables.selectFrom('gateway').select('name').where('name', '=', name)
    if (await (locksRows ? listed.forKeyShare() : listed).executeTakeFirst()) return
    throw new StoreError('STORE_UNAVAILABLE', 'the gateway was cut off from its database for so long that the request counts as failed; send it again')
  }
}
