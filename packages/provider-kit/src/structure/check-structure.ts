import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { manifestFaults } from './manifest.ts'

/** What is wrong with the layout of a provider package, and what to do about it. */
export interface StructureFault {
  /** Relative to the package, such as `src/offer.ts`. */
  readonly file: string
  readonly problem: string
}

/** The files of a provider and what each exports. Knowing one provider is knowing all. */
const expectedFiles: Readonly<Record<string, RegExp>> = {
  'facts.ts': exporting('\\w*facts', 'i'),
  'options.ts': exporting('\\w*options', 'i'),
  'network.ts': exporting('network'),
  'offer.ts': exporting('offer'),
  'gateway.ts': exporting('gateway'),
  'link.ts': exporting('link'),
  'read.ts': exporting('read'),
  'index.ts': exporting('provider'),
}

/**
 * Checks a provider package from its files alone: the eight source files and what they export, the `isthmus` entry of its
 * package.json, and that it depends on core as a peer and on no other provider. Runs no code of the package.
 *
 * @param folder the package's folder
 */
export function checkStructure(folder: string | URL): StructureFault[] {
  const home = typeof folder === 'string' ? resolve(folder) : fileURLToPath(folder)
  const sources = Object.entries(expectedFiles).flatMap(([name, exported]) => sourceFaults(home, `src/${name}`, exported))
  return [...sources, ...manifestFaults(home), ...escapes(home)]
}

/** An export of this name, declared where it is or passed on. */
function exporting(name: string, flags = ''): RegExp {
  return new RegExp(`^export (?:async )?(?:const|function|class) ${name}\\b|^export \\{[^}]*\\b${name}\\b[^}]*\\}`, `m${flags}`)
}

function sourceFaults(home: string, file: string, exported: RegExp): StructureFault[] {
  const path = join(home, file)
  if (!existsSync(path)) return [{ file, problem: 'is missing' }]
  const name = file.slice('src/'.length, -'.ts'.length)
  return exported.test(readFileSync(path, 'utf8')) ? [] : [{ file, problem: name === 'index' ? 'does not export `provider`' : `does not export \`${name}\`` }]
}

/** Links that lead out of the package would be missing from its tarball. */
function escapes(home: string): StructureFault[] {
  const folder = join(home, 'src')
  if (!existsSync(folder)) return []
  const root = realpathSync(home) + sep
  return readdirSync(folder).filter((name) => !realpathSync(join(folder, name)).startsWith(root)).map((name) => ({ file: `src/${name}`, problem: 'lies outside the package' }))
}
