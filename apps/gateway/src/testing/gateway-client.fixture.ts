import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

/** Milliseconds. A run that gateways are killed under again and again gets on a little in each of their lives; how little, depends on the machine. */
const patience = 600_000

/** What a gateway answered. */
export interface Answer {
  readonly status: number
  readonly text: string
  /** The text as JSON; undefined where it is none. */
  readonly body: unknown
}

/** What is sent besides method and path. */
export interface Sent {
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const runSchema = z.looseObject({
  id: z.string(), kind: z.string(), target: z.string(), state: z.enum(['ready', 'leased', 'done', 'failed', 'dead']), attempts: z.number(),
  error: z.looseObject({ code: z.string(), message: z.string(), retryable: z.boolean() }).optional(),
})
export type ShownRun = z.infer<typeof runSchema>

/** A client that goes to the next gateway when one is not there. */
export class GatewayClient {
  readonly #urls: () => readonly string[]
  readonly #authorization: string
  #turn = 0

  /** @param urls gateways that are there now */
  constructor(urls: () => readonly string[], authorization: string = `Basic ${Buffer.from('default:default').toString('base64')}`) {
    this.#urls = urls
    this.#authorization = authorization
  }

  /** One request to one gateway; undefined when the connection broke before the whole answer was there. */
  async attempt(method: string, path: string, { body, headers }: Sent = {}): Promise<Answer | undefined> {
    const urls = this.#urls()
    const url = urls[this.#turn++ % urls.length]
    if (url === undefined) return undefined
    try {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { authorization: this.#authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const text = await response.text()
      return { status: response.status, text, body: jsonOf(text) }
    } catch {
      return undefined
    }
  }

  /** Asks until a gateway answers; for what may be asked twice. */
  async ask(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    let last: Answer | undefined
    for (const end = Date.now() + patience; Date.now() < end; await sleep(50)) {
      last = await this.attempt(method, path, sent)
      if (last && last.status !== 503) return last
    }
    throw new Error(`nobody answered ${method} ${path}: ${this.#urls().length} gateways run, and the last answer was ${last === undefined ? 'none' : `${last.status} ${last.text}`}`)
  }

  /** Lines of an answer as they come. */
  async *follow(path: string): AsyncGenerator<string> {
    const response = await fetch(`${this.#urls()[0]}${path}`, { headers: { authorization: this.#authorization } })
    let rest = ''
    for await (const chunk of response.body ?? []) {
      const lines = `${rest}${Buffer.from(chunk).toString('utf8')}`.split('\n')
      rest = lines.pop() ?? ''
      yield* lines
    }
  }

  async run(id: string): Promise<ShownRun> {
    const answer = await this.ask('GET', `/isthmus/v1/runs/${id}`)
    if (answer.status !== 200) throw new Error(`run ${id}: ${answer.status} ${answer.text}`)
    return runSchema.parse(answer.body)
  }

  /** Runs, the newest first. */
  async runs(query: string): Promise<ShownRun[]> {
    const { body } = await this.ask('GET', `/isthmus/v1/runs?${query}`)
    return z.object({ runs: z.array(runSchema) }).parse(body).runs
  }

  /** A run once it has ended. */
  async ended(id: string): Promise<ShownRun> {
    for (const end = Date.now() + patience; Date.now() < end; await sleep(100)) {
      const run = await this.run(id)
      if (run.state !== 'ready' && run.state !== 'leased') return run
    }
    throw new Error(`run ${id} is stuck: ${JSON.stringify(await this.run(id))}`)
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
