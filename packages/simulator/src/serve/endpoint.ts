import { rmSync } from 'node:fs'
import { createServer, type Server as NetServer, type Socket } from 'node:net'
import { Server, ServerCredentials, status, type sendUnaryData, type ServerDuplexStream, type ServerUnaryCall } from '@grpc/grpc-js'
import { IsthmusError } from '@isthmus/core'
import type { Engine } from '../engine/engine.ts'
import { Session } from '../engine/session.ts'
import { diagnosticMessage } from '../wire/message.ts'
import { loadServices } from '../wire/services.ts'
import { providerCalls, type Call } from './provider-calls.ts'
import { Request } from './request.ts'

/** Where the engine finds a simulated cloud: what `TF_REATTACH_PROVIDERS` calls an address. */
export interface EndpointAddress {
  readonly Network: 'unix' | 'tcp'
  readonly String: string
}

type Unary = ServerUnaryCall<unknown, unknown>

/**
 * A plugin server for one simulated cloud on a socket of its own.
 *
 * A connection is a configured provider instance, but a unix peer has no address to tell connections apart by. So each accepted
 * socket is given a name as its remote address, which is what `getPeer()` answers.
 */
export class Endpoint {
  readonly #listener: NetServer
  readonly #server = new Server({ 'grpc.max_receive_message_length': -1, 'grpc.max_send_message_length': -1 })
  readonly #sessions = new Map<string, Session>()
  readonly #onConnections: (change: 1 | -1) => void
  #accepted = 0

  private constructor(engine: Engine, onConnections: (change: 1 | -1) => void) {
    this.#onConnections = onConnections
    this.#addServices(engine)
    const injector = this.#server.createConnectionInjector(ServerCredentials.createInsecure())
    this.#listener = createServer((socket) => {
      this.#admit(socket)
      injector.injectConnection(socket)
    })
  }

  /** Starts to listen at a socket path, or at a free port of the loopback address where there are no unix sockets. */
  static async open(engine: Engine, path: string | undefined, onConnections: (change: 1 | -1) => void): Promise<{ endpoint: Endpoint; address: EndpointAddress }> {
    const endpoint = new Endpoint(engine, onConnections)
    const address = await endpoint.#listen(path)
    return { endpoint, address }
  }

  /** Stops at once; calls in flight are cut off. */
  async close(): Promise<void> {
    this.#server.forceShutdown()
    await new Promise<void>((resolve) => { this.#listener.close(() => resolve()) })
  }

  #listen(path: string | undefined): Promise<EndpointAddress> {
    const listener = this.#listener
    if (path !== undefined) rmSync(path, { force: true })
    return new Promise((resolve, reject) => {
      listener.once('error', reject)
      const ready = (): void => {
        const bound = listener.address()
        if (typeof bound === 'string') resolve({ Network: 'unix', String: bound })
        else if (bound) resolve({ Network: 'tcp', String: `${bound.address}:${bound.port}` })
        else reject(new IsthmusError('SIMULATOR_FAILED', 'the simulated cloud has no address'))
      }
      if (path === undefined) listener.listen(0, '127.0.0.1', ready)
      else listener.listen(path, ready)
    })
  }

  #admit(socket: Socket): void {
    this.#accepted += 1
    const name = `connection-${this.#accepted}`
    Object.defineProperty(socket, 'remoteAddress', { value: name })
    Object.defineProperty(socket, 'remotePort', { value: undefined })
    this.#sessions.set(name, new Session())
    this.#onConnections(1)
    socket.on('error', () => undefined)
    socket.once('close', () => {
      this.#sessions.delete(name)
      this.#onConnections(-1)
    })
  }

  #addServices(engine: Engine): void {
    const services = loadServices()
    const calls = Object.entries(providerCalls(engine)).map(([name, call]) => [name, this.#handler(call)] as const)
    this.#server.addService(services.provider, Object.fromEntries(calls))
    const nothing = (_call: Unary, answer: sendUnaryData<unknown>): void => answer(null, {})
    // The engine asks to shut down at the end of each command; the simulated cloud outlives commands.
    this.#server.addService(services.controller, { Shutdown: nothing })
    this.#server.addService(services.health, { Check: (_call: Unary, answer: sendUnaryData<unknown>) => answer(null, { status: 1 }) })
    this.#server.addService(services.stdio, { StreamStdio: () => undefined })
    this.#server.addService(services.broker, {
      StartStream: (call: ServerDuplexStream<unknown, unknown>) => { call.on('data', () => undefined).on('end', () => call.end()).on('error', () => undefined) },
    })
  }

  #handler(call: Call): (request: Unary, answer: sendUnaryData<unknown>) => void {
    return (request, answer) => {
      const session = this.#sessions.get(request.getPeer())
      if (!session) {
        answer({ code: status.UNAVAILABLE, details: 'the connection is closed' })
        return
      }
      Promise.resolve().then(() => call(new Request(request.request), session)).then(
        (response) => answer(null, response),
        (error: unknown) => answer(null, { diagnostics: [diagnosticMessage(error)] }),
      )
    }
  }
}
