import type { TofuBinary } from '@isthmus/tofu'

/** Milliseconds until OpenTofu is looked for again that was not found: a search may end with a build, which takes minutes. */
const pause = 60_000

/** The search for OpenTofu, which may take minutes where it has to be built. */
export class TofuSearch {
  readonly #locate: () => Promise<TofuBinary>
  #search: Promise<TofuBinary> | undefined
  #found: TofuBinary | undefined
  #problem = 'OpenTofu is being looked for'
  #endedAt = -Infinity

  constructor(locate: () => Promise<TofuBinary>) {
    this.#locate = locate
  }

  /** OpenTofu, once it is found; where it was not, it is looked for again. @throws IsthmusError TOFU_NOT_FOUND */
  binary(): Promise<TofuBinary> {
    return (this.#search ??= this.#locate().then((found) => (this.#found = found), (error: unknown) => {
      this.#search = undefined
      this.#endedAt = performance.now()
      this.#problem = error instanceof Error ? error.message : String(error)
      throw error
    }))
  }

  /** What was found; undefined until then. */
  get found(): TofuBinary | undefined {
    return this.#found
  }

  /** Why no stack can be worked on; undefined when OpenTofu is there. Looks for it now and then. */
  get problem(): string | undefined {
    if (this.#found) return undefined
    if (performance.now() - this.#endedAt > pause) this.binary().catch(() => undefined)
    return this.#problem
  }
}
