import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readObjects, setFaults, stopDaemon, type CloudObject, type Fault } from '@isthmus/simulator'
import pino from 'pino'
import { readConfiguration, startGateway, type Gateway } from '../../src/index.ts'

/** What a gateway answered. */
export interface Reply {
  readonly status: number
  readonly body: unknown
  readonly headers: Headers
}

/** What a request has besides its method and path. */
export interface RequestParts {
  readonly query?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** The plugin that makes a seventh cloud of it. */
const openStack = fileURLToPath(new URL('../../../../plugins/provider-openstack', import.meta.url))

const login = `Basic ${Buffer.from('default:default').toString('base64')}`

/** Simulated clouds take no time: what a test waits for is OpenTofu. */
const speed = '1000000000'

/** A gateway with simulated clouds of its own, and a client that sends what it is told to. */
export class GatewayLab {
  readonly #folder: string
  readonly #gateway: Gateway

  private constructor(folder: string, gateway: Gateway) {
    this.#folder = folder
    this.#gateway = gateway
  }

  /**
   * @param runsAtATime stories that go on beside each other need as many, or they wait
   * @param holders credential holders besides the default one
   */
  static async open({ runsAtATime = 6, holders = [] }: { readonly runsAtATime?: number; readonly holders?: readonly string[] } = {}): Promise<GatewayLab> {
    const folder = await mkdtemp(join(tmpdir(), 'isthmus-lab-'))
    const secretsFolder = join(folder, 'secrets')
    for (const holder of holders) mkdirSync(join(secretsFolder, holder), { recursive: true })
    const variables = { ISTHMUS_PORT: '0', ISTHMUS_SIMULATED_SPEED: speed, ISTHMUS_REQUESTS_PER_SECOND: '10000', ISTHMUS_RUNS_AT_A_TIME: String(runsAtATime), ISTHMUS_PLUGINS: JSON.stringify([openStack]), ...(holders.length > 0 ? { ISTHMUS_SECRETS_FOLDER: secretsFolder } : {}) }
    const log = pino({ level: process.env['ISTHMUS_LOG_LEVEL'] ?? 'silent' })
    return new GatewayLab(folder, await startGateway(readConfiguration(variables, folder), { env: process.env, log, version: '0.0.0' }))
  }

  get url(): string {
    return this.#gateway.url
  }

  /** Sends a request with the login of the documentation. A body that is text is sent as it is, anything else as JSON. */
  async send(method: string, path: string, { query = '', body, headers = {} }: RequestParts = {}): Promise<Reply> {
    const response = await fetch(`${this.url}${path}${query}`, {
      method,
      headers: { authorization: login, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type') === 'application/json'
    return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers }
  }

  /** Sends a request that must succeed, and answers its body. */
  async done(method: string, path: string, parts: RequestParts = {}): Promise<unknown> {
    const { status, body } = await this.send(method, path, parts)
    if (status >= 400) throw new Error(`${method} ${path}${parts.query ?? ''} was answered with ${status}: ${JSON.stringify(body)}`)
    return body
  }

  /** Everything that the simulated clouds hold. */
  objects(): CloudObject[] {
    return readObjects(this.#clouds)
  }

  /** Lets calls of the simulated clouds fail from now on. */
  fail(...faults: readonly Fault[]): void {
    setFaults(this.#clouds, faults)
  }

  /** Takes objects out of the simulated clouds behind the gateway's back. @returns how many there were */
  lose(type: string, match: (object: CloudObject) => boolean): number {
    const lost = this.#files(type, match)
    for (const { path } of lost) rmSync(path)
    return lost.length
  }

  /** Changes attributes of objects of the simulated clouds behind the gateway's back. @returns how many were changed */
  tamper(type: string, match: (object: CloudObject) => boolean, attributes: CloudObject['attributes']): number {
    const changed = this.#files(type, match)
    for (const { path, object } of changed) writeFileSync(path, JSON.stringify({ ...object, attributes: { ...object.attributes, ...attributes } }))
    return changed.length
  }

  /** Folders that the gateway keeps of stacks. */
  stackFolders(): string[] {
    return readdirSync(join(this.#folder, '.isthmus', 'simulated', 'orders'), { recursive: true, encoding: 'utf8' }).filter((path) => /[/\\]stacks[/\\][^/\\]+$/.test(path))
  }

  async close(): Promise<void> {
    await this.#gateway.stop()
    await stopDaemon(this.#clouds)
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 })
  }

  #files(type: string, match: (object: CloudObject) => boolean): { readonly path: string; readonly object: CloudObject }[] {
    const folder = join(this.#clouds, 'objects', type)
    const matching = new Map(this.objects().filter((object) => object.type === type && match(object)).map((object) => [object.id, object]))
    return readdirSync(folder).flatMap((name) => {
      const path = join(folder, name)
      const object = matching.get(textAt(JSON.parse(readFileSync(path, 'utf8')), 'id'))
      return object ? [{ path, object }] : []
    })
  }

  get #clouds(): string {
    return join(this.#folder, '.isthmus', 'simulated', 'clouds')
  }
}

/** The value at a path of an answer; undefined where the path leads nowhere. */
export function valueAt(body: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === String(step))?.[1] : undefined), body)
}

/** The text at a path of an answer. Clients read fields without asking whether they are there, so one that is missing fails. */
export function textAt(body: unknown, ...path: readonly (string | number)[]): string {
  const value = valueAt(body, ...path)
  if (typeof value !== 'string') throw new Error(`${path.join('.')} is ${JSON.stringify(value)} and no text in ${JSON.stringify(body)}`)
  return value
}

/** The list at a path of an answer. */
export function listAt(body: unknown, ...path: readonly (string | number)[]): unknown[] {
  const value = valueAt(body, ...path)
  if (!Array.isArray(value)) throw new Error(`${path.join('.')} is ${JSON.stringify(value)} and no list in ${JSON.stringify(body)}`)
  return value
}
