import { Cidr, findFirstOverlaps, firstFree } from '../address/index.ts'
import { finding, type Finding } from '../finding/finding.ts'
import type { DesignedSite } from './sites.ts'
import type { LinkEnds } from './topology.ts'

/** A block of a site's network, and where the order says so. */
interface Block {
  readonly site: DesignedSite
  readonly cidr: Cidr
  readonly at: string
}

/**
 * Networks that overlap an earlier one. Between sites that links connect, directly or through others, that is an error with a
 * free block of the same size, and proposals never overlap each other; between any others it only stands in the way of a later link.
 */
export function overlapFindings(sites: readonly DesignedSite[], links: readonly LinkEnds[]): Finding[] {
  const blocks = sites.flatMap((site) => site.site.cidrs.map((cidr, index): Block => ({ site, cidr, at: site.document.cidrs ? `${site.path}.cidrs[${index}]` : `${site.path}.cidr` })))
  const taken = blocks.map((block) => block.cidr)
  const groupOf = connectedGroups(sites.map(({ site }) => site.name), links)
  const groups = [...new Set(groupOf.values())].map((group) => blocks.filter(({ site }) => groupOf.get(site.site.name) === group))
  const errors = groups.flatMap((group) => overlapsIn(group).map(([one, other]) => overlapError(one, other, taken)))
  const refused = new Set(errors.map(({ path }) => path))
  const apart = overlapsIn(blocks).filter(([one, other]) => groupOf.get(one.site.site.name) !== groupOf.get(other.site.site.name) && !refused.has(other.at))
  return [...errors, ...apart.map(([one, other]) => overlapWarning(one, other))]
}

/** For each site the first one that links connect it with, over any number of other sites. */
function connectedGroups(sites: readonly string[], links: readonly LinkEnds[]): Map<string, string> {
  const groupOf = new Map(sites.map((site) => [site, site]))
  for (const { a, b } of links) {
    const [kept, joined] = [groupOf.get(a), groupOf.get(b)]
    if (kept === undefined || joined === undefined) continue
    for (const [site, group] of groupOf) if (group === joined) groupOf.set(site, kept)
  }
  return groupOf
}

function overlapsIn(blocks: readonly Block[]): [Block, Block][] {
  return findFirstOverlaps(blocks.map(({ cidr }) => cidr)).flatMap(([first, second]): [Block, Block][] => {
    const [one, other] = [blocks[first], blocks[second]]
    return one && other ? [[one, other]] : []
  })
}

function overlapError(one: Block, other: Block, taken: Cidr[]): Finding {
  const { name } = other.site.site
  const proposal = freeLike(other, taken)
  if (proposal) taken.push(proposal)
  return finding('CIDR_OVERLAP', other.at, {
    title: titleOf(one, other),
    hint: proposal ? `use ${proposal} for ${name}, the first free /${other.cidr.prefix}.` : `renumber ${name}; no /${other.cidr.prefix} is left in the ranges that its cloud allows.`,
    facts: { a: one.cidr.toString(), b: other.cidr.toString(), ...(proposal ? { proposal: proposal.toString() } : {}) },
  })
}

function overlapWarning(one: Block, other: Block): Finding {
  return finding('CIDR_OVERLAP', other.at, {
    severity: 'warning',
    title: titleOf(one, other),
    why: 'No link connects the two now, and none can while they overlap.',
    hint: `keep it if ${one.site.site.name} and ${other.site.site.name} are never to reach each other, or renumber one of them.`,
    facts: { a: one.cidr.toString(), b: other.cidr.toString() },
  })
}

function titleOf(one: Block, other: Block): string {
  return `${other.cidr} (${other.site.site.name}) overlaps ${one.cidr} (${one.site.site.name}).`
}

function freeLike({ cidr, site }: Block, taken: readonly Cidr[]): Cidr | undefined {
  const { ranges, reserved } = site.network.vnet
  const avoid = [...taken, ...reserved.value.map((text) => Cidr.of(text))]
  for (const range of ranges.value.map((text) => Cidr.of(text))) {
    const free = range.family === cidr.family && range.prefix <= cidr.prefix ? firstFree(range, avoid, cidr.prefix) : undefined
    if (free) return free
  }
  return undefined
}
