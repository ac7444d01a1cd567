// Writes docs/order.schema.json, which is what `isthmus schema` prints. The command must be built.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

const file = new URL('../docs/order.schema.json', import.meta.url)
const command = fileURLToPath(new URL('../apps/cli/bin/isthmus.mjs', import.meta.url))

/** The schema as it should be. */
export function orderSchemaText() {
  return execFileSync(process.execPath, [command, 'schema'], { encoding: 'utf8' })
}

/** The schema as it is. */
export function writtenOrderSchemaText() {
  return readFileSync(file, 'utf8')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) writeFileSync(file, orderSchemaText())
