import { setTimeout as delay } from 'node:timers/promises'

/** Typical durations by resource type, in seconds. */
export type Durations = Readonly<Record<string, { readonly create: number; readonly delete: number }>>

/** How long the simulated clouds take. */
export class Waiting {
  readonly #durations: Durations
  readonly #speed: number

  /** @param speed how many times faster than a real cloud; `Infinity` for at once. */
  constructor(durations: Durations, speed: number) {
    if (!(speed > 0)) throw new RangeError('speed must be above zero')
    this.#durations = durations
    this.#speed = speed
  }

  /** Real seconds that an operation takes. An update takes as long as a creation. */
  seconds(type: string, op: 'create' | 'update' | 'delete'): number {
    const duration = this.#durations[type]
    return duration ? (op === 'delete' ? duration.delete : duration.create) / this.#speed : 0
  }
}

/** Waits; ends early and without an error when the engine asks to stop. */
export async function pause(seconds: number, stop: AbortSignal): Promise<void> {
  if (seconds <= 0 || stop.aborted) return
  try {
    await delay(seconds * 1000, undefined, { signal: stop })
  } catch (error) {
    if (!stop.aborted) throw error
  }
}
