import { linkSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { IsthmusError } from '@isthmus/core'
import { hasCode, isMissing, readIfThere } from '../store/files.ts'

/** The right to be the only process that serves a home. */
export interface Claim {
  release(): void
}

/** Claims a home for this process. Throws `SIMULATOR_FAILED` while another living process has it. */
export function claimHome(home: string): Claim {
  const path = join(home, 'claim')
  const own = `${path}.${process.pid}`
  const claim = `${process.pid} ${beginOf(String(process.pid))}`
  writeFileSync(own, claim, { mode: 0o600 })
  try {
    if (!take(own, path)) {
      setAside(path, home)
      if (!take(own, path)) throw new IsthmusError('SIMULATOR_FAILED', `another process has just begun to serve ${home}`, { retryable: true })
    }
  } finally {
    rmSync(own, { force: true })
  }
  return { release: () => { if (readIfThere(path) === claim) rmSync(path, { force: true }) } }
}

/** A link appears with its content or not at all, so that nobody reads half a claim. */
function take(own: string, path: string): boolean {
  try {
    linkSync(own, path)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

/** Removes the claim of a process that is gone, and only that one: another process may be doing the same. */
function setAside(path: string, home: string): void {
  const claim = readIfThere(path) ?? ''
  const [owner = '', begin] = claim.split(' ')
  if (isAlive(Number(owner)) && begin === beginOf(owner)) {
    throw new IsthmusError('SIMULATOR_FAILED', `process ${owner} already serves the simulated clouds in ${home}`)
  }
  const aside = `${path}.stale.${process.pid}`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (isMissing(error)) return
    throw error
  }
  if (readIfThere(aside) !== claim) take(aside, path)
  rmSync(aside, { force: true })
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
