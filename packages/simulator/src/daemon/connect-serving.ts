import { setTimeout as delay } from 'node:timers/promises'
import { IsthmusError } from '@isthmus/core'
import { isAttributes } from '../wire/unknown.ts'
import { isAlive } from './claim.ts'
import { connectOrStart, findDaemon } from './connect.ts'
import type { DaemonAddress } from './daemon-file.ts'

const pauseMilliseconds = 500

/** Which clouds a daemon has to serve, and how it is started. */
export interface DaemonRequest {
  /** Registry sources that must be among what it serves. */
  readonly sources: readonly string[]
  /** Seconds after its last use until a daemon ends by itself. */
  readonly idleExit: number
  /** Starts a daemon; called at most once, and need not wait. */
  start(): void
  /** Told, once, that a daemon which lacks a cloud is waited for. */
  readonly log?: (line: string) => void
}

/**
 * The daemon of a home, started where there is none. One that was started before a plugin was configured does not know it; others may
 * be using it, so it is waited for until it ends by itself.
 *
 * @throws IsthmusError SIMULATOR_FAILED when none serves in time, or the one that does lacks a cloud
 */
export async function connectServing(home: string, { sources, idleExit, start, log }: DaemonRequest): Promise<DaemonAddress> {
  const running = await findDaemon(home)
  const lacking = running ? sources.filter((source) => !servesSource(running, source)) : []
  if (running && lacking.length > 0) {
    log?.(`waiting until the simulated clouds that were started without ${lacking.join(', ')} end, at most ${2 * idleExit} seconds`)
    // A connection would count as a use, so the system is asked and not the daemon.
    for (const end = Date.now() + 2 * idleExit * 1000; Date.now() < end && isAlive(running.pid);) await delay(pauseMilliseconds)
  }
  const daemon = await connectOrStart(home, start)
  const missing = sources.filter((source) => !servesSource(daemon, source))
  if (missing.length === 0) return daemon
  throw new IsthmusError('SIMULATOR_FAILED', `the simulated clouds in ${home} run without ${missing.join(', ')}, because they were started before that plugin was configured; try again ${idleExit} seconds after their last use`, { retryable: true })
}

/** Whether a daemon simulates an OpenTofu provider, by its registry source. */
export function servesSource({ reattach }: DaemonAddress, source: string): boolean {
  const served: unknown = JSON.parse(reattach)
  return isAttributes(served) && `registry.opentofu.org/${source}` in served
}

/** What a daemon needs of the environment of who starts it: it sees neither credentials nor the master secret. */
export function daemonEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'USERPROFILE']
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])))
}
