import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ServiceEnv } from '../http/service-env.ts'

/** Files of the page, and what they are; nothing else of that package is served. */
const assets: ReadonlyMap<string, string> = new Map([
  ['swagger-ui.css', 'text/css'],
  ['swagger-ui-bundle.js', 'text/javascript'],
])

/** Kept out of the page: with it inside, the page could not forbid scripts of others. */
const start = `SwaggerUIBundle({ url: 'openapi.json', dom_id: '#api', deepLinking: true, docExpansion: 'none', filter: true })\n`

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Isthmus gateway</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
<div id="api"></div>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</html>
`

const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Serves the page of the API at `/`, from files of this machine only. @param open filled with its paths, which need no credentials */
export function addDocsPage(app: OpenAPIHono<ServiceEnv>, open: Set<string>, version: string): void {
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  const serve = (path: string, type: string, content: () => Promise<string>): void => {
    open.add(`get ${path}`)
    app.get(path, async (context) => context.body(await content(), 200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy, 'x-content-type-options': 'nosniff' }))
  }
  serve('/', 'text/html', async () => page)
  serve('/docs/start.js', 'text/javascript', async () => start)
  for (const [file, type] of assets) serve(`/docs/${file}`, type, () => readFile(join(folder, file), 'utf8'))
  // Made before anybody can ask: it takes a tenth of a second.
  const document = JSON.stringify(openApiDocument(app, version))
  serve('/openapi.json', 'application/json', async () => document)
}

/** The OpenAPI document of everything that is registered. */
export function openApiDocument(app: OpenAPIHono<ServiceEnv>, version: string): object {
  app.openAPIRegistry.registerComponent('securitySchemes', 'basic', { type: 'http', scheme: 'basic' })
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' })
  return app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'Isthmus gateway', version, description: 'Private networks across clouds: the CB-Tumblebug and mc-terrarium APIs, and one of our own.' } })
}
