// Writes docs/gateway-operations.md: which operations of the peers the gateway serves, from the contract and from what a gateway says of itself.
// Everything must be built.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { root } from './bootstrap.mjs'

const file = join(root, 'docs/gateway-operations.md')
const names = { tumblebug: 'CB-Tumblebug', terrarium: 'mc-terrarium' }

/** Why operations are not served, why query parameters are not read, and what is answered otherwise than at the peers. */
const { unserved, unread, differences } = read('reasons.json')

/** The page as it should be. */
export async function gatewayOperationsPage() {
  const operations = read('operations.json')
  const served = await servedOperations()
  const rows = operations.map((operation) => ({ ...operation, isServed: spellingsOf(operation).every((spelling) => served.has(spelling)) }))
  const left = rows.filter(({ isServed }) => !isServed)
  const reasons = left.map(({ method, path2026 }) => `- \`${method} ${path2026}\`: ${reasonOf(unserved, `${method} ${path2026}`)}`)
  const sections = Object.entries(names).map(([system, name]) => `## ${name}\n\n| operation | in 2025 | answers | priority | served |\n|---|---|---|---|---|\n${rows.filter((row) => row.system === system).map(rowOf).join('\n')}`)
  return `# Operations of CB-Tumblebug and mc-terrarium

The contract has ${operations.length} operations; the gateway serves ${operations.length - left.length} of them. Each is tested against the contract in every spelling
(\`apps/gateway/test/contract\`). The older spelling is of CB-Tumblebug v0.10.7 to v0.12.5, the newer one of v0.12.6 and later. What the gateway serves besides
is on its own page at \`/\`.

## Not served

${reasons.length === 0 ? 'None: all of them are served.' : reasons.join('\n')}

## Query parameters that are not read

${parametersOf(rows, served).join('\n')}

## Answered otherwise

${differences.map((text) => `- ${text}`).join('\n')}

${sections.join('\n\n')}

Written by \`tools/make-gateway-docs.mjs\`; do not edit.
`
}

/** The page as it is. */
export function writtenGatewayOperationsPage() {
  return readFileSync(file, 'utf8')
}

function read(name) {
  return JSON.parse(readFileSync(join(root, 'apps/gateway/test/contract', name), 'utf8'))
}

function rowOf({ method, path2025, path2026, successStatus, priority, isServed }) {
  const older = path2025 === null ? '–' : path2025 === path2026 ? 'the same' : `\`${path2025}\``
  return `| \`${method} ${path2026}\` | ${older} | ${successStatus} | ${priority} | ${isServed ? 'yes' : 'no'} |`
}

function parametersOf(rows, served) {
  return rows.flatMap(({ method, path2026, query = [] }) => {
    const known = served.get(spelt(method, path2026)) ?? query
    return query.filter((name) => !known.includes(name)).map((name) => `- \`${name}\` of \`${method} ${path2026}\`: ${reasonOf(unread, name)}.`)
  })
}

function reasonOf(reasons, name) {
  if (!(name in reasons)) throw new Error(`apps/gateway/test/contract/reasons.json gives no reason why the gateway leaves out ${name}`)
  return reasons[name]
}

function spellingsOf({ method, path2025, path2026 }) {
  return [path2026, path2025].filter((path) => path !== null).map((path) => spelt(method, path))
}

/** An operation whatever its parameters are called. */
function spelt(method, path) {
  return `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, '{}')}`
}

/** Query parameters by operation, as a gateway describes them itself. */
async function servedOperations() {
  const folder = mkdtempSync(join(tmpdir(), 'isthmus-docs-'))
  const gateway = spawn(process.execPath, [join(root, 'apps/gateway/bin/isthmus-gateway.mjs')], { cwd: folder, env: { PATH: process.env.PATH, ISTHMUS_PORT: '0', ISTHMUS_LOG_LEVEL: 'error' }, stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const { paths } = await (await fetch(`${await addressOf(gateway)}/openapi.json`)).json()
    return new Map(Object.entries(paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { parameters = [] }]) => [spelt(method, path), parameters.filter((item) => item.in === 'query').map(({ name }) => name)])))
  } finally {
    const exit = once(gateway, 'exit')
    gateway.kill()
    await exit
    rmSync(folder, { recursive: true, force: true })
  }
}

async function addressOf(gateway) {
  for await (const line of createInterface({ input: gateway.stdout })) {
    const [, address] = / at (http:\S+)/.exec(line) ?? []
    if (address) return address
  }
  throw new Error('the gateway ended before it said where it listens')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) writeFileSync(file, await gatewayOperationsPage())
