import {
  gatewayFragment, linkFragment, networkFragment, resourceSetOf, viewsOfFragments,
  type Fragment, type Half, type NetworkView, type PlacedFragment, type ResourceSet, type ResourceView, type Site, type SpokeProvider, type Value,
} from '@isthmus/core'
import { peerOf } from './half.ts'

type Values = ResourceView['values']

/** A fragment with its owner; provider and site are those of the test. */
export type OwnedFragment = Fragment & Pick<PlacedFragment, 'id'>

/** Outside addresses of a peer that is not there: two of its gateway by slot, and four fresh ones by both slots, its own first. */
export const peerAddresses: Readonly<Record<string, Value>> = {
  address_0: '203.0.113.1',
  address_1: '203.0.113.2',
  address_00: '198.51.100.1',
  address_01: '198.51.100.2',
  address_10: '198.51.100.3',
  address_11: '198.51.100.4',
}

/** Fragments of a site as they are read back from the stack that they are rendered into. */
export function resourcesOf<O>(provider: SpokeProvider<O>, site: Site<O>, fragments: readonly OwnedFragment[]): ResourceSet {
  const placed = fragments.map((fragment): PlacedFragment => ({ ...fragment, site: site.name, provider: provider.use(site), environment: provider.environment }))
  return resourceSetOf(viewsOfFragments(placed))
}

/**
 * Network, gateway and half of a link of a site, as they are read back from the stack that they are rendered into.
 *
 * @param peer what the fragments of the other site export
 */
export function resourcesOfLink<O>(provider: SpokeProvider<O>, site: Site<O>, half: Half, peer: Readonly<Record<string, Value>> = peerAddresses): ResourceSet {
  const opposite = { resources: [], exports: peer }
  return resourcesOf(provider, site, [
    { ...provider.network(site), id: networkFragment(site.name) },
    { ...provider.gateway(site, { modes: [half.routing.mode] }), id: gatewayFragment(site.name) },
    { ...provider.link(site, half), id: linkFragment(half.link, site.name) },
    { ...opposite, id: gatewayFragment(peerOf(site)) },
    { ...opposite, id: linkFragment(half.link, peerOf(site)) },
  ])
}

/** The network of a site as its provider reads it back before anything is applied. */
export function networksOf<O>(provider: SpokeProvider<O>, site: Site<O>): NetworkView[] {
  return provider.networks(resourcesOf(provider, site, [{ ...provider.network(site), id: networkFragment(site.name) }]))
}

/**
 * The same resources with one changed: attributes put over its own, or what a function makes of them; undefined leaves it out.
 *
 * @throws Error where there is no resource of that address
 */
export function changed(set: ResourceSet, address: string, change: Values | ((values: Values) => Values | undefined)): ResourceSet {
  if (!set.all.some((view) => view.address === address)) throw new Error(`there is no ${address} among ${set.all.map((view) => view.address).join(', ')}`)
  return resourceSetOf(set.all.flatMap((view) => {
    if (view.address !== address) return [view]
    const values = typeof change === 'function' ? change(view.values) : { ...view.values, ...change }
    return values ? [{ ...view, values }] : []
  }))
}
