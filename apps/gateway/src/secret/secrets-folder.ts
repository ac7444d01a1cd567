import { readdirSync, type Dirent } from 'node:fs'
import { join } from 'node:path'
import type { AnyProvider } from '@isthmus/core'
import { defaultHolder } from '../cloud/catalogue.ts'
import { ConfigurationError, variableOf } from '../configuration/read-configuration.ts'

/** Credential holders besides the default one: subfolders of the secrets folder. @throws ConfigurationError when it cannot be read */
export function holdersOf(secretsFolder: string | undefined): string[] {
  if (secretsFolder === undefined) return []
  let entries: Dirent[]
  try {
    entries = readdirSync(secretsFolder, { withFileTypes: true })
  } catch (error) {
    throw new ConfigurationError(`${variableOf('secretsFolder')}: ${secretsFolder} is no folder that can be read (${error instanceof Error && 'code' in error ? String(error.code) : String(error)})`, { cause: error })
  }
  return entries.flatMap((entry) => (entry.isDirectory() && entry.name !== defaultHolder && /^[a-z0-9_]{1,50}$/.test(entry.name) ? [entry.name] : []))
}

/** How long the names in a secrets folder are remembered: answers with a thousand objects ask for each of them. */
const rememberedFor = 5000

/** Whether any variable of a cloud is there, in the environment or as a file. */
export function credentialCheck(providers: readonly AnyProvider[], secretsFolder: string | undefined, env: NodeJS.ProcessEnv): (cloud: string, holder: string) => boolean {
  const remembered = new Map<string, { readonly names: readonly string[]; readonly until: number }>()
  const namesOf = (holder: string): readonly string[] => {
    const known = remembered.get(holder)
    if (known && performance.now() < known.until) return known.names
    const isDefault = holder === defaultHolder
    const files = secretsFolder === undefined ? [] : namesIn(isDefault ? secretsFolder : join(secretsFolder, holder))
    const names = [...files, ...(isDefault ? Object.keys(env) : [])]
    remembered.set(holder, { names, until: performance.now() + rememberedFor })
    return names
  }
  return (cloud, holder) => {
    const prefixes = providers.find(({ id }) => id === cloud)?.environment ?? []
    return namesOf(holder).some((name) => prefixes.some((prefix) => name.startsWith(prefix)))
  }
}

/** Nothing for a folder that is gone: its holder has no credentials any more. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
