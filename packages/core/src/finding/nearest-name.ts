/**
 * The candidate that a name most likely was meant to be, or undefined where none is close. Case and separators do not count,
 * so `North Central` finds `northcentral`; among equally close ones the first in alphabetical order wins.
 */
export function nearestName(name: string, candidates: readonly string[]): string | undefined {
  const wanted = bare(name)
  // A third of the letters, at least two: enough for a typing error, too little to turn one place into another.
  const furthest = Math.max(2, Math.floor(wanted.length / 3))
  let best: { candidate: string; distance: number } | undefined
  for (const candidate of [...candidates].sort()) {
    const distance = editDistance(wanted, bare(candidate))
    if (distance <= furthest && (!best || distance < best.distance)) best = { candidate, distance }
  }
  return best?.candidate
}

function bare(name: string): string {
  // No name of a region, zone or field is longer; the limit bounds the work on hostile input.
  return name.slice(0, 64).toLowerCase().replaceAll(/[^a-z0-9]/g, '')
}

/** Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const swap = swapped ? (beforeLast[j - 2] ?? 0) + 1 : substitution
      row.push(Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, substitution, swap))
    }
    beforeLast = last
    last = row
  }
  return last[b.length] ?? 0
}
