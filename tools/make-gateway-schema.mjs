// Writes docs/gateway.schema.json, which is what `isthmus-gateway schema` prints, and the table of fields in apps/gateway/README.md. The gateway must be built.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

const file = new URL('../docs/gateway.schema.json', import.meta.url)
const readme = new URL('../apps/gateway/README.md', import.meta.url)
const command = fileURLToPath(new URL('../apps/gateway/bin/isthmus-gateway.mjs', import.meta.url))

/** The schema as it should be. */
export function gatewaySchemaText() {
  return execFileSync(process.execPath, [command, 'schema'], { encoding: 'utf8' })
}

/** The schema as it is. */
export function writtenGatewaySchemaText() {
  return readFileSync(file, 'utf8')
}

/** The README with the table as it should be. */
export function readmeWithTable() {
  const rows = Object.entries(JSON.parse(gatewaySchemaText()).properties).map(([field, { description, default: value }]) => `| \`${field}\` | ${value === undefined ? '' : `\`${JSON.stringify(value)}\``} | ${description.replaceAll('|', '\\|')} |`)
  return writtenReadme().replace(/^\| field \| default \|.*\n\|.*\n(?:\|.*\n)*/m, () => ['| field | default | what it does |', '|---|---|---|', ...rows, ''].join('\n'))
}

/** The README as it is. */
export function writtenReadme() {
  return readFileSync(readme, 'utf8')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(file, gatewaySchemaText())
  writeFileSync(readme, readmeWithTable())
}
