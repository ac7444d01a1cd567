import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { IsthmusError } from '@isthmus/core'

/** Names that OpenTofu reads as stack or as values, and that cannot leave the folder. */
const allowedName = /^[A-Za-z0-9_-][A-Za-z0-9._-]*\.(?:tf|tf\.json|tfvars|tfvars\.json)$/

/**
 * Writes files of a stack, each at once, and only those whose content is new.
 *
 * @returns names of the files that changed
 * @throws IsthmusError WORKSPACE_INVALID for a name that is not a file of a stack
 */
export async function writeStackFiles(dir: string, files: Readonly<Record<string, string>>): Promise<string[]> {
  for (const name of Object.keys(files)) {
    if (!allowedName.test(name)) throw new IsthmusError('WORKSPACE_INVALID', `${name} is not the name of a file of a stack`)
  }
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const written = await Promise.all(Object.entries(files).map(async ([name, text]) => ((await writeChanged(join(dir, name), text)) ? [name] : [])))
  return written.flat()
}

/** Replaces a file at once. True when its content is new. */
export async function writeChanged(path: string, text: string): Promise<boolean> {
  if ((await readFile(path, 'utf8').catch(() => undefined)) === text) return false
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(`${path}.new`, text, { mode: 0o600 })
  await rename(`${path}.new`, path)
  return true
}
