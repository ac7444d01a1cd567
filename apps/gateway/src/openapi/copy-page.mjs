// Part of the build: takes the files of the API page out of swagger-ui-dist, so that nobody who installs the gateway installs that package, which
// depends on one that reports installations to its maker.
import { copyFileSync, mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const from = new URL('.', import.meta.resolve('swagger-ui-dist/package.json'))
const to = new URL('../../dist/page/', import.meta.url)
mkdirSync(to, { recursive: true })
for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'swagger-ui-bundle.js.LICENSE.txt', 'LICENSE', 'NOTICE']) copyFileSync(fileURLToPath(new URL(file, from)), fileURLToPath(new URL(file, to)))
