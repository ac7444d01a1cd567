import type { Agreed, FittedLink } from './deal.ts'
import type { AgreedLink } from './deals.ts'
import { groupLegs } from './halves.ts'
import { wiringReason } from './negotiation.ts'
import { demandOf, limited, limitOf, linksBySite, type Limited } from './quota.ts'
import type { DraftSite } from './sites.ts'
import { wire, type Wiring } from './wiring.ts'

/** Links as large as the quotas of their gateways allow, and which of them are smaller than they could be. */
export interface FittedLinks {
  readonly links: readonly AgreedLink[]
  readonly fitted: Readonly<Record<string, FittedLink>>
}

/**
 * Makes links smaller where they ask more of a gateway together than it may have: one step at a time, of links that are new first, then of
 * the link that takes the most, and never so far that an end which survives the loss of an address no longer does. A link that was
 * made smaller earlier stays as it is. What still does not fit after that is left to the findings. The same order gives the same
 * result, whatever the order of its links.
 */
export function fitQuotas(drafts: readonly DraftSite[], links: readonly AgreedLink[], agreed: Agreed): FittedLinks {
  const isNew = ({ link }: AgreedLink): boolean => agreed.inside[link.name] === undefined
  const byName = new Map(links.map((link) => [link.link.name, asBefore(link, agreed.fitted?.[link.link.name])]))
  const bySite = linksBySite(links)
  for (const draft of drafts) {
    for (const what of limited) {
      const own = (bySite.get(draft.site.name) ?? []).map((link) => byName.get(link.link.name) ?? link)
      for (const link of fitGateway(draft, what, own, isNew)) byName.set(link.link.name, link)
    }
  }
  const fitted = [...byName.values()]
  return { links: fitted, fitted: Object.fromEntries(fitted.flatMap((link) => (link.terms.wiring.legs.length < fullSize(link) ? [[link.link.name, sizeOf(link)]] : []))) }
}

function asBefore(link: AgreedLink, before: FittedLink | undefined): AgreedLink {
  if (!before || before.routing !== link.terms.routing || before.tunnels >= link.terms.wiring.legs.length) return link
  const found = wire(link.terms.offers.a, link.terms.offers.b, before)
  return found ? rewired(link, found, 'it was made with so many, and keeps them') : link
}

/** The links of a gateway, as large as its quota allows. */
function fitGateway(draft: DraftSite, what: Limited, links: readonly AgreedLink[], isNew: (link: AgreedLink) => boolean): readonly AgreedLink[] {
  const quota = limitOf(draft, links, what)
  if (!quota) return links
  const { name } = draft.site
  const because = `the gateway of ${name} has a quota of ${quota.limit} ${what}`
  let fitted = links
  while (fitted.reduce((sum, link) => sum + demandOf(link, name, what), 0) > quota.limit) {
    const inTurn = fitted.toSorted((x, y) => Number(isNew(y)) - Number(isNew(x)) || demandOf(y, name, what) - demandOf(x, name, what) || (x.link.name < y.link.name ? -1 : 1))
    const step = inTurn.flatMap((link) => smaller(link, name, what, because) ?? [])[0]
    if (!step) return fitted
    fitted = fitted.map((link) => (link.link.name === step.link.name ? step : link))
  }
  return fitted
}

/** The link with the best wiring that takes less of a gateway, no more of the other one, and is as redundant as before. */
function smaller(link: AgreedLink, site: string, what: Limited, because: string): AgreedLink | undefined {
  const { terms, a } = link
  const { wiring, offers } = terms
  const end = a.site === site ? 'a' : 'b'
  const now = sizeOf(link)
  const found = wire(offers.a, offers.b, what === 'tunnels' ? { ...now, tunnels: now.tunnels - 1 } : { ...now, [end]: now[end] - 1 })
  return found && keepsRedundancy(found, wiring) ? rewired(link, found, because) : undefined
}

function rewired(link: AgreedLink, wiring: Wiring, because: string): AgreedLink {
  const { terms, a, b } = link
  const reason = wiringReason(wiring, a, b)
  const shown = { ...reason, because: `${wiring.legs.length} of ${fullSize(link)} tunnels because ${because}; ${reason.because}` }
  return { ...link, terms: { ...terms, wiring, reasons: terms.reasons.map((item) => (item.about === reason.about ? shown : item)) } }
}

function sizeOf({ terms: { routing, wiring: { legs }, offers } }: AgreedLink): FittedLink {
  return { routing, a: groupLegs(legs, 'a', offers).length, b: groupLegs(legs, 'b', offers).length, tunnels: legs.length }
}

/** Tunnels of a link that no quota limits. */
function fullSize({ terms: { offers, wiring } }: AgreedLink): number {
  return wire(offers.a, offers.b)?.legs.length ?? wiring.legs.length
}

function keepsRedundancy(found: Wiring, before: Wiring): boolean {
  return (found.survives.a || !before.survives.a) && (found.survives.b || !before.survives.b)
}
