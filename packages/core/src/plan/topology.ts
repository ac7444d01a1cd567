import { finding, type Finding } from '../finding/finding.ts'
import { nearestName } from '../finding/nearest-name.ts'
import type { OrderDocument } from '../order/schema.ts'

/** Two sites that are to reach each other; `a` sorts before `b`, so a link has one name whatever way round it was written. */
export interface LinkEnds {
  /** `<a>--<b>` */
  readonly name: string
  readonly a: string
  readonly b: string
  /** Where the order asks for it. */
  readonly path: string
}

/** Name of the link between two sites. */
export function linkName(one: string, other: string): string {
  return one < other ? `${one}--${other}` : `${other}--${one}`
}

/** The links of an order, sorted by name. */
export function linksOf(order: OrderDocument): { links: LinkEnds[]; findings: Finding[] } {
  const sites = Object.keys(order.sites).sort()
  const findings: Finding[] = []
  if (sites.length < fewestSites(order)) findings.push(tooFew(sites))
  const wanted = wantedPairs(order, sites)
  const links = new Map<string, LinkEnds>()
  for (const { pair: [one, other], path } of wanted) {
    const unknown = [one, other].filter((site) => !sites.includes(site))
    for (const site of unknown) findings.push(unknownSite(site, path, sites))
    if (unknown.length > 0) continue
    if (one === other) {
      findings.push(finding('LINK_TO_ITSELF', path, { title: `${one} is linked to itself.`, hint: `remove the pair, or name the site that ${one} is to reach.` }))
      continue
    }
    const name = linkName(one, other)
    if (links.has(name)) {
      findings.push(finding('LINK_DUPLICATE', path, { title: `the link of ${one} and ${other} is asked for twice.`, hint: 'remove one of the two pairs; a link goes both ways.' }))
      continue
    }
    const [a, b] = one < other ? [one, other] : [other, one]
    links.set(name, { name, a, b, path })
  }
  for (const name of Object.keys(order.links ?? {})) if (!links.has(name)) findings.push(unknownLink(name, [...links.keys()]))
  return { links: [...links.values()].sort((x, y) => (x.name < y.name ? -1 : 1)), findings }
}

/** Networks without links may stand alone. */
function fewestSites({ topology }: OrderDocument): number {
  return typeof topology === 'object' && 'links' in topology && topology.links.length === 0 ? 1 : 2
}

function tooFew(sites: readonly string[]): Finding {
  const [title, hint] = sites.length === 1
    ? ['the order has one site.', 'add a second site, or write topology: { links: [] } if the network is to stand alone.']
    : ['the order has no site.', 'add the networks to build below sites.']
  return finding('SITES_TOO_FEW', 'sites', { title, hint })
}

function wantedPairs(order: OrderDocument, sites: readonly string[]): { pair: readonly [string, string]; path: string }[] {
  const { topology } = order
  if (topology === 'full-mesh') return sites.flatMap((a, index) => sites.slice(index + 1).map((b) => ({ pair: [a, b] as const, path: 'topology' })))
  if ('hub' in topology) {
    const { hub } = topology
    return sites.includes(hub) ? sites.filter((site) => site !== hub).map((site) => ({ pair: [hub, site] as const, path: 'topology.hub' })) : [{ pair: [hub, sites[0] ?? hub], path: 'topology.hub' }]
  }
  return topology.links.map((pair, index) => ({ pair, path: `topology.links[${index}]` }))
}

function unknownSite(site: string, path: string, sites: readonly string[]): Finding {
  const proposal = nearestName(site, sites)
  return finding('SITE_UNKNOWN', path, {
    title: `${site} is not a site of this order.`,
    hint: proposal ? `write ${proposal}, if that is what was meant.` : `define sites.${site}, or use one of ${sites.join(', ')}.`,
    facts: { site, known: sites },
  })
}

function unknownLink(name: string, links: readonly string[]): Finding {
  const proposal = links.includes(name.split('--').reverse().join('--')) ? name.split('--').reverse().join('--') : nearestName(name, links)
  return finding('LINK_UNKNOWN', `links.${name}`, {
    title: `the order has settings for a link ${name}, which its topology does not contain.`,
    hint: proposal ? `write ${proposal}, if that is what was meant.` : `add the link to the topology, or remove links.${name}.`,
  })
}
