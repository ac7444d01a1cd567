import { join } from 'node:path'
import { IsthmusError } from '@isthmus/core'
import { ExclusiveLock } from '../lock/exclusive-lock.ts'
import { runningRun } from './interruption.ts'

/** Makes sure that one Isthmus, one call, and one OpenTofu at a time work in a workspace. */
export class Possession {
  readonly #dir: string
  readonly #runs: string
  #lock: ExclusiveLock | undefined
  #busy = false

  constructor(dir: string, runs: string) {
    this.#dir = dir
    this.#runs = runs
  }

  /** Does work that changes the workspace. @throws IsthmusError WORKSPACE_BUSY, also while an OpenTofu of an earlier Isthmus still runs */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.alone(async () => {
      const running = await runningRun(this.#runs)
      if (running) throw busy(`tofu ${running.record.command} of an earlier Isthmus still runs in ${this.#dir}`)
      return work()
    })
  }

  /** Does work while no other Isthmus and no other call works here. @throws IsthmusError WORKSPACE_BUSY */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.#busy) throw busy(`another call works in ${this.#dir}`)
    this.#busy = true
    try {
      this.#lock ??= await this.#take()
      return await work()
    } finally {
      this.#busy = false
    }
  }

  /** Lets others have the workspace. */
  async release(): Promise<void> {
    await this.#lock?.release()
    this.#lock = undefined
  }

  async #take(): Promise<ExclusiveLock> {
    const attempt = await ExclusiveLock.attempt(join(this.#dir, '.isthmus', 'lock'))
    if (attempt.taken) return attempt.lock
    throw busy(`process ${attempt.holder?.pid ?? 'unknown'} works in ${this.#dir}`)
  }
}

function busy(message: string): IsthmusError {
  return new IsthmusError('WORKSPACE_BUSY', message, { retryable: true })
}
