import { homedir } from 'node:os'
import { join } from 'node:path'
import { tofuVersion } from './tofu-binary.ts'

/** Where a user's programs keep what they can make again: XDG Base Directory Specification, macOS and Windows customs. */
export function userCacheFolder(env: NodeJS.ProcessEnv, platform: NodeJS.Platform, home: string = homedir()): string {
  if (platform === 'win32') return env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local')
  if (platform === 'darwin') return join(home, 'Library', 'Caches')
  const xdg = env['XDG_CACHE_HOME']
  return xdg !== undefined && xdg.startsWith('/') ? xdg : join(home, '.cache')
}

/** Path of the cached binary below a cache folder. */
export function cachedBinary(cacheDir: string, platform: NodeJS.Platform, arch: string): string {
  return join(cacheDir, 'isthmus', 'tofu', tofuVersion, `${platform}-${arch}`, executableName(platform))
}

/** File name of OpenTofu. */
export function executableName(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'tofu.exe' : 'tofu'
}
