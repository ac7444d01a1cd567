import { composeStacks, type Fragment, type PlacedFragment, type ResourceSet, resourceSetOf, viewsOfStack } from '@isthmus/core'
import { azure } from '../src/index.ts'
import type { siteWith } from './site.ts'

/** Fragments of a site, by owner, as they are read back from the stack they are rendered into. */
export function stackOf(site: ReturnType<typeof siteWith>, fragments: Readonly<Record<PlacedFragment['id'], Fragment>>): ResourceSet {
  const placed = Object.entries(fragments).map(([id, fragment]) => ({ ...fragment, id: idOf(id), site: site.name, provider: azure.use(site), environment: azure.environment }))
  return resourceSetOf(composeStacks('test', placed, 'whole').flatMap(({ text }) => viewsOfStack(text)))
}

function idOf(id: string): PlacedFragment['id'] {
  const [kind, first, second] = id.split('/')
  return kind === 'network' || kind === 'gateway' ? `${kind}/${first}` : `link/${first}/${second}`
}
