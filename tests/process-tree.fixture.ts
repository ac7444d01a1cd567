import { readdirSync, readFileSync } from 'node:fs'

/** Processes that a process has started, at any depth. Linux. */
function descendants(pid: number): number[] {
  const children = allProcesses().filter((process) => parentOf(process) === pid)
  return [...children, ...children.flatMap(descendants)]
}

/** Kills a process and everything that it started but one, without giving any of them the chance to finish anything. */
export function killTree(pid: number, spared?: number): void {
  process.kill(pid, 'SIGSTOP')
  for (const each of [...descendants(pid).filter((one) => one !== spared), pid]) signal(each, 'SIGKILL')
}

function allProcesses(): number[] {
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number)
}

function parentOf(pid: number): number | undefined {
  return Number(read(`/proc/${pid}/stat`).split(') ').at(-1)?.split(' ')[1])
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}
