/** What the last request to stop did. `waiting` is for systems without a signal that asks a process to end (Windows). */
export type StopStep = 'interrupted' | 'interrupted-again' | 'waiting' | 'killed' | 'ended'

/**
 * Stops a process group as gently as the number of requests allows. The first and second send SIGINT, the third SIGKILL. There is no
 * timer: a process that was killed while it saved its state has lost it, so only a person decides to.
 */
export class StopLadder {
  #group: number | undefined
  #requests = 0

  /** @param group process group, equal to the number of the process that leads it; undefined when there is nothing to stop */
  constructor(group: number | undefined) {
    this.#group = group
  }

  /** How often a stop was asked for. */
  get requests(): number {
    return this.#requests
  }

  /** To be called as soon as the process has ended, since its number may be given to another one. */
  ended(): void {
    this.#group = undefined
  }

  /** One step down the ladder. */
  request(): StopStep {
    if (this.#group === undefined) return 'ended'
    this.#requests += 1
    if (this.#requests >= 3) return send(this.#group, 'SIGKILL') ? 'killed' : 'ended'
    if (process.platform === 'win32') return 'waiting'
    if (!send(this.#group, 'SIGINT')) return 'ended'
    return this.#requests === 1 ? 'interrupted' : 'interrupted-again'
  }
}

function send(group: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(process.platform === 'win32' ? group : -group, signal)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false
    throw error
  }
}
