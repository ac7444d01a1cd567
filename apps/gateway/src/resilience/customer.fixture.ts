import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Answer, GatewayClient, ShownRun } from '../testing/gateway-client.fixture.ts'
import type { Ledger } from './ledger.fixture.ts'

/** A request for a change, and the record that it changes. */
export interface Change {
  readonly method: 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body?: unknown
  /** Path that shows the record. */
  readonly record: string
  /** Target of its runs. */
  readonly target: string
  readonly becomes: 'there' | 'gone'
}

const accepted = z.object({ run: z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)]) })
const refused = z.looseObject({ message: z.string().optional(), detail: z.string().optional() })

const remembered = z.object({ status: z.enum(['Handling', 'Success', 'Error']) })

/** A run that a gateway gave up because it was cut off at each of its attempts. */
const cutOff = 'RUN_CUT_OFF'

/** Milliseconds after its runs within which a request says what it came to whose gateway was killed: a lease, and a start on a busy machine. */
const outcomePatience = 120_000

/** Someone who wants changes made, whatever happens to the gateways meanwhile. */
export class Customer {
  readonly #client: GatewayClient
  readonly #ledger: Ledger
  readonly #random: () => number
  /** Ids of requests that were cut off. */
  readonly #unanswered: string[] = []
  /** Everything that went another way than it must. */
  readonly problems: string[] = []
  /** Ended runs by kind and state, as `vnet.apply done`. */
  readonly ended = new Map<string, number>()

  constructor(client: GatewayClient, ledger: Ledger, random: () => number) {
    this.#client = client
    this.#ledger = ledger
    this.#random = random
  }

  /** Asks for a change until it is acknowledged and its run has ended. @returns whether it was made */
  async make(change: Change): Promise<boolean> {
    const { record, becomes } = change
    this.#ledger.note(record, 'open')
    const run = await this.#acknowledged(change)
    if (becomes === 'there' || run === undefined) this.#ledger.note(record, becomes)
    if (run === undefined) return true
    const ended = await this.#client.ended(run)
    this.#count(ended)
    for (const id of this.#unanswered.splice(0)) await this.#requireOutcome(id)
    if (ended.state === 'done') {
      if (becomes === 'gone') this.#ledger.note(record, 'gone')
      return true
    }
    if (ended.error?.code !== cutOff) this.problems.push(`${change.method} ${change.path}: run ${ended.id} of ${ended.kind} is ${ended.state} after ${ended.attempts} attempts: ${ended.error?.message}`)
    this.#ledger.note(record, 'open')
    return false
  }

  /** From now on nothing is promised of a record: something else that is asked for makes it as well. */
  leavesOpen(record: string): void {
    this.#ledger.note(record, 'open')
  }

  /** Asks for a removal until it is made. */
  async makeSure(change: Change): Promise<void> {
    for (let attempt = 0; attempt < 5; attempt += 1) if (await this.make(change)) return
    this.problems.push(`${change.method} ${change.path} was not made in five runs`)
  }

  /** What a record is, as its status says. */
  async status(record: string): Promise<string> {
    const { status, body } = await this.#client.ask('GET', record)
    const shown = z.looseObject({ status: z.string().optional(), state: z.string().optional() }).safeParse(body)
    return status === 200 ? (shown.data?.status ?? shown.data?.state ?? '') : String(status)
  }

  /** @returns id of the run that makes the change; undefined when it is made already */
  async #acknowledged(change: Change): Promise<string | undefined> {
    let isInDoubt = false
    for (;;) {
      // Half of them wait for the answer, and are cut off from it when the gateway dies.
      const prefers = this.#random() < 0.5 ? { prefer: 'respond-async' } : {}
      const id = randomUUID()
      const answer = await this.#client.attempt(change.method, change.path, { headers: { ...prefers, 'x-request-id': id }, ...(change.body === undefined ? {} : { body: change.body }) })
      if (!answer) this.#unanswered.push(id)
      if (!answer) isInDoubt = true
      else if (answer.status < 300) return accepted.safeParse(answer.body).data?.run
      else if (isInDoubt && answer.status === (change.becomes === 'there' ? 409 : 404)) return (await this.#client.runs(`target=${encodeURIComponent(change.target)}&limit=1`))[0]?.id
      else if (isInDoubt && answer.status === 409) return (await this.#client.runs(`target=${encodeURIComponent(change.target)}&limit=1`))[0]?.id
      else if (answer.status === 500) return await this.#failedRun(change)
      else if (answer.status !== 503) throw new Error(`${change.method} ${change.path}: ${answer.status} ${saidBy(answer)}`)
      await sleep(50)
    }
  }

  /** Where the request was taken at all, a client can ask what became of it. */
  async #requireOutcome(id: string): Promise<void> {
    for (const end = Date.now() + outcomePatience; Date.now() < end; await sleep(200)) {
      const { status, body } = await this.#client.ask('GET', `/tumblebug/request/${id}`)
      if (status === 404 || remembered.parse(body).status !== 'Handling') return
    }
    this.problems.push(`the request ${id} was cut off, its runs have ended, and it is still being handled`)
  }

  async #failedRun({ target, method, path }: Change): Promise<string | undefined> {
    const [run] = await this.#client.runs(`target=${encodeURIComponent(target)}&limit=1`)
    if (run?.state === 'done') this.problems.push(`${method} ${path} answered 500, and its run ${run.id} is done`)
    return run?.id
  }

  #count({ kind, state }: ShownRun): void {
    this.ended.set(`${kind} ${state}`, (this.ended.get(`${kind} ${state}`) ?? 0) + 1)
  }
}

function saidBy({ body, text }: Answer): string {
  const said = refused.safeParse(body).data
  return said?.message ?? said?.detail ?? text
}
