import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { providerModule } from '../../../../tests/provider-module.fixture.ts'

/** What differs from a package that is fine. */
export interface PluginChanges {
  readonly id?: string
  readonly apiVersion?: number
  /** Path of the module in the manifest. */
  readonly module?: string
  readonly code?: string
}

/** Installs a provider plugin below a folder as a package manager would. `NAME.ran` appears in the folder when its code runs. */
export function installPlugin(folder: string, name: string, { id = name, apiVersion = 1, module = './index.js', code = providerModule(id) }: PluginChanges = {}): void {
  const home = join(folder, 'node_modules', name)
  write(join(home, 'package.json'), JSON.stringify({ name, version: '1.2.3', type: 'module', peerDependencies: { '@isthmus/core': '^0.1.0' }, isthmus: { apiVersion, id, provider: module } }))
  write(join(home, module), `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(join(folder, `${name}.ran`))}, '')\n${code}`)
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
