import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const program = fileURLToPath(new URL('../../bin/isthmus-gateway.mjs', import.meta.url))
const patience = 60_000

const logLine = z.looseObject({ time: z.number(), level: z.number(), msg: z.string().optional() })

/** A line of a gateway's log. */
export type LogLine = z.infer<typeof logLine>

/** How a gateway is started. */
export interface GatewayStart {
  /** It works in this folder; its log and what it prints are there too. */
  readonly folder: string
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string>>
}

/** A gateway as people run it: a process of its own, that can be killed. */
export class GatewayProcess {
  readonly url: string
  readonly folder: string
  readonly pid: number
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, pid: number, folder: string, url: string) {
    this.#child = child
    this.pid = pid
    this.folder = folder
    this.url = url
  }

  /** Starts a gateway on a free port and waits until it answers. Its log goes on where the one before it in that folder ended. */
  static async start({ folder, env }: GatewayStart): Promise<GatewayProcess> {
    await mkdir(folder, { recursive: true })
    const [printed, log] = [openSync(join(folder, 'printed.txt'), 'w+'), openSync(join(folder, 'log.jsonl'), 'a')]
    const child = spawn(process.execPath, [program], { cwd: folder, env: { ISTHMUS_PORT: '0', ISTHMUS_REQUESTS_PER_SECOND: '100000', ...env }, stdio: ['ignore', printed, log] })
    closeSync(printed)
    closeSync(log)
    for (const end = Date.now() + patience; Date.now() < end; await sleep(20)) {
      const url = /at (http:\S+)/.exec(readFileSync(join(folder, 'printed.txt'), 'utf8'))?.[1]
      if (url !== undefined && child.pid !== undefined) return new GatewayProcess(child, child.pid, folder, url)
      if (child.exitCode !== null || child.signalCode !== null) break
    }
    child.kill('SIGKILL')
    throw new Error(`the gateway in ${folder} did not start: ${readFileSync(join(folder, 'log.jsonl'), 'utf8').slice(-2_000)}`)
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  /** Sends a signal and waits until the process is gone. @returns its exit code, null when the signal ended it */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.isRunning) {
      const exit = once(this.#child, 'exit')
      this.#child.kill(signal)
      await exit
    }
    return this.#child.exitCode
  }

  /** Sends a signal that does not end it. */
  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** What it has logged so far, with the gateways before it in the same folder. */
  log(): LogLine[] {
    const lines = readFileSync(join(this.folder, 'log.jsonl'), 'utf8').split('\n')
    return lines.filter((line) => line.startsWith('{') && line.endsWith('}')).map((line) => logLine.parse(JSON.parse(line)))
  }
}
