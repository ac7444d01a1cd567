// Writes docs/terms.md from the facts of every cloud. Everything must be built.
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { cloudsWithoutProvider } from '@isthmus/cloud-facts'
import { networkConcepts } from '@isthmus/core'
import { everyProvider } from './every-cloud.mjs'

const file = new URL('../docs/terms.md', import.meta.url)

/** The page as it should be. */
export async function termsPage() {
  const providers = (await everyProvider()).map(({ id, facts }) => ({ id, title: facts.title, terms: facts.terms }))
  const clouds = [...providers, ...cloudsWithoutProvider].sort((a, b) => (a.id < b.id ? -1 : 1))
  const head = `| | what it is | ${clouds.map(({ title }) => title).join(' | ')} |\n|---|---|${clouds.map(() => '---|').join('')}`
  const rows = Object.entries(networkConcepts).map(([concept, meaning]) => `| **${concept}** | ${meaning} | ${clouds.map(({ terms }) => terms.value[concept] ?? '–').join(' | ')} |`)
  const sources = clouds.map(({ title, terms }) => `- ${title}: ${terms.source}, ${terms.checked}${terms.unverified ? ' (not confirmed)' : ''}`)
  return `# Terms of the clouds

What each cloud calls the things that networks are made of. A dash stands where it has no such thing, or none is known. \`isthmus terms\` prints the same for
the clouds that are installed.

${[head, ...rows].join('\n')}

## Sources

${sources.join('\n')}

Written by \`tools/make-terms-docs.mjs\`; do not edit.
`
}

/** The page as it is. */
export function writtenTermsPage() {
  return readFileSync(file, 'utf8')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) writeFileSync(file, await termsPage())
