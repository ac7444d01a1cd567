import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { satisfies, validRange } from 'semver'
import { z } from 'zod'
import { readPackageJson, type Manifest } from './manifest.ts'
import type { Fault } from './plugin.ts'

/** Versions of the provider contract that this host can work with. */
const apiVersions: readonly number[] = [1]

const core = '@isthmus/core'

/** Version of the core that runs in this process. */
export function runningCore(): string {
  const file = createRequire(import.meta.url).resolve(`${core}/package.json`)
  const json = readPackageJson(dirname(file))
  return z.looseObject({ version: z.string() }).parse('value' in json ? json.value : undefined).version
}

/** Refuses a version of the contract that this host does not know. */
export function checkApiVersion({ isthmus }: Manifest): Fault | undefined {
  if (apiVersions.includes(isthmus.apiVersion)) return undefined
  const newest = Math.max(...apiVersions)
  return {
    stage: 'apiVersion',
    reason: `it is written for version ${isthmus.apiVersion} of the provider contract, and this host knows ${apiVersions.join(', ')}`,
    hint: isthmus.apiVersion > newest ? 'install a newer Isthmus, or an older version of the plugin' : 'install a newer version of the plugin',
  }
}

/** Refuses a plugin that asks for another core than the one that runs. */
export function checkCoreRange({ peerDependencies }: Manifest, version: string): Fault | undefined {
  const range = peerDependencies?.[core]
  if (range === undefined) return { stage: 'coreRange', reason: `it does not say which ${core} it needs`, hint: `add peerDependencies: { "${core}": "^${version}" } to its package.json` }
  if (validRange(range) === null) return { stage: 'coreRange', reason: `peerDependencies["${core}"] is ${JSON.stringify(range)}, which is no range of versions`, hint: `write a range such as "^${version}"` }
  if (satisfies(version, range, { includePrerelease: true })) return undefined
  return { stage: 'coreRange', reason: `it needs ${core} ${range}, and ${version} is running`, hint: `install a version of the plugin for ${core} ${version}, or the Isthmus that it asks for` }
}

/** The absolute path of a module of a package, or the fault that it is not there or not inside. */
export function moduleInside(folder: string, path: string): { readonly file: string } | Fault {
  const outside: Fault = { stage: 'path', reason: `${path} leads out of the package`, hint: 'name a file inside the package' }
  if (!isInside(folder, resolve(folder, path))) return outside
  try {
    const file = realpathSync(join(folder, path))
    return isInside(folder, file) ? { file } : outside
  } catch {
    return { stage: 'path', reason: `${path} is not in ${folder}`, hint: 'build the package, or correct the path in its package.json' }
  }
}

function isInside(folder: string, file: string): boolean {
  const way = relative(folder, file)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && resolve(folder, way) === file
}

/** Refuses an id that another provider has already. */
export function checkId({ isthmus: { id } }: Manifest, taken: readonly string[]): Fault | undefined {
  if (!taken.includes(id)) return undefined
  return { stage: 'id', reason: `a provider with the id ${id} is there already`, hint: 'remove one of the two, or give the plugin another id' }
}
