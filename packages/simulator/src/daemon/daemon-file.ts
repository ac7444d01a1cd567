import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { readIfThere, writeWhole } from '../store/files.ts'
import { isAttributes } from '../wire/unknown.ts'

/** How a daemon is reached. */
export interface DaemonAddress {
  readonly pid: number
  /** Value for `TF_REATTACH_PROVIDERS`. */
  readonly reattach: string
  /** Speed it was started with. */
  readonly speed: number
}

const fileName = 'daemon.json'

export function writeDaemonFile(home: string, address: DaemonAddress): void {
  // JSON has no Infinity, so the speed is text.
  writeWhole(join(home, fileName), `${JSON.stringify({ ...address, speed: String(address.speed) })}\n`)
}

/** Removes the address of this process, and not that of another one that serves the home by now. */
export function removeDaemonFile(home: string): void {
  if (readDaemonFile(home)?.pid === process.pid) rmSync(join(home, fileName), { force: true })
}

/** The address that was written last, whether or not that daemon still lives. */
export function readDaemonFile(home: string): DaemonAddress | undefined {
  const text = readIfThere(join(home, fileName))
  const value: unknown = text === undefined ? undefined : JSON.parse(text)
  if (!isAttributes(value)) return undefined
  const { pid, reattach, speed } = value
  return typeof pid === 'number' && typeof reattach === 'string' ? { pid, reattach, speed: Number(speed) } : undefined
}
