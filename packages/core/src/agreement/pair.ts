import { compareEnds, type Disagreement } from './compare.ts'
import { isToken } from './resource-set.ts'
import type { EndView, Known } from './end-view.ts'

/** Ends, each with the one opposite. */
export interface PairedEnds {
  readonly pairs: readonly (readonly [EndView, EndView])[]
  /** Ends that nobody is opposite. */
  readonly unmatched: readonly EndView[]
}

/** More differing fields than this, and two ends with different outside addresses were hardly meant for each other. */
const mostDifferences = 6

/**
 * Finds the two ends of each tunnel. First those that agree in all, by outside addresses, which is how IKE itself finds its
 * peer; what is left over is paired by likeness, so that a wrong address shows as a wrong address and not as two lonely ends.
 *
 * @param compare what speaks against two ends being those of one tunnel; nothing where they agree
 */
export function pairEnds(ends: readonly EndView[], compare: (a: EndView, b: EndView) => readonly Disagreement[] = compareEnds): PairedEnds {
  const pairs: (readonly [EndView, EndView])[] = []
  const waiting = new Map<string, EndView[]>()
  for (const end of ends) {
    const facing = waiting.get(leg(end.outside.peer, end.outside.local)) ?? []
    const position = facing.findIndex((other) => compare(other, end).length === 0)
    const [opposite] = position === -1 ? [] : facing.splice(position, 1)
    if (opposite) pairs.push([opposite, end])
    else push(waiting, leg(end.outside.local, end.outside.peer), end)
  }
  const lonely = [...waiting.values()].flat()
  const left = new Set(lonely)
  for (const { a, b } of likelyPairs(lonely, compare)) {
    if (!left.has(a) || !left.has(b)) continue
    pairs.push([a, b])
    left.delete(a)
    left.delete(b)
  }
  return { pairs, unmatched: [...left] }
}

/** Two ends that may be meant for each other, and how many fields speak against it. */
interface LikelyPair {
  readonly a: EndView
  readonly b: EndView
  readonly differences: number
  /** True where each has the outside address that the other expects. */
  readonly facing: boolean
}

/** Most alike first; an end that may stand idle comes after one that may not. Two that both may are a pair only under static routing, and where they face each other. */
function likelyPairs(lonely: readonly EndView[], compare: (a: EndView, b: EndView) => readonly Disagreement[]): LikelyPair[] {
  const buckets = new Map<string, EndView[]>()
  for (const end of lonely) for (const trait of [...strongTraits(end), ...weakTraits(end)]) push(buckets, trait, end)
  const position = new Map(lonely.map((end, index) => [end, index]))
  const found: LikelyPair[] = []
  for (const [index, a] of lonely.entries()) {
    const sharing = (traits: readonly string[]): Set<EndView> => new Set(traits.flatMap((trait) => buckets.get(trait) ?? []))
    const strong = sharing(strongTraits(a))
    for (const b of strong.size > 1 ? strong : sharing(weakTraits(a))) {
      const later = (b.mayIdle && !a.mayIdle) || (b.mayIdle === a.mayIdle && (position.get(b) ?? 0) > index)
      if (!later || b.connection === a.connection) continue
      const facing = leg(a.outside.local, a.outside.peer) === leg(b.outside.peer, b.outside.local)
      if (a.mayIdle && !(facing && a.routing === 'static' && b.routing === 'static')) continue
      const differences = compare(a, b).length
      if (facing || differences <= mostDifferences) found.push({ a, b, differences, facing })
    }
  }
  // An idle leg beside the right one differs in its address alone.
  const weight = ({ differences, facing, b }: LikelyPair): number => differences + (b.mayIdle && !facing ? 1 : 0)
  return found.sort((one, other) => weight(one) - weight(other) || Number(one.b.mayIdle) - Number(other.b.mayIdle) || Number(other.facing) - Number(one.facing))
}

/** What hardly any but the two ends of one tunnel have in common. */
function strongTraits(end: EndView): string[] {
  return [
    `leg ${leg(...unordered(end.outside.local, end.outside.peer))}`,
    `key ${text(end.key)}`,
    ...(end.inside ? [`inside ${leg(...unordered(end.inside.local, end.inside.peer))}`] : []),
  ]
}

/** What is left of it when addresses and keys are wrong. */
function weakTraits(end: EndView): string[] {
  return [`from ${text(end.outside.local)}`, `from ${text(end.outside.peer)}`]
}

function unordered(a: Known<string>, b: Known<string>): [Known<string>, Known<string>] {
  return text(a) < text(b) ? [a, b] : [b, a]
}

function leg(from: Known<string>, to: Known<string>): string {
  return `${text(from)} ${text(to)}`
}

function text(value: Known<string>): string {
  return isToken(value) ? `token:${value.token}` : value
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
