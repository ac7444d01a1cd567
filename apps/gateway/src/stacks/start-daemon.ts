import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { daemonEnvironment } from '@isthmus/simulator'

/** What a daemon of simulated clouds is started with. */
export interface DaemonStart {
  readonly folder: string
  readonly speed: number
  /** Seconds. */
  readonly idleExit: number
  /** Folders of provider plugins. */
  readonly plugins: readonly string[]
  /** Hears of a process that could not be started, such as on a machine that has too many. */
  readonly onError: (error: Error) => void
}

/** The program that `daemon-main.ts` is built to; also where this file runs as source. */
const program = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../dist/stacks/daemon-main.js' : 'daemon-main.js', import.meta.url))

/** Starts simulated clouds as a process that outlives this one. Their log is in their folder. */
export function startDaemon({ folder, speed, idleExit, plugins, onError }: DaemonStart): void {
  const log = openSync(join(folder, 'simulator.log'), 'a', 0o600)
  try {
    const daemon = spawn(process.execPath, [program, folder, String(speed), String(idleExit), ...plugins], { detached: true, stdio: ['ignore', log, log], cwd: folder, env: daemonEnvironment(process.env) })
    daemon.on('error', onError)
    daemon.unref()
  } finally {
    closeSync(log)
  }
}
