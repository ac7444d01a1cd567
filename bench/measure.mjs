import { cpus, release, totalmem, type } from 'node:os'
import { performance } from 'node:perf_hooks'

/**
 * Medians of several runs in milliseconds, after some that do not count: of the time that passed, and of the processor time
 * that this process used in all its threads, which other processes of the machine hardly change.
 */
export function measure(action, { warmUp = 3, runs = 9 } = {}) {
  for (let run = 0; run < warmUp; run++) action()
  const samples = Array.from({ length: runs }, () => {
    const [cpu, start] = [process.cpuUsage(), performance.now()]
    action()
    const passed = performance.now() - start
    const { user, system } = process.cpuUsage(cpu)
    return { passed, used: (user + system) / 1000 }
  })
  return { passed: median(samples.map(({ passed }) => passed)), used: median(samples.map(({ used }) => used)) }
}

/** The middle one. */
export function median(values) {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)]
}

/** `12.3 ms`, `1.23 s`. */
export function time(milliseconds) {
  return milliseconds < 1000 ? `${Number(milliseconds.toPrecision(3))} ms` : `${(milliseconds / 1000).toPrecision(3)} s`
}

/** Both times of a measurement. */
export function times({ passed, used }) {
  return `${time(passed)} (${time(used)})`
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
