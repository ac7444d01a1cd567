import { Cidr } from '../address/index.ts'
import { finding, type Finding } from '../finding/finding.ts'
import { readCidrAt } from '../network/index.ts'
import type { LinkDocument } from '../order/schema.ts'
import type { InsideOffer } from '../provider/offer.ts'
import type { Site } from '../provider/site.ts'
import { createInsideAllocator, type InsideRequest } from '../routing/index.ts'
import type { Agreed, Deal, DealEnd, DealTunnel, NeededKey, Reason } from './deal.ts'
import { keyGroups, tunnelId } from './halves.ts'
import type { Party, Terms } from './negotiation.ts'
import { insideTexts } from './reason-texts.ts'
import type { LinkEnds } from './topology.ts'
import type { Transit } from './transit.ts'
import type { Leg } from './wiring.ts'

/** A link whose terms are agreed and whose numbers are not given out yet. */
export interface AgreedLink {
  readonly link: LinkEnds
  readonly settings: LinkDocument
  readonly terms: Terms
  readonly a: Party
  readonly b: Party
}

/** What giving out numbers comes to. */
export interface Settled {
  readonly deals: readonly Deal[]
  readonly keys: readonly NeededKey[]
  readonly findings: readonly Finding[]
}

/**
 * Gives every tunnel its inside block and key and closes the deals.
 *
 * @param sites all sites by name
 * @param passedOn blocks of other sites that `from` routes towards `to`
 */
export function settleDeals(links: readonly AgreedLink[], sites: ReadonlyMap<string, Site>, agreed: Agreed, passedOn: Transit['passedOn']): Settled {
  const allocator = createInsideAllocator()
  const findings: Finding[] = []
  const deals: Deal[] = []
  const keys: NeededKey[] = []
  const requests = new Map(links.map((item) => [item.link.name, insideRequests(item, agreed, wantedInside(item, findings))]))
  allocator.reserve([...requests.values()].flatMap((byLeg) => [...byLeg.values()]))
  for (const item of links) {
    const { link, terms, a, b } = item
    const siteA = sites.get(a.site)
    const siteB = sites.get(b.site)
    if (!siteA || !siteB) continue
    const groups = keyGroups(terms.wiring.legs, terms.offers, { a: a.offer.key.per === 'connection', b: b.offer.key.per === 'connection' })
    const tunnels: DealTunnel[] = []
    const whys = new Set<string>()
    for (const [leg, request] of requests.get(link.name) ?? []) {
      const result = allocator.allocate(request)
      if ('findings' in result) {
        findings.push(...result.findings)
        continue
      }
      const id = tunnelId(leg, 'a')
      whys.add(insideTexts[result.because])
      tunnels.push({ id, slots: leg, inside: { cidr: result.cidr, a: result.aAddress, b: result.bAddress }, key: keyName(link, groups.get(leg) ?? id, terms) })
    }
    deals.push({ link: link.name, a: dealEnd(siteA, item, 'a', passedOn), b: dealEnd(siteB, item, 'b', passedOn), routing: terms.routing, suite: terms.suite, tunnels, reasons: [...terms.reasons, ...numberReasons(tunnels, [...whys])] })
    for (const tunnel of new Set(groups.values())) {
      keys.push({ name: keyName(link, tunnel, terms), tunnel: `${link.name}--${tunnel}`, version: terms.keyVersion, rules: [a.offer.key, b.offer.key] })
    }
  }
  return { deals, keys, findings }
}

function keyName(link: LinkEnds, tunnel: string, terms: Terms): string {
  return `${link.name}--${tunnel}@v${terms.keyVersion}`
}

function dealEnd(site: Site, { terms, a, b }: AgreedLink, end: 'a' | 'b', passedOn: Transit['passedOn']): DealEnd {
  const beyond = passedOn(site.name, end === 'a' ? b.site : a.site)
  return {
    site: site.name,
    asn: site.asn,
    prefixes: [...site.cidrs, ...beyond],
    ...(beyond.length > 0 ? { passedOn: beyond } : {}),
    lifetimes: terms.lifetimes[end],
    dpdTimeout: terms.dpdTimeout[end],
    initiates: terms.initiates[end],
  }
}

function numberReasons(tunnels: readonly DealTunnel[], whys: readonly string[]): Reason[] {
  if (tunnels.length === 0) return []
  return [{ about: 'inside', chosen: tunnels.map((tunnel) => tunnel.inside.cidr.toString()).join(', '), because: whys.join('; ') }]
}

/** Rules of an end that has no inside addresses itself (RFC 3927 addresses never leave a link). */
const anyInside: InsideOffer = { ranges: ['169.254.0.0/16'], reserved: [], owner: 'any' }

/** What each leg of a link asks of the allocator. */
function insideRequests({ link, terms, a, b }: AgreedLink, agreed: Agreed, wanted: ReadonlyMap<string, Cidr>): Map<Leg, InsideRequest> {
  return new Map(
    terms.wiring.legs.map((leg) => {
      const id = tunnelId(leg, 'a')
      const request: InsideRequest = {
        tunnel: `${link.name}--${id}`,
        a: { site: a.site, inside: terms.offers.a.insideUnused ? anyInside : a.offer.inside, localSlot: leg.a },
        b: { site: b.site, inside: terms.offers.b.insideUnused ? anyInside : b.offer.inside, localSlot: leg.b },
        wanted: wanted.get(id),
        agreed: agreedBlock(agreed, link.name, id),
        path: `links.${link.name}.insideCidrs.${id}`,
      }
      return [leg, request]
    }),
  )
}

function agreedBlock(agreed: Agreed, link: string, tunnel: string): Cidr | undefined {
  const text = agreed.inside[link]?.[tunnel]
  return text === undefined ? undefined : Cidr.of(text)
}

function wantedInside({ link, settings, terms }: AgreedLink, findings: Finding[]): Map<string, Cidr> {
  const tunnels = terms.wiring.legs.map((leg) => tunnelId(leg, 'a'))
  const wanted = new Map<string, Cidr>()
  for (const [tunnel, text] of Object.entries(settings.insideCidrs ?? {})) {
    const path = `links.${link.name}.insideCidrs.${tunnel}`
    const result = readCidrAt(path, text)
    if (!tunnels.includes(tunnel)) findings.push(unknownTunnel(link, tunnel, tunnels, path))
    if ('cidr' in result) wanted.set(tunnel, result.cidr)
    else findings.push(result.finding)
  }
  return wanted
}

function unknownTunnel(link: LinkEnds, tunnel: string, tunnels: readonly string[], path: string): Finding {
  return finding('ORDER_UNKNOWN_FIELD', path, {
    title: `${link.name} has no tunnel ${tunnel}.`,
    hint: `use one of ${tunnels.join(', ')}: the address of ${link.a} first, then that of ${link.b}.`,
    facts: { field: tunnel, known: tunnels },
  })
}
