import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { demandNone, type Check } from '../check/check.ts'
import type { Subject } from '../check/subject.ts'
import { checkStructure } from '../structure/check-structure.ts'

/** The layout of the package and its manifest, where the folder is known. */
export function structureChecks({ provider, folder }: Subject): Check[] {
  if (folder === undefined) return []
  return [
    { group: 'structure', name: 'the package has the files, exports and manifest of a provider', run: () => demandNone(checkStructure(folder).map(({ file, problem }) => `${file} ${problem}`)) },
    { group: 'structure', name: 'the provider is the one that the manifest names', run: () => demandNone(mistaken(provider.id, provider.apiVersion, folder)) },
  ]
}

function mistaken(id: string, apiVersion: number, folder: string | URL): string[] {
  const home = typeof folder === 'string' ? folder : fileURLToPath(folder)
  const manifest: unknown = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
  const entry: unknown = Object(manifest)['isthmus']
  const [namedId, namedVersion]: unknown[] = [Object(entry)['id'], Object(entry)['apiVersion']]
  return [
    ...(namedId === id ? [] : [`the provider's id is ${id}, and package.json says ${String(namedId)}`]),
    ...(namedVersion === apiVersion ? [] : [`the provider's apiVersion is ${apiVersion}, and package.json says ${String(namedVersion)}`]),
  ]
}
