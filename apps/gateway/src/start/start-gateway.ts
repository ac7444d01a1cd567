import type { AddressInfo } from 'node:net'
import type { ServerType } from '@hono/node-server'
import type { Logger } from 'pino'
import { compose, type Composed } from '../composition/compose.ts'
import type { Opened } from '../composition/opened.ts'
import { hashSecret } from '../http/authentication.ts'
import type { ReadConfiguration } from '../configuration/read-configuration.ts'
import { Namespaces } from '../namespace/namespaces.ts'
import { listen } from '../http/listen.ts'
import { isProblem } from '../http/problem.ts'
import { Templates } from '../template/templates.ts'
import { defaultTemplate, systemNamespace } from '../template/template.ts'
import { openGateway } from './open-gateway.ts'
import { tidyRuns } from './tidy-runs.ts'

/** A gateway that answers. */
export interface Gateway {
  /** Where it listens: `http://127.0.0.1:1323`. */
  readonly url: string
  /** Stops taking requests, lets what is under way come to a good end, and closes everything. */
  stop(): Promise<void>
}

/** Opens a gateway, wires it, and lets it listen. */
export async function startGateway(read: ReadConfiguration, environment: { readonly env: NodeJS.ProcessEnv; readonly log: Logger; readonly version: string }): Promise<Gateway> {
  const opened = await openGateway(await withLogin(read), environment)
  const composed = compose(opened)
  await prepare(opened)
  composed.worker.start()
  const endTidying = tidyRuns(opened.runs, opened.log)
  const { host, port, terrariumPort } = opened.configuration
  const { fetch } = composed.service.app
  const servers = [await listen(fetch, { host, port }), ...(terrariumPort === undefined ? [] : [await listen(fetch, { host, port: terrariumPort })])]
  const [address] = servers.map((server) => server.address())
  return {
    url: urlOf(host, address),
    stop: () => {
      endTidying()
      return stop(opened, composed, servers)
    },
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
  await opened.store.close()
}
