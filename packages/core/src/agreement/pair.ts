import { compareEnds } from './compare.ts'
import { isToken } from './resource-set.ts'
import type { EndView, Known } from './end-view.ts'

/** Ends, each with the one opposite. */
export interface PairedEnds {
  readonly pairs: readonly (readonly [EndView, EndView])[]
  /** Ends that nobody is opposite. */
  readonly unmatched: readonly EndView[]
}

/** More differing fields than this, and two ends were hardly meant for each other. */
const mostDifferences = 6

/**
 * Finds the two ends of each tunnel. First by outside addresses, which is how IKE itself finds its peer; what is left over is
 * paired by likeness, so that a wrong address shows as a wrong address and not as two lonely ends.
 */
export function pairEnds(ends: readonly EndView[]): PairedEnds {
  const pairs: (readonly [EndView, EndView])[] = []
  const waiting = new Map<string, EndView[]>()
  for (const end of ends) {
    const opposite = waiting.get(leg(end.outside.peer, end.outside.local))?.shift()
    if (opposite) pairs.push([opposite, end])
    else push(waiting, leg(end.outside.local, end.outside.peer), end)
  }
  return pairByLikeness(pairs, [...waiting.values()].flat())
}

function pairByLikeness(pairs: (readonly [EndView, EndView])[], lonely: readonly EndView[]): PairedEnds {
  const left = new Set(lonely)
  const buckets = new Map<string, EndView[]>()
  for (const end of lonely) for (const trait of traits(end)) push(buckets, trait, end)
  for (const end of lonely) {
    if (!left.has(end) || end.mayIdle) continue
    const candidates = new Set(traits(end).flatMap((trait) => buckets.get(trait) ?? []))
    let best: { end: EndView; differences: number } | undefined
    for (const candidate of candidates) {
      if (candidate === end || !left.has(candidate) || candidate.connection === end.connection) continue
      const differences = compareEnds(end, candidate).length
      if (differences <= (best?.differences ?? mostDifferences)) best = { end: candidate, differences }
    }
    if (!best) continue
    pairs.push([end, best.end])
    left.delete(end)
    left.delete(best.end)
  }
  return { pairs, unmatched: [...left] }
}

/** What two ends of one tunnel have in common even when an address is wrong. */
function traits(end: EndView): string[] {
  return [
    `leg ${leg(...unordered(end.outside.local, end.outside.peer))}`,
    `key ${text(end.key)}`,
    ...(end.inside ? [`inside ${leg(...unordered(end.inside.local, end.inside.peer))}`] : []),
    `from ${text(end.outside.local)}`,
    `from ${text(end.outside.peer)}`,
  ]
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
