import { spawn } from 'node:child_process'
import { mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectOrStart, stopDaemon } from '@isthmus/simulator'

/** Simulated clouds that run as a process of their own. */
export interface SimulatedClouds {
  readonly home: string
  /** Environment that points OpenTofu to them. */
  readonly environment: Readonly<Record<string, string>>
  /** Ends the process; objects stay in the home. */
  stop(): Promise<void>
}

/** Seconds after the last use until the process ends by itself. */
const idleSeconds = 20

/**
 * Connects to the simulated clouds of a home, or starts them. They are a process of their own because a cloud does not go
 * away with the command that uses it.
 */
export async function simulatedClouds(home: string, speed: number): Promise<SimulatedClouds> {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const daemon = await connectOrStart(home, () => {
    const log = openSync(join(home, 'simulator.log'), 'a', 0o600)
    const script = fileURLToPath(new URL('daemon-main.js', import.meta.url))
    spawn(process.execPath, [script, home, String(speed), String(idleSeconds)], { detached: true, stdio: ['ignore', log, log], cwd: home, env: plainEnvironment() }).unref()
  })
  return { home, environment: { TF_REATTACH_PROVIDERS: daemon.reattach }, stop: () => stopDaemon(home) }
}

/** The simulated clouds see neither credentials nor the master secret. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'USERPROFILE']
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])))
}
