// Every provider of the repository, found by the manifests of their packages and loaded as a host does it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadPlugins } from '@isthmus/plugin-host'
import { root } from './bootstrap.mjs'

/** The providers of the packages and of the plugins, sorted by id. Throws when one of them would be left out. */
export async function everyProvider() {
  const plugins = ['packages', 'plugins'].flatMap((folder) => readdirSync(join(root, folder)).sort().map((name) => `./${folder}/${name}`)).filter(declaresPlugin)
  const { plugins: loaded, failures } = await loadPlugins({ from: root, plugins }, { taken: [] })
  if (failures.length > 0) throw new Error(failures.map(({ plugin, reason, hint }) => `${plugin}: ${reason}; ${hint}`).join('\n'))
  return loaded.map(({ provider }) => provider).sort((a, b) => (a.id < b.id ? -1 : 1))
}

function declaresPlugin(folder) {
  const manifest = join(root, folder, 'package.json')
  return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).isthmus !== undefined
}
