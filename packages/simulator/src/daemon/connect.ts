import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { IsthmusError } from '@isthmus/core'
import { isAttributes } from '../wire/unknown.ts'
import { isAlive } from './claim.ts'
import { readDaemonFile, type DaemonAddress } from './daemon-file.ts'

const pollMilliseconds = 50
const startSeconds = 30

/**
 * The daemon of a home: the one that runs, or the one that `spawn` starts. `spawn` is called at most once and need not wait;
 * where two callers start a daemon each, one of the two takes the home and both callers get that one. Throws
 * `SIMULATOR_FAILED` when none serves in time.
 */
export async function connectOrStart(home: string, spawn: () => void, options: { seconds?: number } = {}): Promise<DaemonAddress> {
  const running = await findDaemon(home)
  if (running) return running
  spawn()
  const seconds = options.seconds ?? startSeconds
  for (const end = Date.now() + seconds * 1000; Date.now() < end;) {
    await delay(pollMilliseconds)
    const started = await findDaemon(home)
    if (started) return started
  }
  throw new IsthmusError('SIMULATOR_FAILED', `no simulator serves ${home} after ${seconds} seconds`, { retryable: true })
}

/** The daemon of a home, where one lives and answers. */
export async function findDaemon(home: string): Promise<DaemonAddress | undefined> {
  const address = readDaemonFile(home)
  if (!address || !isAlive(address.pid)) return undefined
  return (await answers(address.reattach)) ? address : undefined
}

/** Ends the daemon of a home, if there is one, and waits until it is gone. Objects stay. */
export async function stopDaemon(home: string): Promise<void> {
  const address = await findDaemon(home)
  if (!address) return
  process.kill(address.pid, 'SIGTERM')
  while (isAlive(address.pid)) await delay(pollMilliseconds)
}

async function answers(reattach: string): Promise<boolean> {
  const parsed: unknown = JSON.parse(reattach)
  const entries = isAttributes(parsed) ? Object.values(parsed) : []
  const results = await Promise.all(entries.map((entry) => accepts(isAttributes(entry) ? entry['Addr'] : undefined)))
  return results.length > 0 && results.every(Boolean)
}

function accepts(address: unknown): Promise<boolean> {
  const text = isAttributes(address) ? address['String'] : undefined
  if (typeof text !== 'string' || !isAttributes(address)) return Promise.resolve(false)
  const at = text.lastIndexOf(':')
  const socket = address['Network'] === 'unix' ? connect(text) : connect(Number(text.slice(at + 1)), text.slice(0, at))
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false)).once('connect', () => socket.destroy())
  })
}
