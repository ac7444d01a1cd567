import type { Diagnostic } from '../events/diagnostic.ts'
import { parseEvent } from '../events/parse-event.ts'
import { followLines } from '../process/follow-file.ts'
import { isRunning } from '../process/process-identity.ts'
import type { Redaction } from '../process/redaction.ts'
import { readRecord, runFolders, type CommandName, type RunFolder, type RunRecord } from '../process/run-record.ts'
import { RunSummary, type FinishedChange, type UnfinishedChange } from './run-summary.ts'

/** What a run left behind that did not end under the eyes of the Isthmus that started it. */
export interface Interruption {
  readonly command: CommandName
  /** ISO 8601. */
  readonly startedAt: string
  /**
   * `running`: OpenTofu still works; wait for it. `completed`: it succeeded while nobody watched. `failed`: it ended with errors.
   * `cut-off`: it was killed, and may have left what no state knows.
   */
  readonly state: 'running' | 'completed' | 'failed' | 'cut-off'
  /** Changes that were begun and whose end nobody saw. While it runs these are the ones at work. */
  readonly unfinished: readonly UnfinishedChange[]
  /**
   * Changes that ended well. After `cut-off` the state may lack the last of them: OpenTofu saves it at the end, and in between
   * at most every 20 s (TF_STATE_PERSIST_INTERVAL cannot be shorter).
   */
  readonly finished: readonly FinishedChange[]
  readonly diagnostics: readonly Diagnostic[]
}

/** A recorded run with its record. */
export interface RecordedRun {
  readonly folder: RunFolder
  readonly record: RunRecord
}

/** The run that still goes on in a workspace, if any. */
export async function runningRun(runs: string): Promise<RecordedRun | undefined> {
  const run = (await recordedRuns(runs)).at(-1)
  return run && (await goesOn(run.record)) ? run : undefined
}

/** The last run if nobody saw its end; otherwise the last apply, if it was cut off. */
export async function findInterruption(runs: string, redaction: Redaction): Promise<Interruption | undefined> {
  const recorded = await recordedRuns(runs)
  const last = recorded.at(-1)
  if (last && last.record.endedAt === undefined) return describe(last, redaction)
  const apply = recorded.findLast(({ record }) => record.command === 'apply')
  if (!apply || apply.record.exitCode === 0) return undefined
  const found = await describe(apply, redaction)
  return found.state === 'cut-off' && found.unfinished.length + found.finished.length > 0 ? found : undefined
}

/** The last run if its end was not written down, whether or not it still goes on. */
export async function unwatchedRun(runs: string): Promise<RecordedRun | undefined> {
  const run = (await recordedRuns(runs)).at(-1)
  return run && run.record.endedAt === undefined ? run : undefined
}

/** Whether the process of a run still exists. */
export async function goesOn(record: RunRecord): Promise<boolean> {
  return record.endedAt === undefined && record.process !== undefined && isRunning(record.process)
}

/** Lines of a run that another process started, until its process has ended. */
export function linesOf({ folder, record }: RecordedRun): AsyncGenerator<string> {
  // Asking for a process costs a file read on Linux, and starts a program elsewhere.
  const pause = process.platform === 'linux' ? 200 : 2000
  return followLines(folder.events, { ended: async () => !(await goesOn(record)) }, pause)
}

async function recordedRuns(runs: string): Promise<RecordedRun[]> {
  return (await runFolders(runs)).flatMap((folder) => {
    const record = readRecord(folder)
    return record ? [{ folder, record }] : []
  })
}

async function describe(run: RecordedRun, redaction: Redaction): Promise<Interruption> {
  const { record, folder } = run
  const running = await goesOn(record)
  const summary = new RunSummary(record.command)
  for await (const line of followLines(folder.events, { ended: () => true })) summary.add(parseEvent(redaction.of(line)))
  return interruptionOf(record, summary, running ? 'running' : record.signal !== undefined ? 'cut-off' : endState(summary))
}

/** Puts together what is known of a run. */
export function interruptionOf({ command, startedAt }: RunRecord, { unfinished, finished, diagnostics }: RunSummary, state: Interruption['state']): Interruption {
  return { command, startedAt, state, unfinished, finished, diagnostics }
}

/** How a run ended, judged by its events alone. */
export function endState(summary: RunSummary): 'completed' | 'failed' | 'cut-off' {
  if (summary.succeeded) return 'completed'
  return summary.failed && summary.unfinished.length === 0 ? 'failed' : 'cut-off'
}
