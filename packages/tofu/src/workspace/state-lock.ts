import type { StateStorage } from '../state/state-storage.ts'
import { isTofuError } from './tofu-error.ts'
import { looksLocked } from './transient.ts'

/** How OpenTofu and we wait for a state that another OpenTofu has. */
export class StateLock {
  /**
   * How long OpenTofu itself waits. An OpenTofu that works in the same folder is known from its run record and waited for before, so a
   * lock in files is one that is just being released. In a database, each time is one turn of our own waiting.
   */
  readonly flag: string
  readonly #isShared: boolean
  readonly #onLocked: (() => void) | undefined

  constructor(state: StateStorage, onLocked: (() => void) | undefined) {
    this.#isShared = state.kind === 'postgres'
    this.flag = this.#isShared ? '-lock-timeout=5s' : '-lock-timeout=30s'
    this.#onLocked = onLocked
  }

  /**
   * Does the work, again and again while the OpenTofu of a gateway that died elsewhere still has the state: it finishes what it makes,
   * however long that takes, and the database gives its lock back when it ends.
   *
   * @throws TofuError, also for the lock once the signal has aborted
   */
  async waited<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (!this.#isShared || signal?.aborted || !isTofuError(error) || !looksLocked(error.diagnostics)) throw error
        this.#onLocked?.()
      }
    }
  }
}
