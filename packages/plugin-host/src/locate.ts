import { existsSync, realpathSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'

/** Name of a package as registries allow it. */
const packageName = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i

/**
 * Folder of a package, free of symbolic links, found as Node does but without running or resolving any of its code; undefined
 * where there is none.
 *
 * @param from folder that names and relative paths start at
 * @param plugin name of a package, or a path to its folder that begins with `.` or is absolute
 */
export function locatePackage(from: string, plugin: string): string | undefined {
  if (plugin.startsWith('.') || isAbsolute(plugin)) return packageAt(resolve(from, plugin))
  if (!packageName.test(plugin)) return undefined
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    const found = packageAt(join(folder, 'node_modules', plugin))
    if (found !== undefined) return found
    if (dirname(folder) === folder) return undefined
  }
}

function packageAt(folder: string): string | undefined {
  return existsSync(join(folder, 'package.json')) ? realpathSync(folder) : undefined
}
