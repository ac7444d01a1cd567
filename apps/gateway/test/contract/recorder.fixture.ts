import type { GatewayLab, Reply, RequestParts } from '../lab/gateway-lab.fixture.ts'

/** A request that was sent, and its answer. */
export interface Exchange {
  readonly path: string
  readonly body: unknown
  readonly reply: Reply
}

/** Sends requests by the name of their operation, and keeps what came back. */
export class Recorder {
  readonly #lab: GatewayLab
  readonly #exchanges = new Map<string, Exchange[]>()

  constructor(lab: GatewayLab) {
    this.#lab = lab
  }

  /**
   * @param operation as the contract spells it: `GET /tumblebug/ns/{nsId}`
   * @param params values of its path
   * @returns the body of the answer
   */
  async call(operation: string, params: Readonly<Record<string, string>> = {}, parts: RequestParts = {}): Promise<unknown> {
    const [method = '', template = ''] = operation.split(' ')
    const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
      const value = params[name]
      if (value === undefined) throw new Error(`${operation} was called without ${name}`)
      return encodeURIComponent(value)
    })
    const reply = await this.#lab.send(method, path, parts)
    this.#exchanges.set(operation, [...this.of(operation), { path: `${path}${parts.query ?? ''}`, body: parts.body, reply }])
    return reply.body
  }

  /** All exchanges of an operation, in order. */
  of(operation: string): readonly Exchange[] {
    return this.#exchanges.get(operation) ?? []
  }
}
