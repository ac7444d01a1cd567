import { finding, type Finding } from '../finding/finding.ts'
import type { Deal } from '../plan/deal.ts'
import type { EndView } from './end-view.ts'

/** The outside addresses of one site of a link, as the tunnels use them and as its deal wants them used. */
interface Spread {
  readonly site: string
  /** Connections of the site, the first for the finding. */
  readonly connections: readonly string[]
  readonly used: number
  readonly agreed: number
}

/**
 * Sites whose tunnels use fewer of their outside addresses than agreed: all tunnels come up, and are lost together with one address.
 *
 * @param tunnels both ends of each tunnel of the deal, in the order of `sites`
 */
export function crowded(deal: Deal, tunnels: readonly { readonly sites: readonly [string, string]; readonly ends: readonly [EndView, EndView] }[]): Finding[] {
  if (tunnels.length !== deal.tunnels.length) return []
  const spreads = (['a', 'b'] as const).map((side): Spread => {
    const { site } = deal[side]
    const ends = tunnels.map(({ sites, ends: [first, second] }) => (sites[0] === site ? first : second))
    return {
      site,
      connections: [...new Set(ends.map((end) => end.connection))],
      used: new Set(ends.map((end) => JSON.stringify(end.outside.local))).size,
      agreed: new Set(deal.tunnels.map(({ slots }) => slots[side])).size,
    }
  })
  return spreads.filter(({ used, agreed }) => used < agreed).map(({ site, connections, used, agreed }) => finding('END_MISSING', `links.${deal.link}`, {
    title: `the tunnels of ${deal.link} use ${used} outside address of ${site}, and ${agreed} were agreed: ${connections.join(', ')}.`,
    hint: `let the other end of ${deal.link} know all addresses of ${site}.`,
    facts: { site, wanted: agreed, found: used },
  }))
}
