import { composeStacks, type Half, KeyReference, type PlacedFragment, type ResourceSet, resourceSetOf, type ResourceView, viewsOfStack } from '@isthmus/core'
import { alibaba } from '../src/index.ts'
import type { siteWith } from './site.ts'

/** A site and its half as they are read back from the stack they are rendered into; the peer's gateway is a literal. */
export function stackOf(site: ReturnType<typeof siteWith>, half: Half): ResourceSet {
  const mine = { site: site.name, provider: alibaba.use(site), environment: alibaba.environment }
  const placed: PlacedFragment[] = [
    { ...alibaba.network(site), ...mine, id: 'network/north' },
    { ...alibaba.gateway(site, { modes: [half.routing.mode] }), ...mine, id: 'gateway/north' },
    { ...alibaba.link(site, half), ...mine, id: 'link/north--south/north' },
    { resources: [], exports: { address_0: '198.51.100.0', address_1: '198.51.100.1' }, ...mine, id: 'gateway/south' },
  ]
  return resourceSetOf(composeStacks('test', placed, 'whole').flatMap(({ text }) => viewsOfStack(text)))
}

/** The same resources with one changed. */
export function change(set: ResourceSet, address: string, values: (old: ResourceView['values']) => ResourceView['values']): ResourceSet {
  return resourceSetOf(set.all.map((view) => (view.address === address ? { ...view, values: values(view.values) } : view)))
}

/** Token of a key in a rendered stack. */
export function keyToken(key: string): { token: string } {
  return { token: `var.keys.${new KeyReference(key).key}` }
}
