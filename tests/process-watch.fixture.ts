import { readdirSync, readFileSync } from 'node:fs'

/** What processes of this machine were seen to run with. Linux. */
export class ProcessWatch {
  /** Command lines, each once. */
  readonly commands = new Set<string>()
  /** Environments of the processes whose command line matches. */
  readonly environments = new Set<string>()
  readonly #wanted: RegExp | undefined
  readonly #timer: NodeJS.Timeout

  /** @param wanted whose environments are read as well; nobody's when left out */
  constructor(wanted?: RegExp) {
    this.#wanted = wanted
    this.#timer = setInterval(() => this.#look(), 40)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  #look(): void {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')
      this.commands.add(command)
      if (this.#wanted?.test(command)) this.environments.add(read(`/proc/${pid}/environ`).replaceAll('\0', '\n'))
    }
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
