import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { Account, CutNetwork } from './cut-network.fixture.ts'

const run = promisify(execFile)

/** A PostgreSQL server of one test file, on loopback, with its own data. */
export class PostgresServer {
  readonly url: string
  readonly #binary: string
  readonly #folder: string
  readonly #port: number
  readonly #account: Account | undefined
  readonly #network: CutNetwork | undefined
  readonly #password: string
  #process: ChildProcess | undefined

  private constructor(parts: { readonly binary: string; readonly folder: string; readonly port: number; readonly password: string; readonly account: Account | undefined; readonly network: CutNetwork | undefined }) {
    this.#binary = parts.binary
    this.#folder = parts.folder
    this.#port = parts.port
    this.#account = parts.account
    this.#network = parts.network
    this.#password = parts.password
    this.url = parts.network ? this.#urlThrough(parts.folder) : `postgresql://isthmus:${parts.password}@127.0.0.1:${parts.port}/postgres`
  }

  /**
   * Makes and starts a server. Throws, saying what to install, where PostgreSQL is missing.
   *
   * @param network where its port is, if it is not to be reached by that; its `url` leads to its socket
   */
  static async start(network?: CutNetwork): Promise<PostgresServer> {
    const folder = await mkdtemp(join(tmpdir(), 'isthmus-postgres-'))
    const account = await accountOf()
    const password = randomBytes(12).toString('hex')
    const passwordFile = join(folder, 'password')
    await writeFile(passwordFile, password)
    await mkdir(join(folder, 'data'), { mode: 0o700 })
    if (account) for (const path of [folder, passwordFile, join(folder, 'data')]) await chown(path, account.uid, account.gid)
    await chmod(folder, 0o700)
    await run(programAt('initdb'), ['--pgdata', join(folder, 'data'), '--username=isthmus', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8', '--locale=C', '--no-sync'], { cwd: folder, ...account })
    const server = new PostgresServer({ binary: programAt('postgres'), folder, port: await freePort(), password, account, network })
    await server.resume()
    return server
  }

  /** Starts the server again after {@link crash}, with what was durable. */
  async resume(): Promise<void> {
    const data = join(this.#folder, 'data')
    const settings = [`unix_socket_directories=${this.#folder}`, 'listen_addresses=127.0.0.1', 'shared_buffers=16MB', 'max_connections=100']
    const args = ['-D', data, '-p', String(this.#port), ...settings.flatMap((setting) => ['-c', setting])]
    const [program, parameters] = this.#network?.inside(this.#binary, args, this.#account) ?? [this.#binary, args]
    const child = spawn(program, parameters, { cwd: this.#folder, stdio: ['ignore', 'ignore', 'pipe'], ...(this.#network ? {} : this.#account) })
    this.#process = child
    process.once('exit', () => child.kill('SIGQUIT'))
    let log = ''
    await new Promise<void>((resolve, reject) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        log = (log + text).slice(-4_000)
        if (log.includes('database system is ready to accept connections')) resolve()
      })
      child.once('error', reject)
      child.once('exit', (code) => reject(new Error(`PostgreSQL ended with ${code} before it was ready:\n${log}`)))
    })
  }

  /** The URL for somebody who reaches the port over the network of the server. @param folder for the socket that leads there */
  async urlOverNetwork(folder: string): Promise<string> {
    await this.#network?.relay(join(folder, `.s.PGSQL.${this.#port}`), this.#port)
    return this.#urlThrough(folder)
  }

  #urlThrough(folder: string): string {
    return `postgresql:///postgres?${new URLSearchParams({ host: folder, port: String(this.#port), user: 'isthmus', password: this.#password }).toString()}`
  }

  /** Ends the server as a power cut of its process would: without a checkpoint, and without a word to its clients. */
  async crash(): Promise<void> {
    await this.#end('SIGQUIT')
  }

  /** Ends the server, and removes its data. */
  async stop(): Promise<void> {
    await this.#end('SIGINT')
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#process
    this.#process = undefined
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const exit = once(child, 'exit')
    child.kill(signal)
    const isOver = await Promise.race([exit.then(() => true), sleep(10_000, false, { ref: false })])
    if (!isOver) child.kill('SIGKILL')
    await exit
  }
}

function programAt(name: string): string {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((one, other) => Number(other) - Number(one)) : []
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), ...versions.map((version) => join(debian, version, 'bin')), '/usr/local/bin']
  const found = folders.map((folder) => join(folder, process.platform === 'win32' ? `${name}.exe` : name)).find((path) => existsSync(path))
  if (found === undefined) throw new Error(`these tests need a PostgreSQL server, and ${name} is not on the PATH: install PostgreSQL 15 or newer (Debian: apt-get install postgresql; macOS: brew install postgresql)`)
  return found
}

/** PostgreSQL refuses to run as root. */
async function accountOf(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const ids = await Promise.all(['-u', '-g'].map((flag) => run('id', [flag, name]).then(({ stdout }) => Number(stdout), () => undefined)))
    const [uid, gid] = ids
    if (uid !== undefined && gid !== undefined) return { uid, gid }
  }
  throw new Error('PostgreSQL does not run as root: these tests need a user named postgres or nobody, or to be run by another user')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => { server.close(resolve) })
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
