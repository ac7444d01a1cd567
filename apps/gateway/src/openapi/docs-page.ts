import { readFile } from 'node:fs/promises'
import type { OpenAPIHono } from '@hono/zod-openapi'
import type { ServiceEnv } from '../http/service-env.ts'
import { openApiDocument } from './openapi-document.ts'

/** Where the build puts the files of Swagger UI, seen from the sources as well as from what is built of them. */
const folder = new URL('../../dist/page/', import.meta.url)

const assets: ReadonlyMap<string, string> = new Map([
  ['swagger-ui.css', 'text/css'],
  ['swagger-ui-bundle.js', 'text/javascript'],
])

/** Kept out of the page: with it inside, the page could not forbid scripts of others. */
const start = `SwaggerUIBundle({
  url: 'openapi.json', dom_id: '#api', deepLinking: true, filter: true, docExpansion: 'none', defaultModelsExpandDepth: -1,
  tryItOutEnabled: true, displayRequestDuration: true,
})
`

const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Isthmus gateway</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/swagger-ui.css">
<main id="api"></main>
<noscript>This page needs JavaScript. What it shows is in <a href="openapi.json">openapi.json</a>.</noscript>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/start.js"></script>
</html>
`

const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Serves the page of the API at `/`, from files of this machine only. @param open filled with its paths, which need no credentials */
export function addDocsPage(app: OpenAPIHono<ServiceEnv>, open: Set<string>, version: string): void {
  const serve = (path: string, type: string, content: () => Promise<string>): void => {
    open.add(`get ${path}`)
    app.get(path, async (context) => context.body(await content(), 200, { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': policy, 'x-content-type-options': 'nosniff' }))
  }
  serve('/', 'text/html', async () => page)
  serve('/docs/start.js', 'text/javascript', async () => start)
  for (const [file, type] of assets) serve(`/docs/${file}`, type, () => readFile(new URL(file, folder), 'utf8'))
  // Made before anybody can ask: it takes a tenth of a second.
  const document = JSON.stringify(openApiDocument(app, version))
  serve('/openapi.json', 'application/json', async () => document)
}
