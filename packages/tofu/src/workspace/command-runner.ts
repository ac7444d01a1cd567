import { readFile } from 'node:fs/promises'
import { IsthmusError } from '@isthmus/core'
import type { TofuEvent } from '../events/event.ts'
import { parseEvent } from '../events/parse-event.ts'
import { tryParse } from '../json/fields.ts'
import { captureCommand } from '../process/capture-command.ts'
import type { Environment } from '../process/environment.ts'
import type { Redaction } from '../process/redaction.ts'
import { nextRunFolder, type CommandName, type RunFolder } from '../process/run-record.ts'
import { startCommand, type CommandExit } from '../process/start-command.ts'
import type { StopLadder, StopStep } from '../process/stop-ladder.ts'
import { RunSummary } from './run-summary.ts'
import { TofuError } from './tofu-error.ts'

/** Called for each event, in order. What it throws is logged and does not disturb the run. */
export type OnEvent = (event: TofuEvent) => void

/** What a run can be given. */
export interface RunOptions {
  readonly onEvent?: OnEvent | undefined
  /** Asks the command to stop, as {@link CommandRunner.stop} does once. */
  readonly signal?: AbortSignal | undefined
}

/** Where and with what the commands of one workspace run. */
export interface RunnerInput {
  readonly dir: string
  /** Folder of the run records. */
  readonly runs: string
  readonly binary: string
  readonly env: Environment
  readonly redaction: Redaction
  readonly log: (line: string) => void
}

/** Enough to see what happened; the whole of it stays in the run folder. */
const keptErrorText = 4000

/** Runs commands in one workspace, one at a time. */
export class CommandRunner {
  readonly #input: RunnerInput
  #ladder: StopLadder | undefined

  constructor(input: RunnerInput) {
    this.#input = input
  }

  /**
   * Runs a recorded command to its end.
   *
   * @param accepted exit codes that are no failure
   * @throws TofuError
   */
  async run(command: CommandName, args: readonly string[], accepted: readonly number[], options: RunOptions = {}): Promise<{ exitCode: number; summary: RunSummary }> {
    const { dir, runs, binary, env, log } = this.#input
    if (options.signal?.aborted) throw new TofuError({ command, diagnostics: [], stopped: true })
    const folder = await nextRunFolder(runs, command)
    const started = await startCommand({ binary, command, args, cwd: dir, env, folder })
    const begun = Date.now()
    log(`tofu ${command} runs`)
    const summary = await this.watch(folder, started.lines(), new RunSummary(command), started.ladder, options)
    const exit = await started.exit
    log(`tofu ${command} ended with ${exit.exitCode ?? exit.signal ?? 'no exit code'} after ${((Date.now() - begun) / 1000).toFixed(1)} s`)
    if (exit.exitCode !== undefined && accepted.includes(exit.exitCode)) return { exitCode: exit.exitCode, summary }
    throw await this.#failure(command, folder, exit, summary, started.ladder.requests > 0)
  }

  /** Runs a command that only reads, and returns the JSON it writes. Holds sensitive values: keep it in memory. @throws TofuError */
  async captureJson(args: readonly string[]): Promise<unknown> {
    const parsed = tryParse(await this.#capture(args))
    if (parsed === undefined) throw failureOf(args, 'its output is not JSON', '')
    return parsed
  }

  /** Runs a command that reads its standard input. @throws TofuError */
  async feed(args: readonly string[], input: string): Promise<void> {
    await this.#capture(args, input)
  }

  /** Follows the events of a run until it ends, whoever started it. */
  async watch(folder: RunFolder, lines: AsyncIterable<string>, summary: RunSummary, ladder: StopLadder, { onEvent, signal }: RunOptions): Promise<RunSummary> {
    const { redaction, log } = this.#input
    const stop = () => void ladder.request()
    signal?.addEventListener('abort', stop, { once: true })
    if (signal?.aborted) stop()
    this.#ladder = ladder
    let secret = false
    try {
      for await (const raw of lines) {
        const line = redaction.of(raw)
        secret ||= line !== raw
        const event = parseEvent(line)
        summary.add(event)
        tell(onEvent, event, log)
      }
      if (secret) await redaction.clean(folder.events)
      return summary
    } finally {
      this.#ladder = undefined
      signal?.removeEventListener('abort', stop)
    }
  }

  /** Asks the running command to stop: see {@link StopLadder}. Undefined when nothing runs. */
  stop(): StopStep | undefined {
    return this.#ladder?.request()
  }

  async #capture(args: readonly string[], text?: string): Promise<string> {
    const { dir, binary, env, redaction } = this.#input
    const { exitCode, stdout, stderr, problem } = await captureCommand({ binary, args, cwd: dir, env, ...(text === undefined ? {} : { input: text }) })
    if (exitCode === 0) return stdout
    const detail = redaction.of(stderr.slice(0, keptErrorText)).trim()
    throw failureOf(args, problem ?? firstLine(detail), detail)
  }

  async #failure(command: CommandName, folder: RunFolder, exit: CommandExit, summary: RunSummary, stopped: boolean): Promise<IsthmusError> {
    const { redaction, binary } = this.#input
    if (exit.startError !== undefined) return new IsthmusError('TOFU_NOT_FOUND', `${binary} could not be started: ${exit.startError}`)
    const written = await readFile(folder.errors, 'utf8').catch(() => '')
    const detail = redaction.of(written)
    if (detail !== written) await redaction.clean(folder.errors)
    const text = detail.slice(-keptErrorText).trim()
    const diagnostics = summary.failed || text === '' ? summary.diagnostics : [...summary.diagnostics, { severity: 'error' as const, summary: firstLine(text), detail: text }]
    return new TofuError({ command, diagnostics, stopped, ...(exit.signal !== undefined ? { signal: exit.signal } : {}) })
  }
}

function tell(onEvent: OnEvent | undefined, event: TofuEvent, log: (line: string) => void): void {
  try {
    onEvent?.(event)
  } catch (error) {
    log(`a listener failed on ${event.type}: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function failureOf(args: readonly string[], summary: string, detail: string): TofuError {
  return new TofuError({ command: args[0] ?? '', diagnostics: [{ severity: 'error', summary, detail }], stopped: false })
}

function firstLine(text: string): string {
  return text.split('\n').map((line) => line.trim()).find((line) => line !== '') ?? 'it gave no reason'
}
