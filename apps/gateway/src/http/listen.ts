import { createAdaptorServer, type ServerType } from '@hono/node-server'

/** Where a server listens, and how patient it is. */
export interface ListenOptions {
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  /** Milliseconds in which a client must have sent its whole request. */
  readonly slowestRequest?: number
}

/** A client that does not send its request in this time is not worth waiting for: many of them would take all connections. */
const usualSlowest = 30_000
/** How long a connection is kept that nothing is asked on. Load balancers keep theirs for a minute, and must be the first to close. */
const keptIdle = 75_000

/** What a request is for that names no host, as HTTP/1.0 allows: health checks of load balancers do it. */
const namelessHost = 'localhost'

/** Lets a service listen. An answer may take as long as it takes: a VPN is made in up to 45 minutes, and clients wait for it. */
export function listen(fetch: (request: Request, env: object) => Response | Promise<Response>, { host, port, slowestRequest = usualSlowest }: ListenOptions): Promise<ServerType> {
  const server = createAdaptorServer({ fetch, hostname: namelessHost, serverOptions: { requestTimeout: slowestRequest, headersTimeout: slowestRequest, keepAliveTimeout: keptIdle, connectionsCheckingInterval: Math.ceil(slowestRequest / 6) } })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(server)
    })
  })
}
