import { finding, type Finding } from '@isthmus/core'

/** What one order holds at most here: a run plans it in one piece, and everybody else waits for that. `members` counts every field and list item. */
export const orderLimits = { sites: 500, links: 1_000, members: 20_000 } as const

/** The finding that an order is larger than a gateway plans; undefined for one that is not. */
export function tooLarge(document: unknown): Finding | undefined {
  const counts = { sites: Object.keys(Object(own(document, 'sites'))).length, links: linksOf(document), members: membersOf(document) }
  if (counts.sites <= orderLimits.sites && counts.links <= orderLimits.links && counts.members <= orderLimits.members) return undefined
  return finding('ORDER_INVALID', '', {
    title: `the order has ${counts.sites} sites, ${counts.links} links and ${counts.members} fields and list items, which is more than a gateway plans at once.`,
    hint: `split it into orders of at most ${orderLimits.sites} sites, ${orderLimits.links} links and ${orderLimits.members} fields, or plan it with the command line.`,
    facts: { ...counts, max: orderLimits },
  })
}

function linksOf(document: unknown): number {
  const sites = Object.keys(Object(own(document, 'sites'))).length
  const topology = own(document, 'topology')
  const links = own(topology, 'links')
  if (Array.isArray(links)) return links.length
  return own(topology, 'hub') === undefined ? (sites * (sites - 1)) / 2 : Math.max(0, sites - 1)
}

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  return Object.values(value).reduce<number>((sum, member) => sum + 1 + membersOf(member), 0)
}

function own(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, key)?.value : undefined
}
