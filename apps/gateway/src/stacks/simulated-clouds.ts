import { mkdir } from 'node:fs/promises'
import { connectServing } from '@isthmus/simulator'
import type { Environment } from '@isthmus/tofu'
import type { Clouds } from './clouds.ts'
import { startDaemon } from './start-daemon.ts'

/** How simulated clouds are run. */
export interface SimulatedCloudsOptions {
  /** Folder of their objects; gateways that are to see the same clouds use the same folder. */
  readonly folder: string
  /** How many times faster than real ones. */
  readonly speed: number
  /** Folders of the provider plugins whose clouds are simulated too. */
  readonly plugins?: readonly string[]
  /** Registry sources of the clouds of those plugins. */
  readonly pluginSources?: readonly string[]
  readonly log?: (line: string) => void
}

/** Seconds after the last use until the simulated clouds end by themselves. A gateway that runs them brings them back. */
const idleSeconds = 20

/** Simulated clouds in a process of their own: a cloud does not go away with the gateway that uses it. */
export class SimulatedClouds implements Clouds {
  readonly simulated = true
  readonly #options: SimulatedCloudsOptions

  constructor(options: SimulatedCloudsOptions) {
    this.#options = options
  }

  /** @throws IsthmusError SIMULATOR_FAILED */
  async environment(): Promise<Environment> {
    const { folder, speed, plugins = [], pluginSources = [], log } = this.#options
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const start = () => startDaemon({ folder, speed, idleExit: idleSeconds, plugins, onError: ({ message }) => log?.(`the simulated clouds cannot be started: ${message}`) })
    const { reattach } = await connectServing(folder, { sources: pluginSources, idleExit: idleSeconds, start, ...(log ? { log } : {}) })
    return { TF_REATTACH_PROVIDERS: reattach }
  }

  async credentials(): Promise<Environment> {
    return {}
  }
}
