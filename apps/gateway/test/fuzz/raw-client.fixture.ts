import { Agent, request, type IncomingHttpHeaders } from 'node:http'
import { connect } from 'node:net'

/** An answer, as it came. */
export interface RawAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** What is sent, to the letter. */
export interface RawRequest {
  readonly method: string
  /** Sent as it is: nothing is normalised. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly bytes?: Buffer
  readonly isChunked?: boolean
}

/** Sends what browsers and fetch would not. */
export class RawClient {
  readonly #url: URL
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16 })
  readonly #patience: number

  /** @param patience milliseconds that an answer may take */
  constructor(url: string, patience: number) {
    this.#url = new URL(url)
    this.#patience = patience
  }

  send({ method, path, headers = {}, bytes, isChunked = false }: RawRequest): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      const lengths = bytes && !isChunked ? { 'content-length': String(bytes.length) } : {}
      const sent = request({ host: this.#url.hostname, port: this.#url.port, agent: this.#agent, method, path, headers: { ...headers, ...lengths }, timeout: this.#patience }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString() }))
        response.on('error', reject)
      })
      sent.on('error', reject)
      sent.on('timeout', () => sent.destroy(new Error(`no answer to ${method} ${path} within ${this.#patience} ms`)))
      sent.end(bytes)
    })
  }

  /** Sends bytes over a connection of its own. @returns what came back until the server closed it */
  async exchange(bytes: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(this.#url.port), this.#url.hostname, () => socket.write(bytes))
      const chunks: Buffer[] = []
      socket.setTimeout(this.#patience, () => socket.destroy(new Error(`the connection was still open after ${this.#patience} ms`)))
      socket.on('data', (chunk) => chunks.push(chunk))
      socket.on('error', reject)
      socket.on('close', () => resolve(Buffer.concat(chunks).toString()))
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}
