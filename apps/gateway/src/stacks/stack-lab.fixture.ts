import { randomBytes } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { planOrder, type Agreed, type AnyProvider, type Plan } from '@isthmus/core'
import { aws } from '@isthmus/provider-aws'
import { azure } from '@isthmus/provider-azure'
import { gcp } from '@isthmus/provider-gcp'
import { clouds, startSimulator, type Durations, type Simulator } from '@isthmus/simulator'
import { locateTofu, type OrderEvent } from '@isthmus/tofu'
import pg from 'pg'
import { openPostgresStore, type Store } from '../store/index.ts'
import { PostgresServer } from '../testing/postgres.fixture.ts'
import { stateDatabase, storedRecords, TofuStacks, type Clouds, type StackRun } from './index.ts'

/** Providers of all tests. */
export const providers: readonly AnyProvider[] = [aws, azure, gcp]

/** Name of the order of all tests. */
export const order = 'stacks'

const sites = {
  east: { cloud: 'aws', region: 'ap-northeast-2', cidr: '10.10.0.0/16' },
  middle: { cloud: 'gcp', region: 'asia-northeast3', cidr: '10.20.0.0/16' },
  west: { cloud: 'azure', region: 'koreacentral', cidr: '10.30.0.0/16' },
} as const
type SiteName = keyof typeof sites

/** A plan of links between sites. */
export function planOf(pairs: readonly (readonly [SiteName, SiteName])[], rest: object = {}, agreed?: Agreed): Plan {
  const used = Object.fromEntries(Object.entries(sites).filter(([name]) => pairs.flat().some((site) => site === name)))
  const planned = planOrder({ name: order, topology: { links: pairs }, sites: used, ...rest }, { providers, ...(agreed ? { agreed } : {}) })
  if (!planned.ok) throw new Error(planned.findings.map(({ title }) => title).join(' '))
  return planned
}

/** Stacks of a link and of both its ends. */
export function stacksOf(a: SiteName, b: SiteName): string[] {
  return [`network-${a}`, `gateway-${a}`, `network-${b}`, `gateway-${b}`, `link-${a}--${b}`]
}

/** A run that keeps its events. */
export class KeptRun implements StackRun {
  readonly controller = new AbortController()
  readonly events: OrderEvent[] = []
  readonly #seen: ((event: OrderEvent) => void) | undefined

  constructor(seen?: (event: OrderEvent) => void) {
    this.#seen = seen
  }

  get signal(): AbortSignal {
    return this.controller.signal
  }

  onEvent(event: OrderEvent): void {
    this.events.push(event)
    this.#seen?.(event)
  }
}

/** Simulated clouds, a database, and gateways' engines on it, each with a data folder of its own. */
export class StackLab {
  readonly master = randomBytes(32)
  readonly server: PostgresServer
  readonly store: Store
  readonly simulator: Simulator
  readonly clouds: Clouds
  readonly #folders: string[]

  private constructor(server: PostgresServer, store: Store, simulator: Simulator, folder: string) {
    this.server = server
    this.store = store
    this.simulator = simulator
    this.clouds = { simulated: true, environment: async () => ({ TF_REATTACH_PROVIDERS: simulator.reattach }), credentials: async () => ({}) }
    this.#folders = [folder]
  }

  /** @param durations of the clouds by resource type, where they differ from real ones; in seconds of a real cloud */
  static async open(speed: number, durations: Durations = {}): Promise<StackLab> {
    const server = await PostgresServer.start()
    const home = await mkdtemp(join(tmpdir(), 'isthmus-stacks-'))
    const simulator = await startSimulator({ home, speed, clouds, providers, durations })
    return new StackLab(server, await openPostgresStore({ url: server.url }), simulator, home)
  }

  async folder(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'isthmus-stacks-'))
    this.#folders.push(folder)
    return folder
  }

  /** The engine of a gateway with that data folder. */
  engine(folder: string): TofuStacks {
    return new TofuStacks({ folder, master: this.master, providers, clouds: this.clouds, binary: () => locateTofu(), state: stateDatabase(this.server.url), records: storedRecords(this.store) })
  }

  /** Rows of a query as text. */
  async rows(query: string): Promise<string[]> {
    const client = new pg.Client({ connectionString: this.server.url })
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(query)).rows.map((row) => Object.values(row).map(String).join(' '))
    } finally {
      await client.end()
    }
  }

  /** Schemas of stacks in the database. */
  schemas(): Promise<string[]> {
    return this.rows(`select schema_name from information_schema.schemata where schema_name like 'stack\\_%' order by 1`)
  }

  /** Everything in the database that a dump would have, as text. */
  async everything(): Promise<string> {
    const tables = await this.rows(`select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')`)
    return (await Promise.all(tables.map((table) => this.rows(`select t::text from ${table} t`)))).flat().join('\n')
  }

  async close(): Promise<void> {
    await this.store.close()
    await this.simulator.close()
    await this.server.stop()
    await Promise.all(this.#folders.map((folder) => rm(folder, { recursive: true, force: true, maxRetries: 5 })))
  }
}

/** Files below a folder that contain a text. */
export async function filesWith(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const found = await Promise.all(paths.map(async (path) => ((await readFile(path)).includes(text) ? [path] : [])))
  return found.flat()
}
