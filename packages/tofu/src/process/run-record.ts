import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { field, numberField, textField, tryParse } from '../json/fields.ts'
import type { ProcessIdentity } from './process-identity.ts'

/** Commands that change something and are therefore recorded. */
export type CommandName = 'init' | 'plan' | 'apply'

/** One recorded run of a command, as `run.json` holds it. */
export interface RunRecord {
  readonly command: CommandName
  /** Arguments; never hold a secret. */
  readonly args: readonly string[]
  /** ISO 8601. */
  readonly startedAt: string
  /** The process and leader of its group. Missing when Isthmus ended between starting it and writing this down. */
  readonly process?: ProcessIdentity
  /** ISO 8601. Missing while it runs, and when nobody watched its end. */
  readonly endedAt?: string
  /** Missing where the process was ended by a signal, or was watched by another process than the one that started it. */
  readonly exitCode?: number
  readonly signal?: string
}

/** Folder of one run. */
export interface RunFolder {
  readonly path: string
  readonly record: string
  /** Standard output of the command: one event a line. */
  readonly events: string
  readonly errors: string
}

/** Runs whose folders are kept. */
const keptRuns = 10

/** Folders of all recorded runs, oldest first. */
export async function runFolders(runs: string): Promise<RunFolder[]> {
  const names = await readdir(runs).catch(() => [])
  return names.filter((name) => /^\d{6}-[a-z]+$/.test(name)).sort().map((name) => folderAt(join(runs, name)))
}

/** Makes the folder for the next run, and forgets old ones. */
export async function nextRunFolder(runs: string, command: CommandName): Promise<RunFolder> {
  await mkdir(runs, { recursive: true, mode: 0o700 })
  const folders = await runFolders(runs)
  const latest = folders.at(-1)?.path.slice(runs.length + 1, runs.length + 7) ?? '0'
  const folder = folderAt(join(runs, `${String(Number(latest) + 1).padStart(6, '0')}-${command}`))
  await mkdir(folder.path, { mode: 0o700 })
  const lastApply = folders.findLast((item) => item.path.endsWith('-apply'))
  const old = folders.slice(0, Math.max(0, folders.length + 1 - keptRuns)).filter((item) => item !== lastApply)
  await Promise.all(old.map((item) => rm(item.path, { recursive: true, force: true })))
  return folder
}

/** Writes a record. At once, since whatever dies between the start of a process and its record leaves a process nobody knows. */
export function writeRecord(folder: RunFolder, record: RunRecord): void {
  writeFileSync(`${folder.record}.new`, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${folder.record}.new`, folder.record)
}

/** Reads a record; undefined where there is none that can be read. */
export function readRecord(folder: RunFolder): RunRecord | undefined {
  const parsed = tryParse(textOf(folder.record))
  const command = commandNameOf(field(parsed, 'command'))
  const startedAt = textField(parsed, 'startedAt')
  if (command === undefined || startedAt === undefined) return undefined
  const args = field(parsed, 'args')
  const [pid, started] = [numberField(parsed, 'process', 'pid'), textField(parsed, 'process', 'started')]
  const [endedAt, exitCode, signal] = [textField(parsed, 'endedAt'), numberField(parsed, 'exitCode'), textField(parsed, 'signal')]
  return {
    command,
    args: Array.isArray(args) ? args.filter((item) => typeof item === 'string') : [],
    startedAt,
    ...(pid !== undefined && started !== undefined ? { process: { pid, started } } : {}),
    ...(endedAt !== undefined ? { endedAt } : {}),
    ...(exitCode !== undefined ? { exitCode } : {}),
    ...(signal !== undefined ? { signal } : {}),
  }
}

function folderAt(path: string): RunFolder {
  return { path, record: join(path, 'run.json'), events: join(path, 'events.jsonl'), errors: join(path, 'errors.log') }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function commandNameOf(value: unknown): CommandName | undefined {
  return value === 'init' || value === 'plan' || value === 'apply' ? value : undefined
}
