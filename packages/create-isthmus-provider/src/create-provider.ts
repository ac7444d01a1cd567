import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { namesOf, type Names } from './names.ts'

/** What came of it: the folder of the new package, or why there is none. */
export type Created = { readonly ok: true; readonly folder: string; readonly id: string; readonly files: readonly string[] } | { readonly ok: false; readonly problem: string }

const template = fileURLToPath(new URL('../template/', import.meta.url))

/**
 * Writes the package of a new provider: complete in form, and with a conformance test that is red until the cloud is filled in.
 *
 * @param id the cloud's name as orders will write it, such as `acme`
 * @param into folder in which the package's folder is made
 */
export async function createProvider(id: string, into: string): Promise<Created> {
  const names = namesOf(id)
  if ('problem' in names) return { ok: false, problem: names.problem }
  const folder = join(into, names.package)
  if (existsSync(folder)) return { ok: false, problem: `${folder} is there already: remove it, or choose another name` }
  const version = await ownVersion()
  const entries = await readdir(template, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(template.length)).sort()
  for (const file of files) {
    const target = join(folder, writtenName(file))
    await mkdir(dirname(target), { recursive: true })
    await writeFile(target, filledIn(await readFile(join(template, file), 'utf8'), names, version))
  }
  return { ok: true, folder, id, files: files.map(writtenName) }
}

/** What npm would read or leave out inside a package has another name there. */
function writtenName(file: string): string {
  return file === 'gitignore.template' ? '.gitignore' : file.replace(/\.template$/, '')
}

/** The template is about a cloud called Cloudname, in every spelling that is needed. */
function filledIn(text: string, names: Names, version: string): string {
  return text
    .replaceAll('isthmus-provider-cloud-name', names.package)
    .replaceAll('cloud-name', names.id)
    .replaceAll('cloudname', names.variable)
    .replaceAll('Cloudname', names.type)
    .replaceAll('CLOUDNAME', names.environment)
    .replaceAll('0.0.0-isthmus', version)
}

/** The packages of Isthmus have one version. */
async function ownVersion(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
  const version: unknown = Object(manifest)['version']
  return typeof version === 'string' ? version : '*'
}
