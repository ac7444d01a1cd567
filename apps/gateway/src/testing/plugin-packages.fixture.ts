import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

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

/** A module that exports a provider which is right in form. */
export function providerModule(id: string): string {
  return `const fact = (value) => ({ value, source: 'invented', checked: '2026-08-01' })
const nothing = () => ({})
export const provider = {
  id: ${JSON.stringify(id)}, apiVersion: 1, options: { safeParse: (data) => ({ success: true, data }) }, environment: ['ACME_'],
  facts: {
    title: 'Acme', terms: fact({}), ciphers: { phase1: fact({}), phase2: fact({}) }, lifetimes: fact({}), dpd: fact('fixed'), key: fact({}), asn: fact({}), inside: fact({}), initiation: fact({}), quotas: {}, durations: fact({}),
    network: { vnet: { ranges: fact([]), reserved: fact([]), prefix: fact({}), hasCidr: fact(true) }, subnet: { prefix: fact({}), reservedAddresses: fact(5), scope: fact('zone') }, regions: fact({ north: [] }) },
  },
  use: nothing, network: nothing, offer: nothing, gateway: nothing, link: nothing, read: () => [], networks: () => [],
}
`
}
