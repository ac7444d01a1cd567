import type { AddressInfo } from 'node:net'
import type { ServerType } from '@hono/node-server'
import type { TofuBinary } from '@isthmus/tofu'
import { compose, type Composed } from '../composition/compose.ts'
import type { Opened } from '../composition/opened.ts'
import { hashSecret } from '../http/authentication.ts'
import type { Configuration } from '../configuration/configuration.ts'
import { ConfigurationError, variableOf, type ReadConfiguration } from '../configuration/read-configuration.ts'
import { Namespaces } from '../namespace/namespaces.ts'
import { listen } from '../http/listen.ts'
import { isProblem } from '../http/problem.ts'
import { Templates } from '../template/templates.ts'
import { defaultTemplate, systemNamespace } from '../template/template.ts'
import { openGateway, type Environment } from './open-gateway.ts'
import { tidyRuns } from './tidy-runs.ts'

/** A gateway that answers. */
export interface Gateway {
  /** Where it listens: `http://127.0.0.1:1323`. */
  readonly url: string
  /** The OpenTofu that it uses; undefined while it is looked for. */
  readonly tofu: TofuBinary | undefined
  /** Stops taking requests, lets what is under way come to a good end, and closes everything. */
  stop(): Promise<void>
}

/**
 * Opens a gateway, wires it, and lets it listen.
 *
 * @throws ConfigurationError, IsthmusError and StoreError, each with what a person can do; nothing is left open then
 */
export async function startGateway(read: ReadConfiguration, environment: Environment): Promise<Gateway> {
  const opened = await openGateway(await withLogin(read), environment)
  const composed = compose(opened)
  const servers: ServerType[] = []
  try {
    await prepare(opened)
    for (const field of ['port', 'terrariumPort'] as const) servers.push(...(await listenAt(field, opened.configuration, composed)))
  } catch (error) {
    await stop(opened, composed, servers)
    throw error
  }
  // Whoever cannot be asked works on nothing.
  composed.worker.start()
  const endTidying = tidyRuns(opened.runs, opened.log)
  return {
    url: urlOf(opened.configuration.host, servers[0]?.address()),
    tofu: opened.tofu.found,
    stop: () => {
      endTidying()
      return stop(opened, composed, servers)
    },
  }
}

const listenProblems: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken; end what listens there, or choose another port',
  EACCES: 'is not for this user; choose a port from 1024 on',
}

/** @throws ConfigurationError when nobody can listen there */
async function listenAt(field: 'port' | 'terrariumPort', { host, [field]: port }: Configuration, { service }: Composed): Promise<ServerType[]> {
  if (port === undefined) return []
  try {
    return [await listen(service.app.fetch, { host, port })]
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new ConfigurationError(`${variableOf(field)}: ${host}:${port} ${listenProblems[code] ?? `cannot be listened on (${code}); is ${host} an address of this machine?`}`, { cause: error })
  }
}

/** The user of the documentation, where the configuration allows for it. */
async function withLogin(read: ReadConfiguration): Promise<ReadConfiguration> {
  if (read.configuration.credentials !== undefined) return read
  return { ...read, configuration: { ...read.configuration, credentials: [{ kind: 'basic', name: 'default', hash: await hashSecret('default'), scopes: ['read', 'write'] }] } }
}

/** Namespaces and templates that clients expect. */
async function prepare({ store, configuration }: Opened): Promise<void> {
  const namespaces = new Namespaces(store, [], [])
  for (const name of [configuration.defaultNamespace, systemNamespace]) await namespaces.ensure(name)
  await new Templates(store).create(systemNamespace, defaultTemplate).catch((error: unknown) => {
    if (!isProblem(error) || error.code !== 'ALREADY_EXISTS') throw error
  })
}

function urlOf(host: string, address: string | AddressInfo | null | undefined): string {
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

async function stop(opened: Opened, { readiness, stopping, worker }: Composed, servers: readonly ServerType[]): Promise<void> {
  readiness.stop()
  stopping.abort()
  const closed = Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))))
  await worker.stop()
  // Whoever still waits for a run waits on another gateway, or after the restart: the run is handed on.
  for (const server of servers) if ('closeAllConnections' in server) server.closeAllConnections()
  await closed
  await opened.planner.close()
  await opened.tracing?.stop()
  opened.runs.watch.close()
  await opened.store.close()
}
