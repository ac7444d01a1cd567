import { readFile } from 'node:fs/promises'
import { execa } from 'execa'

/** Names one process for good: its number alone is given to another process sooner or later. */
export interface ProcessIdentity {
  readonly pid: number
  /** Start time as the system counts it. Compared for equality only. */
  readonly started: string
}

/** Identity of the process that has the number now; undefined where none runs (a zombie does not run). */
export async function identityOf(pid: number): Promise<ProcessIdentity | undefined> {
  if (!hasProcess(pid)) return undefined
  const started = await startTimeOf(pid)
  return started === undefined ? undefined : { pid, started }
}

/** Whether exactly this process still runs. */
export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  return (await identityOf(identity.pid))?.started === identity.started
}

/** Identity of the process this code runs in. */
export async function ownIdentity(): Promise<ProcessIdentity> {
  return (await identityOf(process.pid)) ?? { pid: process.pid, started: 'unknown' }
}

function hasProcess(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function startTimeOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') return linuxStartTime(pid)
  return process.platform === 'win32' ? windowsStartTime(pid) : posixStartTime(pid)
}

/** Field 22 of `/proc/<pid>/stat` counts ticks since boot (proc_pid_stat(5)), so the boot belongs to it. */
async function linuxStartTime(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (stat === undefined) return undefined
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, ticks] = [afterName[0], afterName[19]]
  if (state === 'Z' || state === 'X' || ticks === undefined) return undefined
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '')
  return `${boot.trim()}:${ticks}`
}

async function posixStartTime(pid: number): Promise<string | undefined> {
  const { stdout, exitCode } = await execa('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { reject: false, env: { LC_ALL: 'C' } })
  const [, state, started] = /^\s*(\S+)\s+(.+?)\s*$/.exec(exitCode === 0 ? stdout : '') ?? []
  return state?.startsWith('Z') ? undefined : started
}

async function windowsStartTime(pid: number): Promise<string | undefined> {
  const question = `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`
  const { stdout, exitCode } = await execa('powershell', ['-NoProfile', '-NonInteractive', '-Command', question], { reject: false, windowsHide: true })
  return exitCode === 0 ? stdout.trim() : undefined
}
