// Core, the real providers and the invented cloud of core's tests, from source in one module: two copies of core would not
// know each other's references.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const source = (path) => JSON.stringify(join(root, 'packages', path))

const entry = `
  export * from ${source('core/src/index.ts')}
  export { acme, shapes } from ${source('core/src/plan/acme.fixture.ts')}
  export { aws } from ${source('provider-aws/src/index.ts')}
  export { azure } from ${source('provider-azure/src/index.ts')}
  export { gcp } from ${source('provider-gcp/src/index.ts')}
`

/** Everything a benchmark measures. */
export async function loadSources() {
  const folder = mkdtempSync(join(root, 'node_modules', '.bench-'))
  try {
    writeFileSync(join(folder, 'entry.mjs'), entry)
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      resolve: { alias: { '@isthmus/core': join(root, 'packages/core/src/index.ts') } },
      ssr: { external: ['zod', 'ip-address'], noExternal: [/^@isthmus\//] },
      build: { ssr: join(folder, 'entry.mjs'), outDir: join(folder, 'out'), minify: false, target: 'node20' },
    })
    return await import(pathToFileURL(join(folder, 'out', 'entry.js')).href)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
