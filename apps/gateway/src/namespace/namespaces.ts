import { Problem } from '../http/problem.ts'
import { newOrderName, newUid } from '../identity/uid.ts'
import type { Kind, Records, Store, Stored, Transaction } from '../store/index.ts'
import { getNamespace, globalScope, isHidden, namespaceKind, unknownNamespace, type Namespace } from './namespace.ts'

/** What a user says of a namespace. */
export interface NamespaceRequest {
  readonly name: string
  readonly description?: string | undefined
}

/** Namespaces, and what must not be lost with them. */
export class Namespaces {
  readonly #store: Store
  readonly #contents: readonly Kind<unknown>[]
  readonly #belongings: readonly Kind<unknown>[]

  /**
   * @param contents kinds of records that keep a namespace from being deleted
   * @param belongings kinds of records that go with it: one of the same name that is made later must not find them
   */
  constructor(store: Store, contents: readonly Kind<unknown>[], belongings: readonly Kind<unknown>[]) {
    this.#store = store
    this.#contents = contents
    this.#belongings = belongings
  }

  async list(): Promise<readonly Stored<Namespace>[]> {
    return (await this.#store.records.list(namespaceKind, globalScope)).filter(({ id }) => !isHidden(id))
  }

  async find(id: string): Promise<Stored<Namespace> | undefined> {
    return isHidden(id) ? undefined : this.#store.records.get(namespaceKind, globalScope, id)
  }

  /** @throws Problem NOT_FOUND in the words that clients of the peers know */
  async get(id: string): Promise<Stored<Namespace>> {
    const found = await this.find(id)
    if (!found) throw unknownNamespace(id)
    return found
  }

  /** @throws Problem ALREADY_EXISTS */
  async create({ name, description = '' }: NamespaceRequest): Promise<Stored<Namespace>> {
    return this.#store.transaction(async ({ records }) => {
      if (await records.get(namespaceKind, globalScope, name)) throw new Problem('ALREADY_EXISTS', `CreateNs() failed. The namespace ${name} already exists.`)
      return records.insert(namespaceKind, globalScope, name, { name, description, uid: newUid(), order: newOrderName() })
    })
  }

  /** Makes a namespace unless it is there. */
  async ensure(name: string): Promise<void> {
    if (!(await this.find(name))) await this.create({ name }).catch((error: unknown) => this.find(name).then((found) => found ?? Promise.reject(error)))
  }

  /** Changes name and description; the id stays. @throws Problem NOT_FOUND */
  async update(id: string, { name, description }: NamespaceRequest): Promise<Stored<Namespace>> {
    return this.#store.transaction(async ({ records }) => {
      const found = await visible(records, id)
      return records.update(namespaceKind, found, { ...found.doc, name, description: description ?? found.doc.description })
    })
  }

  /** @throws Problem NOT_FOUND, IN_USE while the namespace holds something */
  async remove(id: string): Promise<void> {
    await this.#store.transaction((tx) => this.#remove(tx, id))
  }

  /** Removes all namespaces, or none when one of them holds something. @throws Problem IN_USE */
  async removeAll(): Promise<void> {
    await this.#store.transaction(async (tx) => {
      for (const { id } of await tx.records.list(namespaceKind, globalScope)) if (!isHidden(id)) await this.#remove(tx, id)
    })
  }

  async #remove({ records }: Transaction, id: string): Promise<void> {
    const found = await visible(records, id)
    for (const kind of this.#contents) {
      const held = await records.list(kind, id)
      if (held.length > 0) throw new Problem('IN_USE', `Cannot delete NS ${id}, which is not empty. There exists at least one ${kind.name}: ${held.slice(0, 5).map((item) => item.id).join(', ')}.`)
    }
    for (const kind of this.#belongings) for (const item of await records.list(kind, id)) await records.remove(kind, item)
    await records.remove(namespaceKind, found)
  }
}

/** @throws Problem NOT_FOUND, also for a namespace that belongs to something else */
async function visible(records: Records, id: string): Promise<Stored<Namespace>> {
  if (isHidden(id)) throw unknownNamespace(id)
  return getNamespace(records, id)
}
