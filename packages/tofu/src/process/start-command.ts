import { createWriteStream, openSync, type WriteStream } from 'node:fs'
import { execa } from 'execa'
import type { Environment } from './environment.ts'
import { followLines } from './follow-file.ts'
import { identityOf } from './process-identity.ts'
import { writeRecord, type CommandName, type RunFolder, type RunRecord } from './run-record.ts'
import { startTurn } from './start-turn.ts'
import { StopLadder } from './stop-ladder.ts'

/** A command to start. */
export interface CommandInput {
  readonly binary: string
  readonly command: CommandName
  /** Arguments after the command. Visible to every user of the machine, so never a secret. */
  readonly args: readonly string[]
  readonly cwd: string
  /** The whole environment of the process. */
  readonly env: Environment
  readonly folder: RunFolder
}

/** How a process ended. */
export interface CommandExit {
  /** Missing where a signal ended it, or it could not be started. */
  readonly exitCode?: number
  readonly signal?: string
  /** Why it could not be started. */
  readonly startError?: string
}

/** A command that runs. */
export interface StartedCommand {
  /** Its standard output, as it is written. */
  lines(): AsyncGenerator<string>
  readonly exit: Promise<CommandExit>
  readonly ladder: StopLadder
}

/**
 * Starts a command that outlives this process: it leads its own process group and writes to files, so neither a terminal's
 * Ctrl-C nor the death of this process (a broken pipe) ends it before it has saved its state.
 */
export async function startCommand(input: CommandInput): Promise<StartedCommand> {
  await startTurn()
  const { folder } = input
  const record: RunRecord = { command: input.command, args: input.args, startedAt: new Date().toISOString() }
  writeRecord(folder, record)
  const subprocess = spawn(input)
  const ladder = new StopLadder(subprocess.pid)
  const identity = subprocess.pid === undefined ? undefined : await identityOf(subprocess.pid)
  const running: RunRecord = identity ? { ...record, process: identity } : record
  writeRecord(folder, running)
  let ended = false
  const exit = subprocess.then(({ exitCode, signal, shortMessage }): CommandExit => {
    ended = true
    ladder.ended()
    const how = { ...(exitCode !== undefined ? { exitCode } : {}), ...(signal !== undefined ? { signal } : {}) }
    writeRecord(folder, { ...running, endedAt: new Date().toISOString(), ...how })
    return exitCode === undefined && signal === undefined ? { startError: shortMessage ?? 'it could not be started' } : how
  })
  return { lines: () => followLines(folder.events, { ended: () => ended, end: exit }), exit, ladder }
}

function spawn(input: CommandInput) {
  const [stdout, stderr] = [outputFile(input.folder.events), outputFile(input.folder.errors)]
  try {
    return execa(input.binary, [input.command, ...input.args], {
      cwd: input.cwd,
      env: input.env,
      extendEnv: false,
      stdin: 'ignore',
      stdout,
      stderr,
      buffer: false,
      reject: false,
      detached: true,
      cleanup: false,
      windowsHide: true,
      // Left on, a stop would be followed by SIGKILL after 5 s, in the middle of saving the state.
      forceKillAfterDelay: false,
    })
  } finally {
    stdout.destroy()
    stderr.destroy()
  }
}

/** A stream that is never written to: execa hands its open file to the process as it is. */
function outputFile(path: string): WriteStream {
  return createWriteStream(path, { fd: openSync(path, 'ax', 0o600) })
}
