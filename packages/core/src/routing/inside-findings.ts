import type { Cidr } from '../address/cidr.ts'
import { type Finding, finding } from '../finding/finding.ts'
import { type InsideEnd, type InsideLimits, limitsOf, metadataBlock } from './inside-rules.ts'
import { type NumberRange, inRanges } from './number-range.ts'

/** What is wrong with a block at one end of a tunnel. */
export interface BlockProblem {
  readonly code: 'INSIDE_CIDR_RANGE' | 'INSIDE_CIDR_RESERVED' | 'INSIDE_CIDR_CLASH'
  readonly title: string
  readonly facts: Readonly<Record<string, unknown>>
}

/** What the rules of both ends have against a block, whoever uses it already. */
export function ruleProblems(cidr: Cidr, block: number | undefined, ends: readonly InsideEnd[]): BlockProblem[] {
  if (block === undefined) {
    return [{ code: 'INSIDE_CIDR_RANGE', title: `${cidr} is not an IPv4 /30; the inside of a tunnel is two addresses in one.`, facts: {} }]
  }
  if (inRanges(block, [metadataBlock])) {
    return [{ code: 'INSIDE_CIDR_RESERVED', title: `${cidr} holds 169.254.169.254, where instances find the metadata service of their cloud.`, facts: {} }]
  }
  return ends.flatMap((end) => endProblem(cidr, block, end, limitsOf(end)))
}

function endProblem(cidr: Cidr, block: number, { site, inside, localSlot }: InsideEnd, limits: InsideLimits): BlockProblem[] {
  const refused = (code: BlockProblem['code'], title: string, blocks: readonly string[]): BlockProblem[] =>
    [{ code, title, facts: { site, blocks } }]
  if (inRanges(block, limits.reserved)) return refused('INSIDE_CIDR_RESERVED', `${site} refuses ${cidr} for the inside of a tunnel: it reserves ${inside.reserved.join(', ')}.`, inside.reserved)
  if (!inRanges(block, limits.ranges)) return refused('INSIDE_CIDR_RANGE', `${site} accepts inside addresses from ${inside.ranges.join(', ')}, and ${cidr} lies outside.`, inside.ranges)
  if (limits.pool === undefined || inRanges(block, limits.pool)) return []
  const pool = inside.pools?.[localSlot] ?? []
  return refused('INSIDE_CIDR_RANGE', `The gateway of ${site} is ready for ${pool.join(', ')} at its address ${localSlot}, and ${cidr} is none of them.`, pool)
}

/** What is wrong with a block that a gateway uses already. */
export function clashProblem(cidr: Cidr, site: string, tunnel: string): BlockProblem {
  return { code: 'INSIDE_CIDR_CLASH', title: `${site} uses ${cidr} for tunnel ${tunnel} already.`, facts: { site, tunnel } }
}

/** The finding for a block that the user set. `proposal` is one that would do. */
export function refusedBlock(cidr: Cidr, { code, title, facts }: BlockProblem, proposal: Cidr | undefined, path: string): Finding {
  return finding(code, path, {
    title,
    hint: proposal === undefined ? 'Leave the block out, and free another one by removing a link.' : `Use ${proposal}, or leave the block out.`,
    facts: { cidr: `${cidr}`, ...facts, ...(proposal ? { proposal: `${proposal}` } : {}) },
  })
}

/** The finding for two ends that insist on the same address of every block. */
export function sameOwner(a: InsideEnd, b: InsideEnd, path: string): Finding {
  return finding('INSIDE_CIDR_RANGE', path, {
    title: `${a.site} and ${b.site} both take the ${a.inside.owner} address of every inside block, so no block suits both.`,
    why: 'The two ends of a tunnel need different inside addresses, and neither of these clouds lets it be chosen.',
    hint: `Link ${a.site} and ${b.site} through a third site, or leave this link out.`,
    facts: { sites: [a.site, b.site], owner: a.inside.owner },
  })
}

/** The finding where no block is left, or where the two ends never had one in common (`candidates` is empty). */
export function noBlock(a: InsideEnd, b: InsideEnd, candidates: readonly NumberRange[], path: string): Finding {
  const facts = { [a.site]: describe(a), [b.site]: describe(b) }
  if (candidates.length === 0) {
    return finding('INSIDE_CIDR_RANGE', path, {
      title: `${a.site} accepts inside blocks from ${describe(a)}, ${b.site} from ${describe(b)}, without what each reserves: they have none in common.`,
      hint: `Use static routing for this link if one end then needs no inside addresses, or link other sites.`,
      facts,
    })
  }
  const pooled = [a, b].filter((end) => end.inside.pools !== undefined)
  return finding('INSIDE_CIDR_EXHAUSTED', path, {
    title: `${a.site} and ${b.site} use every inside block that both accept.`,
    hint: pooled.length > 0
      ? `Enlarge the pool of inside blocks of ${pooled.map((end) => `${end.site} at its address ${end.localSlot}`).join(' or of ')}, or remove a link.`
      : `Remove a link of ${a.site} or ${b.site}.`,
    facts,
  })
}

function describe({ inside, localSlot }: InsideEnd): string {
  return (inside.pools?.[localSlot] ?? inside.ranges).join(', ') || 'nowhere'
}
