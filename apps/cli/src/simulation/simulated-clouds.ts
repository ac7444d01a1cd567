import { spawn } from 'node:child_process'
import { mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { LoadedPlugin } from '@isthmus/plugin-host'
import { connectServing, daemonEnvironment, servesSource, stopDaemon } from '@isthmus/simulator'

/** Simulated clouds that run as a process of their own. */
export interface SimulatedClouds {
  readonly home: string
  /** Environment that points OpenTofu to them. */
  readonly environment: Readonly<Record<string, string>>
  /** Whether an OpenTofu provider, by its registry source, is simulated. */
  serves(source: string): boolean
  /** Ends the process; objects stay in the home. */
  stop(): Promise<void>
}

/** Seconds after the last use until the process ends by itself. */
const idleSeconds = 20

/**
 * Connects to the simulated clouds of a home, or starts them. They are a process of their own because a cloud does not go
 * away with the command that uses it.
 *
 * @param log told when starting takes a while, and why
 */
export async function simulatedClouds(home: string, speed: number, plugins: readonly LoadedPlugin[], log: (line: string) => void): Promise<SimulatedClouds> {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const start = (): void => {
    const log = openSync(join(home, 'simulator.log'), 'a', 0o600)
    const script = fileURLToPath(new URL('daemon-main.js', import.meta.url))
    spawn(process.execPath, [script, home, String(speed), String(idleSeconds), ...plugins.map(({ folder }) => folder)], { detached: true, stdio: ['ignore', log, log], cwd: home, env: daemonEnvironment(process.env) }).unref()
  }
  const daemon = await connectServing(home, { sources: plugins.flatMap(({ simulated }) => simulated?.cloud.source ?? []), idleExit: idleSeconds, start, log })
  return { home, environment: { TF_REATTACH_PROVIDERS: daemon.reattach }, serves: (source) => servesSource(daemon, source), stop: () => stopDaemon(home) }
}
