/** Longest line that is kept whole, in bytes. One line of 50 MB took 878 MB of memory (measured 2026-11-23). */
export const maximumLineBytes = 1024 * 1024

const newline = 0x0a

/** Cuts a byte stream into lines. A line longer than the limit is cut off at the limit; the rest of it is dropped. */
export class LineSplitter {
  readonly #limit: number
  #parts: Buffer[] = []
  #length = 0

  constructor(limit: number = maximumLineBytes) {
    this.#limit = limit
  }

  /** Lines that the chunk completes, without their line ends. */
  push(chunk: Buffer): string[] {
    const lines: string[] = []
    let start = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      this.#keep(chunk.subarray(start, end))
      lines.push(this.#take())
      start = end + 1
    }
    this.#keep(chunk.subarray(start))
    return lines
  }

  /** What stands after the last line end; undefined where nothing does. */
  rest(): string | undefined {
    return this.#length === 0 ? undefined : this.#take()
  }

  #keep(part: Buffer): void {
    const kept = part.subarray(0, Math.max(0, this.#limit - this.#length))
    if (kept.length === 0) return
    this.#parts.push(Buffer.from(kept))
    this.#length += kept.length
  }

  #take(): string {
    const line = Buffer.concat(this.#parts).toString('utf8')
    this.#parts = []
    this.#length = 0
    return line.endsWith('\r') ? line.slice(0, -1) : line
  }
}
