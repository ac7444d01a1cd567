import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openPostgresStore, openSqliteStore, type Store } from '../store/index.ts'
import { PostgresServer } from './postgres.fixture.ts'

/** Engines that every test of the store runs on. */
export const engineNames = ['SQLite', 'PostgreSQL'] as const
export type EngineName = (typeof engineNames)[number]

/** How another process opens the same store. */
export type StoreLocation = { readonly folder: string } | { readonly url: string; readonly schema: string }

/** Opens a store where it lies. */
export function openStore(location: StoreLocation): Promise<Store> {
  return 'folder' in location ? openSqliteStore(location) : openPostgresStore(location)
}

/** Stores of one engine for one test file. */
export class StoreLab {
  readonly engine: EngineName
  readonly #server: PostgresServer | undefined
  readonly #folders: string[] = []
  readonly #stores: Store[] = []

  private constructor(engine: EngineName, server: PostgresServer | undefined) {
    this.engine = engine
    this.#server = server
  }

  static async open(engine: EngineName): Promise<StoreLab> {
    return new StoreLab(engine, engine === 'PostgreSQL' ? await PostgresServer.start() : undefined)
  }

  /** A place where no store was yet. */
  async place(): Promise<StoreLocation> {
    if (this.#server) return { url: this.#server.url, schema: `isthmus_${randomBytes(6).toString('hex')}` }
    const folder = await mkdtemp(join(tmpdir(), 'isthmus-store-'))
    this.#folders.push(folder)
    return { folder }
  }

  /** Opens a store that {@link close} closes. */
  async store(location?: StoreLocation): Promise<Store> {
    const store = await openStore(location ?? (await this.place()))
    this.#stores.push(store)
    return store
  }

  /** The server, for tests that take it away. */
  get server(): PostgresServer {
    if (!this.#server) throw new Error(`${this.engine} has no server`)
    return this.#server
  }

  /** Closes the stores that are open; the places stay. */
  async closeStores(): Promise<void> {
    await Promise.all(this.#stores.splice(0).map((store) => store.close()))
  }

  async close(): Promise<void> {
    await this.closeStores()
    await this.#server?.stop()
    await Promise.all(this.#folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })))
  }
}
