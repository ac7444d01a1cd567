import pc from 'picocolors'

/** Where a command writes: results for people or as JSON to standard output, progress to standard error. */
export interface Output {
  /** True when the result is to be one JSON document. */
  readonly json: boolean
  readonly style: ReturnType<typeof pc.createColors>
  /** Columns of the terminal; 100 where there is none. */
  readonly width: number
  /** True when progress may be redrawn in place. */
  readonly live: boolean
  /** A line of the result, for people; nothing with `--json`. */
  line(text?: string): void
  /** The result as a document; nothing without `--json`. */
  document(value: unknown): void
  /** A line about what goes on. */
  progress(text: string): void
  /** Why there is no result. `code` is for programs. */
  problem(code: string, text: string): void
}

/** Output of this process. Colours only on a terminal, and never where NO_COLOR is set. */
export function processOutput(json: boolean): Output {
  const { stdout, stderr } = process
  const colour = Boolean(stdout.isTTY) && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb'
  const document = (value: unknown): void => void (json && stdout.write(`${JSON.stringify(value, null, 2)}\n`))
  const progress = (text: string): void => void stderr.write(`${text}\n`)
  return {
    json,
    style: pc.createColors(colour),
    width: stdout.columns ?? 100,
    live: Boolean(stderr.isTTY),
    line: (text = '') => void (json || stdout.write(`${text}\n`)),
    document,
    progress,
    problem(code, text) {
      progress(`isthmus: ${text}`)
      document({ ok: false, error: { code, message: text } })
    },
  }
}
