import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { IsthmusError } from '@isthmus/core'
import { hasCode, readIfThere } from '../store/files.ts'

/** The right to be the only process that serves a home. */
export interface Claim {
  release(): void
}

/** Claims a home for this process. Throws `SIMULATOR_FAILED` while another living process has it. */
export function claimHome(home: string): Claim {
  const path = join(home, 'claim')
  if (!write(path)) {
    const [owner = '', begin] = (readIfThere(path) ?? '').split(' ')
    const isOwned = isAlive(Number(owner)) && begin === beginOf(owner)
    if (isOwned) throw new IsthmusError('SIMULATOR_FAILED', `process ${owner} already serves the simulated clouds in ${home}`)
    rmSync(path, { force: true })
    if (!write(path)) throw new IsthmusError('SIMULATOR_FAILED', `another process has just begun to serve ${home}`, { retryable: true })
  }
  return { release: () => rmSync(path, { force: true }) }
}

function write(path: string): boolean {
  try {
    writeFileSync(path, `${process.pid} ${beginOf(String(process.pid))}`, { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

/** When a process began, so that a later process with the same id is not taken for it; empty where the system does not tell. */
function beginOf(pid: string): string {
  const afterName = readIfThere(`/proc/${pid}/stat`)?.split(') ').at(-1)
  return afterName?.split(' ')[19] ?? ''
}

/** Whether a process with that id exists; one of another user does. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}
