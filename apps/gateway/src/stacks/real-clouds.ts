import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { IsthmusError } from '@isthmus/core'
import type { Environment } from '@isthmus/tofu'
import type { Clouds } from './clouds.ts'

/** How real clouds are reached. */
export interface RealCloudsOptions {
  /** Folder that all stacks share copies of providers in, which are large; made when missing. */
  readonly pluginCache: string
  /** Folder with one file per variable, and a subfolder for each holder besides the default one. */
  readonly secretsFolder?: string
}

const variableName = /^[A-Z][A-Z0-9_]*$/
const holderName = /^[a-z0-9][a-z0-9._-]*$/i

/** Real clouds. Credentials are the gateway's own variables and the files of the secrets folder, read for each run so that they can be exchanged. */
export class RealClouds implements Clouds {
  readonly simulated = false
  readonly #options: RealCloudsOptions

  constructor(options: RealCloudsOptions) {
    this.#options = options
  }

  async environment(): Promise<Environment> {
    // OpenTofu refuses a cache that is not there.
    await mkdir(this.#options.pluginCache, { recursive: true })
    return { TF_PLUGIN_CACHE_DIR: this.#options.pluginCache }
  }

  /** @throws IsthmusError CONFIGURATION_INVALID when the holder has no folder, or it cannot be read */
  async credentials(holder?: string): Promise<Environment> {
    const { secretsFolder } = this.#options
    if (secretsFolder === undefined && holder === undefined) return {}
    if (secretsFolder === undefined || (holder !== undefined && !holderName.test(holder))) throw new IsthmusError('CONFIGURATION_INVALID', `there are no credentials of ${holder}: set secretsFolder, and make a folder ${holder} in it`)
    const folder = holder === undefined ? secretsFolder : join(secretsFolder, holder)
    const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
      throw new IsthmusError('CONFIGURATION_INVALID', `${folder} cannot be read; it should hold one file per variable of a cloud`, { cause })
    })
    // Secrets that a container is given are often links to files.
    const names = entries.filter((entry) => !entry.isDirectory() && variableName.test(entry.name)).map(({ name }) => name)
    return Object.fromEntries(await Promise.all(names.map(async (name): Promise<[string, string]> => [name, (await readFile(join(folder, name), 'utf8')).trimEnd()])))
  }
}
