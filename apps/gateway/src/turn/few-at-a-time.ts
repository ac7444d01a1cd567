/** Lets few pieces of work be under way at a time, in the order in which they came. */
export class FewAtATime {
  #free: number
  readonly #waiting: (() => void)[] = []

  /** @param most how many may be under way */
  constructor(most: number) {
    this.#free = most
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1
    else await new Promise<void>((resolve) => { this.#waiting.push(resolve) })
    try {
      return await work()
    } finally {
      // Who waits takes the place over, so that nobody who comes later gets in between.
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free += 1
    }
  }
}
