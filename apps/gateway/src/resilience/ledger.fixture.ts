/** What a client may rely on: a record is `there` or `gone` because a gateway said so, or `open` while it asks for a change. */
export type Promised = 'there' | 'gone' | 'open'

/** What gateways have acknowledged, by the path that shows it. */
export class Ledger {
  readonly #entries = new Map<string, { readonly promised: Promised; readonly change: number }>()
  #changes = 0
  /** How many acknowledgements there were. */
  acknowledged = 0

  note(path: string, promised: Promised): void {
    this.#changes += 1
    if (promised !== 'open') this.acknowledged += 1
    this.#entries.set(path, { promised, change: this.#changes })
  }

  /** Compares all with what is there. What changes in between is passed over. @returns what was broken */
  async broken(statusOf: (path: string) => Promise<number>): Promise<string[]> {
    const checks = [...this.#entries].map(async ([path, { promised, change }]) => {
      if (promised === 'open') return []
      const status = await statusOf(path)
      if (this.#entries.get(path)?.change !== change) return []
      return status === (promised === 'there' ? 200 : 404) ? [] : [`${path} is ${promised} and answers ${status}`]
    })
    return (await Promise.all(checks)).flat()
  }
}
