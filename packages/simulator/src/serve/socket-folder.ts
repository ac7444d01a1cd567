import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IsthmusError } from '@isthmus/core'
import { isAlive } from '../daemon/claim.ts'

/** Where one process keeps the sockets on which it serves a home. */
export interface SocketFolder {
  /** Path of the socket for a provider source. */
  pathFor(source: string): string
  remove(): void
}

/**
 * Sockets lie in the temporary folder, since a socket path may have 107 bytes only. The folder belongs to a home and a process:
 * a process whose home was deleted must not take away the sockets of the next one when it ends.
 */
export function openSocketFolder(home: string): SocketFolder {
  const prefix = `isthmus-${createHash('sha256').update(home).digest('hex').slice(0, 12)}-`
  removeAbandoned(prefix)
  const folder = join(tmpdir(), `${prefix}${process.pid}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  // Anybody may make folders there, and whoever owns this one would receive the keys of all tunnels.
  if (statSync(folder).uid !== process.getuid?.()) throw new IsthmusError('SIMULATOR_FAILED', `${folder} belongs to another user`)
  return {
    pathFor: (source) => join(folder, `${source.replaceAll('/', '-')}.sock`),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Folders of processes that were killed. */
function removeAbandoned(prefix: string): void {
  const names = readdirSync(tmpdir()).filter((name) => name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length))))
  for (const name of names) {
    const folder = join(tmpdir(), name)
    if (statSync(folder, { throwIfNoEntry: false })?.uid === process.getuid?.()) rmSync(folder, { recursive: true, force: true })
  }
}
