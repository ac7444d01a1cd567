import { execa } from 'execa'
import type { Environment } from './environment.ts'
import { startTurn } from './start-turn.ts'

/** A command whose output stays in memory. */
export interface CaptureInput {
  readonly binary: string
  /** Never a secret: visible to every user of the machine. */
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: Environment
  /** What it reads from its standard input. */
  readonly input?: string
}

/** What a captured command said. */
export interface Captured {
  /** Missing where a signal ended it, it could not be started, or it said too much. */
  readonly exitCode?: number
  readonly stdout: string
  readonly stderr: string
  /** Why there is no exit code. */
  readonly problem?: string
}

/** A state of 1000 resources is about 10 MB as JSON; beyond this something is wrong. */
const mostBytes = 256 * 1024 * 1024

/** Runs a command that only reads, and keeps what it writes in memory: it holds sensitive values in clear, so it must not reach a disk. */
export async function captureCommand(input: CaptureInput): Promise<Captured> {
  await startTurn()
  const { exitCode, stdout, stderr, shortMessage } = await execa(input.binary, input.args, {
    cwd: input.cwd,
    env: input.env,
    extendEnv: false,
    ...(input.input === undefined ? { stdin: 'ignore' as const } : { input: input.input }),
    reject: false,
    maxBuffer: mostBytes,
    windowsHide: true,
    forceKillAfterDelay: false,
  })
  if (exitCode !== undefined) return { exitCode, stdout, stderr }
  return { stdout, stderr, problem: shortMessage ?? 'it ended without an exit code' }
}
