import { startSimulator, type Simulator, type SimulatorOptions } from '../simulator.ts'
import { removeDaemonFile, writeDaemonFile } from './daemon-file.ts'

/** How a daemon is run. */
export interface DaemonOptions extends SimulatorOptions {
  /** Seconds without a connection after which it ends by itself; it never does when left out. */
  readonly idleExit?: number
}

const idleCheckSeconds = 0.5

/**
 * Runs simulated clouds as a process of their own, which outlives the commands that use it as a real cloud would. Writes
 * `daemon.json` into the home once it serves. Resolves when the daemon has ended: by SIGTERM, or after `idleExit`.
 * Throws `SIMULATOR_FAILED` when another process serves the same home.
 */
export async function runDaemon(options: DaemonOptions): Promise<void> {
  const simulator = await startSimulator(options)
  // On Ctrl-C a terminal signals the whole group, and the engine still needs its objects completed.
  const ignore = (): void => undefined
  process.on('SIGINT', ignore)
  writeDaemonFile(options.home, { pid: simulator.pid, reattach: simulator.reattach, speed: options.speed })
  await Promise.race([signalled('SIGTERM'), idle(simulator, options.idleExit)])
  removeDaemonFile(options.home)
  process.off('SIGINT', ignore)
  await simulator.close()
}

function signalled(signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => process.once(signal, () => resolve()))
}

function idle(simulator: Simulator, seconds: number | undefined): Promise<void> {
  if (seconds === undefined) return new Promise(() => undefined)
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (Date.now() - simulator.lastUse() < seconds * 1000) return
      clearInterval(timer)
      resolve()
    }, idleCheckSeconds * 1000)
  })
}
