import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** How a program is started as somebody else. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

const isRoot = process.getuid?.() === 0

/**
 * A network of its own, of which there is only the loopback, and which can be cut: packets are then lost in both directions and no connection
 * is closed, as when a machine loses its power. Sockets in the file system lead into it from outside.
 */
export class CutNetwork {
  readonly #keeper: ChildProcess
  readonly #relays: ChildProcess[] = []

  private constructor(keeper: ChildProcess) {
    this.#keeper = keeper
  }

  /** Whether this machine lets us make one: Linux, as root or with user namespaces. */
  static get isPossible(): boolean {
    if (process.platform !== 'linux') return false
    try {
      execFileSync('unshare', [...namespaces, 'ip', 'link', 'set', 'lo', 'up'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  }

  static async make(): Promise<CutNetwork> {
    const keeper = spawn('unshare', [...namespaces, 'sh'], { stdio: ['pipe', 'pipe', 'inherit'] })
    process.once('exit', () => keeper.kill('SIGKILL'))
    const network = new CutNetwork(keeper)
    await network.mend()
    return network
  }

  /** The program and arguments that start a program in it. */
  inside(program: string, args: readonly string[], account?: Account): [string, string[]] {
    const whose = account ? ['--setuid', String(account.uid), '--setgid', String(account.gid)] : isRoot ? [] : ['--user', '--preserve-credentials']
    return ['nsenter', ['--target', String(this.#keeper.pid), '--net', ...whose, '--', program, ...args]]
  }

  /** Leads from a socket in the file system to a port in it. */
  async relay(socket: string, port: number): Promise<void> {
    const child = spawn(...this.inside(process.execPath, [join(import.meta.dirname, 'relay.mjs'), socket, String(port)]), { stdio: ['ignore', 'pipe', 'inherit'] })
    this.#relays.push(child)
    await once(child.stdout, 'data')
  }

  cut(): Promise<void> {
    return this.#set('down')
  }

  mend(): Promise<void> {
    return this.#set('up')
  }

  async close(): Promise<void> {
    await Promise.all([...this.#relays, this.#keeper].map(async (child) => {
      const exit = once(child, 'exit')
      child.kill('SIGKILL')
      await exit
    }))
  }

  async #set(state: 'up' | 'down'): Promise<void> {
    const done = once(this.#keeper.stdout ?? this.#keeper, 'data')
    this.#keeper.stdin?.write(`ip link set lo ${state} && echo done\n`)
    await done
  }
}

const namespaces: readonly string[] = isRoot ? ['--net', '--'] : ['--user', '--map-current-user', '--keep-caps', '--net', '--']
