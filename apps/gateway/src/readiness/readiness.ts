import { z } from 'zod'
import type { CloudCatalogue } from '../cloud/catalogue.ts'
import { globalScope } from '../namespace/namespace.ts'
import { defineKind, type Kind, type Store } from '../store/index.ts'

const settingKind: Kind<{ readonly initialized: boolean }> = defineKind('setting', z.object({ initialized: z.boolean() }))
const settingId = 'initialized'

/** Whether the gateway can do its work. */
export interface ReadinessState {
  readonly ready: boolean
  /** True once somebody said so, or by itself where there is a connection. */
  readonly initialized: boolean
  /** One sentence for each plugin that could not be loaded. */
  readonly pluginFailures: readonly string[]
}

/** Knows whether the gateway is ready; for load balancers and for clients that wait for it. */
export class Readiness {
  readonly #store: Store
  readonly #clouds: CloudCatalogue
  readonly #pluginFailures: readonly string[]
  #stopping = false

  constructor(store: Store, clouds: CloudCatalogue, pluginFailures: readonly string[]) {
    this.#store = store
    this.#clouds = clouds
    this.#pluginFailures = pluginFailures
  }

  /** From now on the gateway takes no new work. */
  stop(): void {
    this.#stopping = true
  }

  async state(): Promise<ReadinessState> {
    const reachable = await this.#store.ping().then(() => true, () => false)
    const said = reachable ? await this.#store.records.get(settingKind, globalScope, settingId) : undefined
    return { ready: reachable && !this.#stopping, initialized: said?.doc.initialized ?? this.#clouds.connections().length > 0, pluginFailures: this.#pluginFailures }
  }

  async setInitialized(initialized: boolean): Promise<void> {
    await this.#store.transaction(async ({ records }) => {
      const said = await records.get(settingKind, globalScope, settingId)
      if (said) await records.update(settingKind, said, { initialized })
      else await records.insert(settingKind, globalScope, settingId, { initialized })
    })
  }
}
