import { createHash } from 'node:crypto'
import { findingsProblem } from '../http/findings-text.ts'
import { Problem } from '../http/problem.ts'
import { globalScope } from '../namespace/namespace.ts'
import type { CheckedOrder, ExplainedOrder, Planner, RefusedOrder } from '../planning/planner.ts'
import type { Run } from '../runs/index.ts'
import type { Stored } from '../store/index.ts'
import { keptNumbers } from '../vpn/vpn.ts'
import type { WorkParts } from '../work/work-parts.ts'
import { holderOf, orderKind, orderTarget, type OrderAsk, type StoredOrder } from './order.ts'

/** Names of the orders that namespaces own, and of their look-ups. */
const ownedByNamespace = /^n[0-9a-v]{11}l?$/

/** Orders as the command line knows them: networks and links in one document. */
export class Orders {
  readonly #parts: WorkParts
  readonly #planner: Planner

  constructor(parts: WorkParts, planner: Planner) {
    this.#parts = parts
    this.#planner = planner
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

  /** Says everything that is to say about a document, were it applied. */
  async check(document: unknown): Promise<CheckedOrder | RefusedOrder> {
    return this.#planner.check(document, (await this.#named(document))?.doc.agreed)
  }

  /** Plans a document as it would be applied: with the numbers that an order of that name has already. */
  async plan(document: unknown): Promise<ExplainedOrder | RefusedOrder> {
    return this.#planner.explain(document, (await this.#named(document))?.doc.agreed)
  }

  /**
   * Puts an order on record, new or changed, and brings the clouds to it.
   *
   * @throws Problem FINDINGS, CONFLICT for another holder than its own, while another run of it is under way, or for a key that came with another order
   */
  async apply(name: string, document: Readonly<Record<string, unknown>>, ask: OrderAsk = {}): Promise<Run> {
    if (document['name'] !== name) throw new Problem('BODY_INVALID', `name: the order is called ${String(document['name'])} and its path ${name}; they must be the same`)
    if (ownedByNamespace.test(name)) throw new Problem('BODY_INVALID', `name: ${name} looks like the order of a namespace; choose another one`)
    for (;;) {
      const known = await this.#named(document)
      const checked = await this.#planner.check(document, known?.doc.agreed)
      if (!checked.ok) throw findingsProblem(checked.findings)
      const run = await this.#submit(name, document, { known, checked }, ask)
      if (run) return run
    }
  }

  /** Undefined where the order changed while it was planned. */
  #submit(name: string, document: Readonly<Record<string, unknown>>, { known, checked }: { readonly known: Stored<StoredOrder> | undefined; readonly checked: CheckedOrder }, ask: OrderAsk): Promise<Run | undefined> {
    return this.#parts.store.transaction(async (tx) => {
      const found = await tx.records.get(orderKind, globalScope, name)
      if (found?.version !== known?.version) return undefined
      const holder = holderOf(found?.doc, ask)
      const { run, isNew } = await this.#parts.runs.submit(tx, { kind: 'order.apply', target: orderTarget(name), payload: { order: name, document: digestOf(document) }, ...keyOf(ask) })
      if (!isNew) return run
      const doc: StoredOrder = { name, document: { ...document }, agreed: keptNumbers(checked.agreed), holder, state: 'applying', message: '', tunnels: found?.doc.tunnels ?? [], ...(found?.doc.readAt === undefined ? {} : { readAt: found.doc.readAt }) }
      if (found) await tx.records.update(orderKind, found, doc)
      else await tx.records.insert(orderKind, globalScope, name, doc)
      return run
    })
  }

  /** Destroys everything that the order made, and forgets it. @throws Problem NOT_FOUND, CONFLICT as {@link apply} */
  async destroy(name: string, ask: OrderAsk = {}): Promise<Run> {
    const known = ask.idempotencyKey === undefined ? undefined : await this.#parts.runs.withKey(ask.idempotencyKey)
    return this.#parts.store.transaction(async (tx) => {
      const found = await tx.records.get(orderKind, globalScope, name)
      if (!found && !known) throw unknown(name)
      holderOf(found?.doc, ask)
      const { run, isNew } = await this.#parts.runs.submit(tx, { kind: 'order.destroy', target: orderTarget(name), payload: { order: name }, ...keyOf(ask) })
      if (found && isNew) await tx.records.update(orderKind, found, { ...found.doc, state: 'destroying', message: '' })
      return run
    })
  }

  /** Asks the clouds what they hold of the order. @throws Problem NOT_FOUND, CONFLICT as {@link apply} */
  async refresh(name: string, ask: OrderAsk = {}): Promise<Run> {
    return this.#parts.store.transaction(async (tx) => {
      const found = await tx.records.get(orderKind, globalScope, name)
      if (!found) throw unknown(name)
      holderOf(found.doc, ask)
      return (await this.#parts.runs.submit(tx, { kind: 'order.refresh', target: orderTarget(name), payload: { order: name }, ...keyOf(ask) })).run
    })
  }

  /** The order on record that a document is of. */
  async #named(document: unknown): Promise<Stored<StoredOrder> | undefined> {
    const name: unknown = Object(document)['name']
    return typeof name === 'string' ? this.#parts.store.records.get(orderKind, globalScope, name) : undefined
  }
}

function unknown(name: string): Problem {
  return new Problem('NOT_FOUND', `the order ${name} does not exist`)
}

function keyOf({ idempotencyKey }: OrderAsk): { readonly idempotencyKey?: string } {
  return idempotencyKey === undefined ? {} : { idempotencyKey }
}

/** Tells documents apart that came with the same key. */
function digestOf(document: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(JSON.stringify(document)).digest('base64url')
}
