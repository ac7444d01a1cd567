// Writes docs/findings.md from core's catalogue of findings. Core must be built.
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { findingCatalogue } from '@isthmus/core'

const file = new URL('../docs/findings.md', import.meta.url)

const introduction = `# Findings

Everything that Isthmus has to say about what a user wrote. Programs act on the code, which never changes its meaning; people read the title, the reason
and the hint, which name the values in question. An error stops the plan, a warning does not.

Written by \`tools/make-findings-docs.mjs\` from \`packages/core/src/finding/catalogue.ts\`; do not edit.
`

/** The page as it should be. */
export function findingsPage() {
  const sections = Object.entries(findingCatalogue).map(([code, { severity, why, remedy }]) => `## <a id="${code}"></a>${code}\n\n${severity === 'error' ? 'Error' : 'Warning'}. ${why}\n\n${remedy}\n`)
  return [introduction, ...sections].join('\n')
}

/** The page as it is. */
export function writtenFindingsPage() {
  return readFileSync(file, 'utf8')
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) writeFileSync(file, findingsPage())
