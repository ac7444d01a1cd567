import { z } from 'zod'
import { Problem } from '../http/problem.ts'
import { globalScope } from '../namespace/namespace.ts'
import { defineKind, type Kind, type Store, type Stored } from '../store/index.ts'

/** A text that clients keep under a name. */
export const namedValueSchema = z.object({ name: z.string(), value: z.string() })
export type NamedValue = z.infer<typeof namedValueSchema>

export const namedValueKind: Kind<NamedValue> = defineKind('namedValue', namedValueSchema)

/** Texts that clients keep under names. The gateway itself reads none of them. */
export class NamedValues {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  list(): Promise<readonly Stored<NamedValue>[]> {
    return this.#store.records.list(namedValueKind, globalScope)
  }

  /** @throws Problem NOT_FOUND */
  async get(name: string): Promise<Stored<NamedValue>> {
    const found = await this.#store.records.get(namedValueKind, globalScope, name)
    if (!found) throw unknown(name)
    return found
  }

  /** Keeps a text, in the place of one of the same name. */
  async set(value: NamedValue): Promise<Stored<NamedValue>> {
    return this.#store.transaction(async ({ records }) => {
      const found = await records.get(namedValueKind, globalScope, value.name)
      return found ? records.update(namedValueKind, found, value) : records.insert(namedValueKind, globalScope, value.name, value)
    })
  }

  /** @throws Problem NOT_FOUND */
  async remove(name: string): Promise<void> {
    await this.#store.transaction(async ({ records }) => {
      const found = await records.get(namedValueKind, globalScope, name)
      if (!found) throw unknown(name)
      await records.remove(namedValueKind, found)
    })
  }

  async removeAll(): Promise<void> {
    await this.#store.transaction(async ({ records }) => {
      for (const found of await records.list(namedValueKind, globalScope)) await records.remove(namedValueKind, found)
    })
  }
}

function unknown(name: string): Problem {
  return new Problem('NOT_FOUND', `the config ${name} does not exist`)
}
