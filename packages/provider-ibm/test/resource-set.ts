import { composeStacks, type Fragment, type PlacedFragment, type ResourceSet, resourceSetOf, type ResourceView, viewsOfStack } from '@isthmus/core'
import { ibm } from '../src/index.ts'
import type { siteWith } from './site.ts'

/** Fragments of a site, by owner, as they are read back from the stack they are rendered into. */
export function stackOf(site: ReturnType<typeof siteWith>, fragments: Readonly<Record<PlacedFragment['id'], Fragment>>): ResourceSet {
  const placed = Object.entries(fragments).map(([id, fragment]) => ({ ...fragment, id: idOf(id), site: site.name, provider: ibm.use(site), environment: ibm.environment }))
  return resourceSetOf(composeStacks('test', placed, 'whole').flatMap(({ text }) => viewsOfStack(text)))
}

/** The same resources with one changed; undefined takes it out. */
export function change(set: ResourceSet, address: string, values: (old: ResourceView['values']) => ResourceView['values'] | undefined): ResourceSet {
  return resourceSetOf(set.all.flatMap((view) => {
    if (view.address !== address) return [view]
    const changed = values(view.values)
    return changed ? [{ ...view, values: changed }] : []
  }))
}

function idOf(id: string): PlacedFragment['id'] {
  const [kind, first, second] = id.split('/')
  return kind === 'network' || kind === 'gateway' ? `${kind}/${first}` : `link/${first}/${second}`
}
