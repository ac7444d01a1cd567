import type { Cidr } from '../address/cidr.ts'
import { finding, type Finding } from '../finding/finding.ts'
import type { OrderDocument } from '../order/schema.ts'
import { isHub } from '../provider/provider.ts'
import type { DraftSite } from './sites.ts'

/** What a hub-and-spoke topology means for routes between spokes. */
export interface Transit {
  /** Blocks that `from` routes towards `to`: the network of `to`, and through a hub that passes routes on also the other spokes'. */
  prefixesOf(to: string, from: string): readonly Cidr[]
  readonly findings: readonly Finding[]
}

/** Decides whether spokes reach each other through the hub, if there is one. */
export function transitOf(order: OrderDocument, drafts: readonly DraftSite[]): Transit {
  const byName = new Map(drafts.map((draft) => [draft.site.name, draft]))
  const own = (site: string): readonly Cidr[] => byName.get(site)?.site.cidrs ?? []
  const { topology } = order
  const hub = typeof topology === 'object' && 'hub' in topology ? byName.get(topology.hub) : undefined
  if (!hub || drafts.length < 3) return { prefixesOf: own, findings: [] }
  if (isHub(hub.provider) && hub.provider.hub.transit.value) {
    const prefixesOf = (to: string, from: string): readonly Cidr[] => (to === hub.site.name ? drafts.filter((draft) => draft.site.name !== from).flatMap((draft) => draft.site.cidrs) : own(to))
    return { prefixesOf, findings: [] }
  }
  return { prefixesOf: own, findings: [noTransit(hub, drafts)] }
}

function noTransit(hub: DraftSite, drafts: readonly DraftSite[]): Finding {
  const able = drafts.filter((draft) => isHub(draft.provider) && draft.provider.hub.transit.value).map((draft) => draft.site.name)
  return finding('TRANSIT_NOT_AVAILABLE', 'topology.hub', {
    title: `${hub.site.name} does not pass routes from one spoke to another.`,
    hint: able.length > 0 ? `make ${able.join(' or ')} the hub, or use topology: full-mesh, if spokes are to reach each other.` : 'use topology: full-mesh if spokes are to reach each other.',
    facts: { able },
  })
}
