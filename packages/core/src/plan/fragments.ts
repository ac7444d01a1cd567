import type { GatewayNeeds } from '../provider/half.ts'
import type { AnyProvider } from '../provider/provider.ts'
import { gatewayFragment, linkFragment, networkFragment, type Site } from '../provider/site.ts'
import type { Fragment, PlacedFragment } from '../stack/fragment.ts'
import type { FragmentId } from '../stack/value.ts'
import type { Deal } from './deal.ts'
import type { AgreedLink } from './deals.ts'
import { halfOf } from './halves.ts'

/** A site with the provider that makes it. */
export interface ProvidedSite {
  readonly site: Site
  readonly provider: AnyProvider
}

/** Has every provider make its part: each site's network and gateway, and both halves of each deal. */
export function makeFragments(order: string, sites: ReadonlyMap<string, ProvidedSite>, links: readonly AgreedLink[], deals: readonly Deal[]): PlacedFragment[] {
  const modes = new Map<string, Set<GatewayNeeds['modes'][number]>>()
  for (const deal of deals) for (const { site } of [deal.a, deal.b]) modes.set(site, (modes.get(site) ?? new Set()).add(deal.routing))
  const fragments: PlacedFragment[] = []
  for (const [name, { site, provider }] of sites) {
    const placed = (id: FragmentId, fragment: Fragment): void => void fragments.push({ ...fragment, id, site: name, provider: provider.use(site), environment: provider.environment })
    placed(networkFragment(name), provider.network(site))
    const needed = modes.get(name)
    if (needed) placed(gatewayFragment(name), provider.gateway(site, { modes: [...needed].sort() }))
  }
  const offersOf = new Map(links.map((link) => [link.link.name, link.terms.offers]))
  for (const deal of deals) {
    const offers = offersOf.get(deal.link)
    if (!offers) continue
    for (const end of ['a', 'b'] as const) {
      const provided = sites.get(deal[end].site)
      if (!provided) continue
      const { site, provider } = provided
      fragments.push({ ...provider.link(site, halfOf(deal, end, order, offers)), id: linkFragment(deal.link, site.name), site: site.name, provider: provider.use(site), environment: provider.environment })
    }
  }
  return fragments
}
