import { z } from 'zod'
import type { CloudCatalogue } from '../cloud/catalogue.ts'
import { globalScope } from '../namespace/namespace.ts'
import { defineKind, isStoreError, type Kind, type Store, type Transaction } from '../store/index.ts'

const settingKind: Kind<{ readonly initialized: boolean }> = defineKind('setting', z.object({ initialized: z.boolean() }))
const settingId = 'initialized'
const probeKind: Kind<{ readonly at: string }> = defineKind('probe', z.object({ at: z.string() }))
const probeId = 'write'
/** Milliseconds for which a write that worked stands for the next ones: whoever asks need not be known, and each write goes to the disk. */
const provenFor = 10_000

/** Whether the gateway can do its work. */
export interface ReadinessState {
  readonly ready: boolean
  /** One sentence for each reason why it is not. */
  readonly problems: readonly string[]
  /** True once somebody said so, or by itself where there is a connection. */
  readonly initialized: boolean
  /** One sentence for each plugin that could not be loaded. */
  readonly pluginFailures: readonly string[]
}

/** What readiness depends on besides the store. */
export interface ReadinessParts {
  readonly clouds: CloudCatalogue
  readonly pluginFailures: readonly string[]
  /** Why no stack can be worked on; undefined when it can. */
  readonly engineProblem: () => string | undefined
}

/** Knows whether the gateway is ready; for load balancers and for clients that wait for it. */
export class Readiness {
  readonly #store: Store
  readonly #parts: ReadinessParts
  #stopping = false
  #provenUntil = -Infinity
  #proof: Promise<void> | undefined

  constructor(store: Store, parts: ReadinessParts) {
    this.#store = store
    this.#parts = parts
  }

  /** From now on the gateway says that it is not ready, so that load balancers send nobody any more. */
  stop(): void {
    this.#stopping = true
  }

  async state(): Promise<ReadinessState> {
    const { clouds, pluginFailures, engineProblem } = this.#parts
    const storeProblem = await this.#storeProblem()
    const said = storeProblem === undefined ? await this.#store.records.get(settingKind, globalScope, settingId) : undefined
    const problems = [this.#stopping ? 'the gateway stops' : undefined, storeProblem, engineProblem()].flatMap((problem) => problem ?? [])
    return { ready: problems.length === 0, problems, initialized: said?.doc.initialized ?? clouds.connections().length > 0, pluginFailures }
  }

  async setInitialized(initialized: boolean): Promise<void> {
    const said = await this.#store.records.get(settingKind, globalScope, settingId)
    if (said?.doc.initialized !== initialized) await this.#store.transaction(({ records }) => put(records, settingKind, settingId, { initialized }))
  }

  /** A store that can be read may still take no writes, such as one on a full disk. */
  async #storeProblem(): Promise<string | undefined> {
    try {
      await this.#store.ping()
      if (performance.now() >= this.#provenUntil) await (this.#proof ??= this.#prove().finally(() => (this.#proof = undefined)))
      return undefined
    } catch (error) {
      // Anybody may ask, and what a database says is not for everybody.
      return isStoreError(error) ? error.message : 'the store takes no writes'
    }
  }

  async #prove(): Promise<void> {
    await this.#store.transaction(({ records }) => put(records, probeKind, probeId, { at: new Date().toISOString() })).catch((error: unknown) => {
      // Another gateway wrote it first.
      if (!isStoreError(error) || error.code !== 'RECORD_EXISTS') throw error
    })
    this.#provenUntil = performance.now() + provenFor
  }
}

async function put<T>(records: Transaction['records'], kind: Kind<T>, id: string, doc: T): Promise<void> {
  const found = await records.get(kind, globalScope, id)
  if (found) await records.update(kind, found, doc)
  else await records.insert(kind, globalScope, id, doc)
}
