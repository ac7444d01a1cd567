import { createInsideAllocator, parseCidr, type AnyProvider, type Deal, type DealTunnel, type Finding, type InsideRequest, type Plan } from '@isthmus/core'

/** A block that a client wants for the inside of a tunnel, and where it said so. */
export interface InsideWish {
  readonly field: string
  /** As the client wrote it. */
  readonly cidr: string
}

/** What became of wishes. */
export interface GrantedWishes {
  /** Blocks by tunnel of the link. */
  readonly inside: Readonly<Record<string, string>>
  /** Why others are not used, each a sentence that begins with the field. */
  readonly remarks: readonly string[]
}

/**
 * Wishes in lists by the cloud opposite, spelled `toAcme` or `to_acme`: those for one cloud.
 *
 * @param field where the lists stand
 */
export function wishesFor(cloud: string, lists: Readonly<Record<string, readonly string[]>> = {}, field: string): InsideWish[] {
  return Object.entries(lists).flatMap(([name, cidrs]) => (name.toLowerCase().replace(/^to_?/, '') === cloud ? cidrs.map((cidr, index) => ({ field: `${field}.${name}[${index}]`, cidr })) : []))
}

/**
 * Gives each tunnel of a link the first block that both its ends take and that is free at both gateways. A block that fits nowhere is
 * passed over and told of: the peers accept any text and read none of it.
 */
export function grantWishes(wishes: readonly InsideWish[], { plan, link }: { readonly plan: Plan; readonly link: string }, providers: readonly AnyProvider[]): GrantedWishes {
  const deal = plan.deals.find((item) => item.link === link)
  if (wishes.length === 0 || !deal) return { inside: {}, remarks: [] }
  if (deal.routing === 'static') return { inside: {}, remarks: wishes.map((wish) => passedOver(wish, 'the routes of this VPN are written down, so that its tunnels need no inside addresses')) }
  const requestOf = requester(plan, providers)
  const allocator = createInsideAllocator()
  allocator.reserve(plan.deals.filter((other) => other !== deal).flatMap((other) => other.tunnels.flatMap((tunnel) => requestOf(other, tunnel, { agreed: tunnel.inside.cidr }))))
  const inside: Record<string, string> = {}
  const remarks = wishes.flatMap((wish) => {
    const parsed = parseCidr(wish.cidr)
    if (!parsed.ok) return [passedOver(wish, parsed.reason)]
    const against: Finding[] = []
    for (const tunnel of deal.tunnels.filter(({ id }) => inside[id] === undefined)) {
      const results = requestOf(deal, tunnel, { wanted: parsed.cidr }).map((request) => allocator.allocate(request))
      const refused = results.flatMap((result) => ('findings' in result ? result.findings : []))
      if (refused.length === 0) {
        inside[tunnel.id] = parsed.cidr.toString()
        return []
      }
      against.push(...refused)
    }
    // Where a block suits some tunnel, what the others have against it is beside the point.
    const reason = against.find(({ code }) => code === 'INSIDE_CIDR_CLASH') ?? against[0]
    return [passedOver(wish, reason?.title ?? `each of the ${deal.tunnels.length} tunnels has another block of the list`)]
  })
  return { inside, remarks }
}

/** What a tunnel of the plan asks of an allocator; nothing where the provider of an end is not there. */
function requester(plan: Plan, providers: readonly AnyProvider[]): (deal: Deal, tunnel: DealTunnel, block: Pick<InsideRequest, 'wanted' | 'agreed'>) => InsideRequest[] {
  const offers = new Map(plan.sites.flatMap((site) => {
    const provider = providers.find(({ id }) => id === site.cloud)
    return provider ? [[site.name, provider.offer(site).inside] as const] : []
  }))
  return ({ link, a, b }, { id, slots }, block) => {
    const [insideA, insideB] = [offers.get(a.site), offers.get(b.site)]
    if (!insideA || !insideB) return []
    return [{ tunnel: `${link}--${id}`, a: { site: a.site, inside: insideA, localSlot: slots.a }, b: { site: b.site, inside: insideB, localSlot: slots.b }, ...block, path: '' }]
  }
}

function passedOver({ field, cidr }: InsideWish, reason: string): string {
  return `${field}: ${JSON.stringify(cidr)} is not used: ${reason.replace(/\.$/, '')}.`
}
