import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readObjects, stopDaemon } from '@isthmus/simulator'
import { locateTofu } from '@isthmus/tofu'
import pg from 'pg'
import type { CutNetwork } from './cut-network.fixture.ts'
import { GatewayClient } from './gateway-client.fixture.ts'
import { GatewayProcess } from './gateway-process.fixture.ts'
import { PostgresServer } from './postgres.fixture.ts'
import type { EngineName } from './store.fixture.ts'

/** Gateways of one test: on one data folder, or on one database with a data folder each. They see the same simulated clouds. */
export class GatewayLab {
  readonly folder: string
  /** Folder of the simulated clouds. */
  readonly clouds: string
  readonly server: PostgresServer | undefined
  /** Asks whichever of the gateways is there. */
  readonly client: GatewayClient
  readonly #env: Readonly<Record<string, string>>
  readonly #gateways = new Map<string, GatewayProcess>()

  private constructor(folder: string, server: PostgresServer | undefined, env: Readonly<Record<string, string>>) {
    this.folder = folder
    this.clouds = join(folder, 'clouds')
    this.server = server
    this.#env = env
    this.client = new GatewayClient(() => [...this.#gateways.values()].filter((gateway) => gateway.isRunning).map(({ url }) => url))
  }

  /**
   * @param env variables of all gateways besides those that they need to find each other
   * @param network where the port of PostgreSQL is
   */
  static async open(engine: EngineName, env: Readonly<Record<string, string>> = {}, network?: CutNetwork): Promise<GatewayLab> {
    const folder = await mkdtemp(join(tmpdir(), 'isthmus-gateways-'))
    const server = engine === 'PostgreSQL' ? await PostgresServer.start(network) : undefined
    const clouds = join(folder, 'clouds')
    await mkdir(clouds)
    const { path } = await locateTofu()
    return new GatewayLab(folder, server, {
      PATH: process.env['PATH'] ?? '',
      HOME: folder,
      ISTHMUS_TOFU: path,
      ISTHMUS_SIMULATED_FOLDER: clouds,
      ISTHMUS_MASTER_SECRET: randomBytes(32).toString('hex'),
      ...(server ? { ISTHMUS_DATABASE_URL: server.url } : {}),
      ...env,
    })
  }

  /** Starts the gateway of that name, for the first time or again. */
  async start(name: string, env: Readonly<Record<string, string>> = {}): Promise<GatewayProcess> {
    const gateway = await GatewayProcess.start({ folder: join(this.folder, name), env: { ...this.#env, ...env } })
    this.#gateways.set(name, gateway)
    return gateway
  }

  /** A client of one gateway only. */
  clientOf(gateway: GatewayProcess): GatewayClient {
    return new GatewayClient(() => [gateway.url])
  }

  /** Objects that the clouds hold, as `type id`, sorted. */
  objects(): string[] {
    return readObjects(this.clouds).map(({ type, id }) => `${type} ${id}`).sort()
  }

  /** Rows of a query in the database. */
  async rows(query: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: this.server?.url })
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(query)).rows
    } finally {
      await client.end()
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#gateways.values()].map((gateway) => gateway.end('SIGKILL')))
    await stopDaemon(this.clouds)
    await this.server?.stop()
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
}
