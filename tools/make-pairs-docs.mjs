// Writes docs/pairs.md by planning every pair of clouds in every routing mode. Everything must be built.
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { transformWithOxc } from 'vite'
import { cloudsWithoutProvider } from '@isthmus/cloud-facts'
import { tabulatePairs } from '@isthmus/core'
import { everyProvider } from './every-cloud.mjs'

const file = new URL('../docs/pairs.md', import.meta.url)

const introduction = `# Pairs of clouds

Which clouds can be linked, how, and why so. Nobody wrote these rows: each is what the planner makes of the offers of two providers, in the first region that
the facts of each list. \`isthmus pairs\` prints the same for the clouds that are installed, and \`isthmus explain\` for an order.

- **Wiring** names the outside addresses of the two ends by number: \`0–1\` is a tunnel from the first address of the first cloud to the second of the other.
- **Resources** are those that the link adds. A gateway is made once for all links of its site and does not count.
- A link is **redundant** when it survives the loss of any one address at either end.
- Research before the project expected certain resources of each pair. Where others are made, the row says **why** under "Not as expected", and \`tests/pair-resources.test.ts\`
  compares the numbers.

Written by \`tools/make-pairs-docs.mjs\`; do not edit.
`

const modes = ['bgp', 'static']

/** Why the resources of a pair are not those that were expected, by pair and mode. Node cannot read TypeScript by itself. */
const differences = await readDifferences()

async function readDifferences() {
  const source = readFileSync(new URL('../tests/pair-resources.ts', import.meta.url), 'utf8')
  const { code } = await transformWithOxc(source, 'pair-resources.ts')
  const { pairResources } = await import(`data:text/javascript,${encodeURIComponent(code)}`)
  return new Map(pairResources.filter(({ expected, made }) => expected && made).map(({ a, b, mode, why }) => [`${a} ${b} ${mode}`, why]))
}

/** The page as it should be. */
export async function pairsPage() {
  const providers = await everyProvider()
  const rows = tabulatePairs(providers)
  return [introduction, matrix(providers, rows), ...rows.map((row) => section(providers, row)), withoutProvider()].join('\n')
}

/** The page as it is. */
export function writtenPairsPage() {
  return readFileSync(file, 'utf8')
}

function matrix(providers, rows) {
  const head = `| | ${providers.map(({ id }) => id).join(' | ')} |\n|---|${providers.map(() => '---|').join('')}`
  const cell = (one, other) => rows.filter(({ a, b }) => [a, b].sort().join() === [one, other].sort().join()).map(summary).join('<br>')
  const lines = providers.map(({ id }) => `| **${id}** | ${providers.map((other) => cell(id, other.id)).join(' | ')} |`)
  return `## At a glance\n\nWhat is chosen when an order does not say, with the number of tunnels.\n\n${[head, ...lines].join('\n')}\n`
}

function summary({ a, b, regions, chosen, modes: cells }, _, all) {
  const text = chosen === undefined ? 'no' : `${nameOf(chosen)}, ${cells[chosen].tunnels}`
  return `[${text}](#${anchorOf({ a, b, regions })})${all.length > 1 ? ` in ${regionsText(regions)}` : ''}`
}

function anchorOf({ a, b, regions }) {
  return regions === 'one' ? `${a}-${b}-one-region` : `${a}-${b}`
}

function regionsText(regions) {
  return regions === 'one' ? 'one region' : 'two regions'
}

function section(providers, { a, b, regions, chosen, modes: cells }) {
  const title = (id) => providers.find((provider) => provider.id === id).facts.title
  const parts = modes.map((mode) => {
    const cell = cells[mode].possible ? possible(cells[mode], title(a), title(b)) : impossible(cells[mode])
    const why = differences.get(`${a} ${b} ${mode}`)
    return `**${nameOf(mode)}**${mode === chosen ? ' (chosen)' : ''}: ${cell}${why ? `\n- Not as expected: ${why}.` : ''}`
  })
  return `## <a id="${anchorOf({ a, b, regions })}"></a>${title(a)} and ${a === b ? `itself, in ${regionsText(regions)}` : title(b)}\n\n${parts.join('\n\n')}\n`
}

function possible({ tunnels, redundant, wiring, suite, resources, reason }, a, b) {
  const same = a === b && countsText(resources.a) === countsText(resources.b)
  return [
    `${tunnels} ${tunnels === 1 ? 'tunnel' : 'tunnels'}, ${redundant ? 'redundant' : 'not redundant'}.`,
    `- Wiring: ${wiring}`,
    `- Suite: ${suiteText(suite)}`,
    ...(same ? [`- Resources at each end: ${countsText(resources.a)}`] : [`- Resources of ${a}: ${countsText(resources.a)}`, `- Resources of ${b}: ${countsText(resources.b)}`]),
    `- Because ${reason}.`,
  ].join('\n')
}

function impossible({ why, instead }) {
  return `not possible.\n- Why: ${why}\n- Instead: ${instead}`
}

function suiteText({ phase1, phase2 }) {
  const first = [phase1.encryption, phase1.integrity, phase1.prf, `DH group ${phase1.dhGroup}`].filter(Boolean).join(', ')
  const second = [phase2.encryption, phase2.integrity, phase2.pfs === 'none' ? 'no PFS' : `PFS group ${phase2.pfs}`].filter(Boolean).join(', ')
  return `phase 1 ${first}; phase 2 ${second}`
}

function countsText(counts) {
  const entries = Object.entries(counts)
  return entries.length === 0 ? 'none' : `${entries.map(([type, count]) => `${count} \`${type}\``).join(', ')} (${entries.reduce((sum, [, count]) => sum + count, 0)} in all)`
}

function withoutProvider() {
  const rows = cloudsWithoutProvider.map(({ id, title, vpn }) => `| \`${id}\` | ${title} | ${vpn.value.reason}. | ${sentence(vpn.value.instead)}. |`)
  return `## Clouds that cannot be linked\n\nTheir networks are designed and checked; a link is refused with \`VPN_NOT_ORDERABLE\`.\n\n| cloud | name | why | instead |\n|---|---|---|---|\n${rows.join('\n')}\n`
}

function nameOf(mode) {
  return mode === 'bgp' ? 'BGP' : 'Static'
}

function sentence(text) {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) writeFileSync(file, await pairsPage())
