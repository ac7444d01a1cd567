import { cpus, release, totalmem, type } from 'node:os'
import { performance } from 'node:perf_hooks'

/** Median of several runs in milliseconds, after some that do not count. */
export function median(action, { warmUp = 3, runs = 9 } = {}) {
  for (let run = 0; run < warmUp; run++) action()
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    action()
    return performance.now() - start
  }).sort((a, b) => a - b)
  return times[Math.floor(times.length / 2)]
}

/** `12.3 ms`, `1.23 s`. */
export function time(milliseconds) {
  return milliseconds < 1000 ? `${milliseconds.toPrecision(3)} ms` : `${(milliseconds / 1000).toPrecision(3)} s`
}

/** What it ran on, as a line of Markdown. */
export function machine() {
  const [cpu] = cpus()
  return `Node ${process.versions.node}, ${type()} ${release()}, ${cpus().length} × ${cpu?.model ?? 'unknown CPU'}, ${Math.round(totalmem() / 2 ** 30)} GB`
}

/** Largest memory the process had, in megabytes. */
export function peakMemory() {
  return `${Math.round(process.resourceUsage().maxRSS / 1024)} MB`
}

/** Prints rows as a Markdown table. */
export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  process.stdout.write(`${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`)
}
