import { createHash } from 'node:crypto'
import { planOrder, type Plan, type Refused } from '@isthmus/core'
import { refuseErrors } from '../http/findings-text.ts'
import { Problem } from '../http/problem.ts'
import { globalScope } from '../namespace/namespace.ts'
import type { Run } from '../runs/index.ts'
import type { Stored } from '../store/index.ts'
import { keptNumbers } from '../vpn/vpn.ts'
import type { WorkParts } from '../work/work-parts.ts'
import { tooLarge } from './limits.ts'
import { orderKind, orderTarget, type StoredOrder } from './order.ts'

/** Names of the orders that namespaces own, and of their look-ups. */
const ownedByNamespace = /^n[0-9a-v]{11}l?$/

/** Orders as the command line knows them: networks and links in one document. */
export class Orders {
  readonly #parts: WorkParts

  constructor(parts: WorkParts) {
    this.#parts = parts
  }

  list(): Promise<readonly Stored<StoredOrder>[]> {
    return this.#parts.store.records.list(orderKind, globalScope)
  }

  /** @throws Problem NOT_FOUND */
  async get(name: string): Promise<Stored<StoredOrder>> {
    const found = await this.#parts.store.records.get(orderKind, globalScope, name)
    if (!found) throw unknown(name)
    return found
  }

  /** Plans a document as it would be applied: with the numbers that an order of that name has already. */
  async plan(document: unknown): Promise<Plan | Refused> {
    const name: unknown = Object(document)['name']
    const known = typeof name === 'string' ? await this.#parts.store.records.get(orderKind, globalScope, name) : undefined
    return this.#planned(document, known?.doc)
  }

  /**
   * Puts an order on record, new or changed, and brings the clouds to it.
   *
   * @throws Problem FINDINGS, CONFLICT while another run of it is under way, or for a key that came with another order
   */
  async apply(name: string, document: Readonly<Record<string, unknown>>, idempotencyKey?: string): Promise<Run> {
    if (document['name'] !== name) throw new Problem('BODY_INVALID', `name: the order is called ${String(document['name'])} and its path ${name}; they must be the same`)
    if (ownedByNamespace.test(name)) throw new Problem('BODY_INVALID', `name: ${name} looks like the order of a namespace; choose another one`)
    return this.#parts.store.transaction(async (tx) => {
      const found = await tx.records.get(orderKind, globalScope, name)
      const planned = this.#planned(document, found?.doc)
      refuseErrors(planned.findings)
      if (!planned.ok) throw new Problem('FINDINGS', 'the order cannot be planned', { findings: planned.findings })
      const { run, isNew } = await this.#parts.runs.submit(tx, { kind: 'order.apply', target: orderTarget(name), payload: { order: name, document: digestOf(document) }, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) })
      if (!isNew) return run
      const doc: StoredOrder = { name, document: { ...document }, agreed: keptNumbers(planned.agreed), state: 'applying', message: '', tunnels: found?.doc.tunnels ?? [], ...(found?.doc.readAt === undefined ? {} : { readAt: found.doc.readAt }) }
      if (found) await tx.records.update(orderKind, found, doc)
      else await tx.records.insert(orderKind, globalScope, name, doc)
      return run
    })
  }

  /** Destroys everything that the order made, and forgets it. @throws Problem NOT_FOUND */
  async destroy(name: string, idempotencyKey?: string): Promise<Run> {
    return this.#parts.store.transaction(async (tx) => {
      const known = idempotencyKey === undefined ? undefined : await this.#parts.runs.withKey(idempotencyKey)
      const found = await tx.records.get(orderKind, globalScope, name)
      if (!found && !known) throw unknown(name)
      const { run, isNew } = await this.#parts.runs.submit(tx, { kind: 'order.destroy', target: orderTarget(name), payload: { order: name }, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) })
      if (found && isNew) await tx.records.update(orderKind, found, { ...found.doc, state: 'destroying', message: '' })
      return run
    })
  }

  /** Asks the clouds what they hold of the order. @throws Problem NOT_FOUND */
  async refresh(name: string): Promise<Run> {
    return this.#parts.store.transaction(async (tx) => {
      if (!(await tx.records.get(orderKind, globalScope, name))) throw unknown(name)
      return (await this.#parts.runs.submit(tx, { kind: 'order.refresh', target: orderTarget(name), payload: { order: name } })).run
    })
  }

  #planned(document: unknown, known: StoredOrder | undefined): Plan | Refused {
    const { clouds } = this.#parts
    const limit = tooLarge(document)
    if (limit) return { ok: false, findings: [limit] }
    return planOrder(document, { providers: clouds.providers, clouds: clouds.networkOnly, ...(known ? { agreed: known.agreed } : {}) })
  }
}

function unknown(name: string): Problem {
  return new Problem('NOT_FOUND', `the order ${name} does not exist`)
}

/** Tells documents apart that came with the same key. */
function digestOf(document: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(JSON.stringify(document)).digest('base64url')
}
