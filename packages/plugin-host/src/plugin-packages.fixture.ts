import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { providerModule } from '../../../tests/provider-module.fixture.ts'

/** A folder of a host with packages installed in it, as a package manager would leave them. */
export class HostFolder {
  readonly path: string = mkdtempSync(join(tmpdir(), 'isthmus-plugins-'))

  /** Writes a file below the folder; values are written as JSON. */
  write(name: string, content: unknown): string {
    const file = join(this.path, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
    return file
  }

  /** Installs a plugin package. `marker` appears in the folder when any of its code runs. */
  install(name: string, changes: PluginChanges = {}): string {
    const folder = join('node_modules', name)
    this.write(join(folder, 'package.json'), { name, version: '1.2.3', type: 'module', peerDependencies: { '@isthmus/core': '^0.1.0' }, isthmus: manifest(changes.id ?? name), ...changes.manifest })
    const runs = `import { writeFileSync } from 'node:fs'\nwriteFileSync(${JSON.stringify(this.marker(name))}, '')\n`
    for (const [file, code] of Object.entries({ 'dist/index.js': providerModule(changes.id ?? name), 'dist/simulated-cloud.js': simulatedCloudModule(`acme/${name.split('/').at(-1)}`), ...changes.files })) this.write(join(folder, file), `${runs}${code}`)
    return join(this.path, folder)
  }

  marker(name: string): string {
    return join(this.path, `${name.replaceAll('/', '-')}.ran`)
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

/** What differs from a package that is fine. */
export interface PluginChanges {
  readonly id?: string
  readonly manifest?: Readonly<Record<string, unknown>>
  readonly files?: Readonly<Record<string, string>>
}

/** The entry of a package.json that is fine. */
export function manifest(id: string): Record<string, unknown> {
  return { apiVersion: 1, id, provider: './dist/index.js', simulatedCloud: './dist/simulated-cloud.js' }
}

/** A module that exports a simulated cloud which is right in form. */
export function simulatedCloudModule(source: string): string {
  return `export const simulatedCloud = { source: ${JSON.stringify(source)}, schema: { source: ${JSON.stringify(source)}, version: '1.0.0', origin: 'invented', configuration: {}, resources: {}, dataSources: {} }, behaviours: {} }\n`
}
