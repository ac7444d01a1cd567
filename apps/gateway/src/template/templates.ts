import { Problem } from '../http/problem.ts'
import type { Store, Stored } from '../store/index.ts'
import { templateKind, type Template } from './template.ts'

/** Templates of vNets in namespaces. */
export class Templates {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  async list(namespace: string, keyword = ''): Promise<readonly Stored<Template>[]> {
    const wanted = keyword.toLowerCase()
    return (await this.#store.records.list(templateKind, namespace)).filter(({ doc }) => `${doc.name} ${doc.description}`.toLowerCase().includes(wanted))
  }

  /** @throws Problem NOT_FOUND */
  async get(namespace: string, id: string): Promise<Stored<Template>> {
    const found = await this.#store.records.get(templateKind, namespace, id)
    if (!found) throw new Problem('NOT_FOUND', `the vNet template ${id} does not exist`)
    return found
  }

  /** @throws Problem ALREADY_EXISTS */
  async create(namespace: string, template: Template): Promise<Stored<Template>> {
    return this.#store.transaction(async ({ records }) => {
      if (await records.get(templateKind, namespace, template.name)) throw new Problem('ALREADY_EXISTS', `the vNet template ${template.name} already exists`)
      return records.insert(templateKind, namespace, template.name, template)
    })
  }

  /** @throws Problem NOT_FOUND */
  async update(namespace: string, id: string, template: Template): Promise<Stored<Template>> {
    return this.#store.transaction(async ({ records }) => {
      const found = await records.get(templateKind, namespace, id)
      if (!found) throw new Problem('NOT_FOUND', `the vNet template ${id} does not exist`)
      return records.update(templateKind, found, { ...template, name: id })
    })
  }

  /** @throws Problem NOT_FOUND */
  async remove(namespace: string, id: string): Promise<void> {
    await this.#store.transaction(async ({ records }) => {
      const found = await records.get(templateKind, namespace, id)
      if (!found) throw new Problem('NOT_FOUND', `the vNet template ${id} does not exist`)
      await records.remove(templateKind, found)
    })
  }

  async removeAll(namespace: string): Promise<void> {
    await this.#store.transaction(async ({ records }) => {
      for (const found of await records.list(templateKind, namespace)) await records.remove(templateKind, found)
    })
  }
}
