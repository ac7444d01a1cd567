import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findDaemon, readObjects, stopDaemon, type CloudObject } from '@isthmus/simulator'
import { locateTofu } from '@isthmus/tofu'

/** A binary that has to be built first takes minutes; everything after that is quick. */
export const installTime = 15 * 60_000

const program = fileURLToPath(new URL('../../bin/isthmus.mjs', import.meta.url))

/** The order of the repository's examples that most tests use. */
export const threeClouds = fileURLToPath(new URL('../../../../examples/three-clouds.yaml', import.meta.url))

/** What a run of the command left. */
export interface Ran {
  /** Undefined where a signal ended it. */
  readonly code: number | undefined
  readonly stdout: string
  readonly stderr: string
}

/** A command that runs. */
export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ran>
  /** Resolves when what it has written to either stream holds a text; rejects when it ends before. */
  says(text: string): Promise<void>
  /** Resolves when it has written so many lines to standard error, or has ended. */
  lines(count: number): Promise<void>
}

/** How a run differs from the usual. */
export interface RunSettings {
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string
  readonly cwd?: string
}

/** A folder of its own in which the command is run as a person would, with simulated clouds of its own. */
export class CommandLine {
  readonly folder: string
  readonly home: string
  /** Folder of the simulated clouds. */
  readonly clouds: string
  readonly #env: Readonly<Record<string, string>>

  private constructor(folder: string, env: Readonly<Record<string, string>>) {
    this.folder = folder
    this.home = join(folder, '.isthmus')
    this.clouds = join(this.home, 'simulated', 'clouds')
    this.#env = env
  }

  static async open(env: Readonly<Record<string, string>> = {}): Promise<CommandLine> {
    const binary = await locateTofu({ log: (line) => process.stderr.write(`${line}\n`) })
    return new CommandLine(mkdtempSync(join(tmpdir(), 'isthmus-cli-')), { ...plainEnvironment(), ISTHMUS_TOFU: binary.path, ...env })
  }

  /** Writes a file below the folder and returns its path. */
  write(name: string, text: string): string {
    const path = join(this.folder, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return path
  }

  start(args: readonly string[], settings: RunSettings = {}): Running {
    const child = spawn(process.execPath, [program, ...args], { cwd: settings.cwd ?? this.folder, env: { ...this.#env, ...settings.env }, stdio: [settings.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] })
    child.stdin?.end(settings.input)
    return watch(child)
  }

  run(args: readonly string[], settings: RunSettings = {}): Promise<Ran> {
    return this.start(args, settings).ended
  }

  /** All objects of the simulated clouds. */
  objects(): CloudObject[] {
    return readObjects(this.clouds)
  }

  /** Process of the simulated clouds, where one runs. */
  async daemon(): Promise<number | undefined> {
    return (await findDaemon(this.clouds))?.pid
  }

  async close(): Promise<void> {
    await stopDaemon(this.clouds)
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** The JSON document that a run with `--json` printed. Throws where standard output is anything else. */
export function documentOf(ran: Ran): Readonly<Record<string, unknown>> {
  const parsed: unknown = JSON.parse(ran.stdout)
  if (typeof parsed !== 'object' || parsed === null) throw new Error(`no document: ${ran.stdout}`)
  return Object.fromEntries(Object.entries(parsed))
}

/** A list in a document; fails the test where there is none. */
export function listOf(document: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, unknown>>[] {
  const found = document[name]
  if (!Array.isArray(found)) throw new Error(`${name} is no list`)
  return found.map((item) => Object.fromEntries(Object.entries(Object(item))))
}

/** Tunnels of a document by state. */
export function tunnelStates(document: Readonly<Record<string, unknown>>): Record<string, number> {
  return countBy(listOf(document, 'tunnels').map((tunnel) => String(tunnel['state'])))
}

/** Outcome of each stack of a document. */
export function outcomes(document: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(listOf(document, 'stacks').map((stack) => [String(stack['stack']), String(stack['outcome'])]))
}

/** How often each text occurs. */
export function countBy(texts: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return Object.fromEntries(counts)
}

function watch(child: ChildProcess): Running {
  const texts = { stdout: '', stderr: '' }
  const waiting = new Set<() => void>()
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      texts[name] += chunk
      for (const check of waiting) check()
    })
  }
  const ended = new Promise<Ran>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? undefined, ...texts }))
  })
  const says = (text: string): Promise<void> => new Promise((resolve, reject) => {
    const check = (): void => void (`${texts.stdout}${texts.stderr}`.includes(text) && resolve())
    waiting.add(check)
    check()
    void ended.then(() => reject(new Error(`it ended without saying ${text}: ${texts.stderr}`)))
  })
  const lines = (count: number): Promise<void> => new Promise((resolve) => {
    const check = (): void => void (texts.stderr.split('\n').length > count && resolve())
    waiting.add(check)
    check()
    void ended.then(() => resolve())
  })
  return { child, ended, says, lines }
}

/** What the command needs of this process's environment: neither credentials nor settings of Isthmus or OpenTofu. */
function plainEnvironment(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'USERPROFILE']
  return Object.fromEntries(names.flatMap((name) => { const value = process.env[name]; return value === undefined ? [] : [[name, value]] }))
}
