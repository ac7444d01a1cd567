import { access, chmod, constants, mkdir, rename, rm } from 'node:fs/promises'
import { delimiter, dirname, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { IsthmusError } from '@isthmus/core'
import { ExclusiveLock } from '../lock/exclusive-lock.ts'
import { cachedBinary, executableName, userCacheFolder } from './cache-folder.ts'
import { checkBinary } from './check-binary.ts'
import { buildWithGo } from './go-build.ts'
import { installRelease, type InstallInput, type InstallResult } from './release.ts'
import { tofuVersion, type TofuBinary } from './tofu-binary.ts'

/** How to look for OpenTofu. */
export interface LocateOptions {
  /** Environment to look in; this process's own when left out. */
  readonly env?: NodeJS.ProcessEnv
  /** Gets a line for each step that takes time. */
  readonly log?: (line: string) => void
  /** Folder of caches; the user's when left out. */
  readonly cacheDir?: string
}

interface Search {
  readonly env: NodeJS.ProcessEnv
  readonly log: (line: string) => void
  readonly cached: string
  /** Why places that were looked at hold no OpenTofu that works. */
  readonly reasons: string[]
}

/** Two processes that start together must not both build for five minutes, so one waits for the other. */
const lockPause = 500

/**
 * Finds OpenTofu, or installs it into the cache: `ISTHMUS_TOFU`, the PATH, the cache, the official release, a build of the Go module.
 *
 * @throws IsthmusError TOFU_NOT_FOUND with what was tried and why it failed
 */
export async function locateTofu(options: LocateOptions = {}): Promise<TofuBinary> {
  const env = options.env ?? process.env
  const cacheDir = options.cacheDir ?? userCacheFolder(env, process.platform)
  const search: Search = { env, log: options.log ?? (() => {}), cached: cachedBinary(cacheDir, process.platform, process.arch), reasons: [] }
  return (await fromEnvironment(search)) ?? (await fromPath(search)) ?? (await fromCache(search)) ?? (await install(search))
}

/** A binary that was named and does not work is an error: silently using another one would surprise. */
async function fromEnvironment({ env }: Search): Promise<TofuBinary | undefined> {
  const named = env['ISTHMUS_TOFU']
  if (named === undefined || named === '') return undefined
  const path = resolve(named)
  const check = await checkBinary(path)
  if (!check.usable) throw new IsthmusError('TOFU_NOT_FOUND', `ISTHMUS_TOFU: ${check.reason}`)
  return { path, version: check.version, source: 'environment' }
}

async function fromPath({ env, reasons }: Search): Promise<TofuBinary | undefined> {
  for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(delimiter)) {
    const path = resolve(folder, executableName(process.platform))
    if (folder === '' || !(await isExecutable(path))) continue
    const check = await checkBinary(path)
    if (check.usable) return { path, version: check.version, source: 'path' }
    reasons.push(check.reason)
  }
  return undefined
}

async function fromCache({ cached, reasons }: Search): Promise<TofuBinary | undefined> {
  if (!(await isExecutable(cached))) return undefined
  const check = await checkBinary(cached)
  if (check.usable) return { path: cached, version: check.version, source: 'cache' }
  reasons.push(check.reason)
  return undefined
}

async function install(search: Search): Promise<TofuBinary> {
  const { cached, log } = search
  await mkdir(dirname(cached), { recursive: true })
  for (let waited = false; ; waited = true) {
    const attempt = await ExclusiveLock.attempt(`${cached}.lock`)
    if (!attempt.taken) {
      if (!waited) log(`process ${attempt.holder?.pid ?? 'unknown'} installs OpenTofu ${tofuVersion}; waiting for it`)
      await sleep(lockPause)
      continue
    }
    try {
      return (await fromCache(search)) ?? (await installInto(search))
    } finally {
      await attempt.lock.release()
    }
  }
}

async function installInto(search: Search): Promise<TofuBinary> {
  const { cached, log, env, reasons } = search
  const input: InstallInput = { target: `${cached}.${process.pid}.new`, platform: process.platform, arch: process.arch, log }
  const ways = [['release', () => installRelease(input)], ['build', () => buildWithGo(input, env)]] as const
  for (const [source, way] of ways) {
    const begun = Date.now()
    const result = await finish(input.target, cached, await way())
    if (result.installed) {
      log(`OpenTofu ${tofuVersion} is in ${cached} after ${Math.round((Date.now() - begun) / 1000)} s`)
      return { path: cached, version: tofuVersion, source }
    }
    log(result.reason)
    reasons.push(result.reason)
  }
  throw new IsthmusError('TOFU_NOT_FOUND', `OpenTofu was not found and could not be installed; set ISTHMUS_TOFU to a binary. ${reasons.join('; ')}`)
}

/** Puts a new binary into its place only after it has run once. */
async function finish(target: string, cached: string, result: InstallResult): Promise<InstallResult> {
  try {
    if (!result.installed) return result
    await chmod(target, 0o755)
    const check = await checkBinary(target)
    if (!check.usable) return { installed: false, reason: check.reason }
    await rename(target, cached)
    return result
  } finally {
    await rm(target, { force: true })
  }
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(() => true, () => false)
}
